"""When a server is asked only for what changed."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.conditions import conditions, still_good
from storage.confirming import Known

JAN = datetime(2026, 1, 10, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.mark.parametrize(
    ("etag", "modified", "asked"),
    [
        ('"5f1a"', None, {"If-None-Match": '"5f1a"'}),
        (None, "Fri, 09 Jan 2026", {"If-Modified-Since": "Fri, 09 Jan 2026"}),
        ('W/"1"', "x", {"If-None-Match": 'W/"1"', "If-Modified-Since": "x"}),
        (None, None, {}),
        ("", "", {}),
    ],
)
def test_what_the_server_said_is_said_back(etag, modified, asked):
    assert conditions(Known(1, JAN, etag, modified)) == asked


def test_nothing_is_asked_of_what_is_not_held():
    assert conditions(None) == {}
    assert still_good(None, JAN, MONTH) is None


@pytest.mark.parametrize(("days", "good"), [(1, True), (29.9, True), (30, False), (400, False)])
def test_after_a_month_a_page_is_fetched_whole_whatever_its_server_would_say(days, good):
    known = Known(1, JAN, '"5f1a"', None)
    assert (still_good(known, JAN + timedelta(days=days), MONTH) is not None) is good
