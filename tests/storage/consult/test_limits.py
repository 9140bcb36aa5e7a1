"""A question may take only so long."""

import pytest
from sqlalchemy import Connection, text

from storage import Consultation
from storage.errors import TookTooLong

_LIMIT_S = 2.0
"""Long enough for an honest question on a machine that pauses now and then."""
_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def _endless(connection: Connection) -> int | None:
    return connection.scalar(text(_ENDLESS))


def _questions_without_end(connection: Connection) -> None:
    while True:
        connection.scalar(text("SELECT 1"))


def test_a_question_without_an_end_is_given_up(archive):
    hasty = Consultation.open(archive.url, limit_s=_LIMIT_S)
    with pytest.raises(TookTooLong):
        hasty.ask(_endless)
    assert hasty.sites()  # and the next one is answered
    hasty.close()


def test_many_small_questions_are_given_up_as_well(archive):
    hasty = Consultation.open(archive.url, limit_s=_LIMIT_S)
    with pytest.raises(TookTooLong):
        hasty.ask(_questions_without_end)
    assert hasty.sites()
    hasty.close()
