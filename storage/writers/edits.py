"""Edits: how each version of an article differs from the one before it, weighed and indexed.

They are readings of readings: made where versions are made, and made anew where those change.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from storage import fulltext
from storage.comparing.changed_words import as_runs, changed_tokens, of_runs
from storage.comparing.diff import diff
from storage.comparing.passages import passages
from storage.comparing.silence import is_silent
from storage.comparing.substance import RULE, EditKind, Substance, substance
from storage.content_rows import content_of
from storage.schema import edits, version_spans

OF_FILES = Substance(60, (EditKind.FILE,), ())
"""An edit between two versions of one content: other bytes lie at the address of a file."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """What a row of `edits` rests on."""

    before_content_id: int
    content_id: int
    at: datetime


def write_edits(
    connection: Connection, article_id: int, standing: Collection[int] | None = None
) -> None:
    """Make the edits of an article those of its versions, or of those that stay `standing`."""
    due = _due(connection, article_id, standing)
    for row in connection.execute(select(edits).where(edits.c.article_id == article_id)).all():
        written = _Edit(row.before_content_id, row.content_id, row.at)
        if row.rule == RULE and due.get(row.version_id) == written:
            del due[row.version_id]
        else:
            _forget(connection, row)
    for version_id, edit in due.items():
        _write(connection, article_id, version_id, edit)


def unweighed_articles(after: int, limit: int) -> Select[Any]:
    """Ids of articles with a version of which the edit is not weighed, or by another rule."""
    lacking = edits.c.version_id.is_(None) | (edits.c.rule != RULE)
    return (
        select(version_spans.c.article_id)
        .outerjoin(edits, edits.c.version_id == version_spans.c.id)
        .where(version_spans.c.number > 1, version_spans.c.article_id > after, lacking)
        .distinct()
        .order_by(version_spans.c.article_id)
        .limit(limit)
    )


def _due(
    connection: Connection, article_id: int, standing: Collection[int] | None
) -> dict[int, _Edit]:
    spans = connection.execute(
        select(version_spans)
        .where(version_spans.c.article_id == article_id)
        .order_by(version_spans.c.number)
    ).all()
    kept = [span for span in spans if standing is None or span.id in standing]
    return {
        after.id: _Edit(before.content_id, after.content_id, after.first_captured_at)
        for before, after in pairwise(kept)
    }


def edit_row(connection: Connection, article_id: int, version_id: int) -> dict[str, Any] | None:
    """The row of `edits` that a version comes to; None for one that follows no other."""
    edit = _due(connection, article_id, None).get(version_id)
    return _row(connection, article_id, version_id, edit) if edit else None


def _row(connection: Connection, article_id: int, version_id: int, edit: _Edit) -> dict[str, Any]:
    before = content_of(connection, edit.before_content_id)
    after = content_of(connection, edit.content_id)
    fields = diff(before, after)
    same = edit.before_content_id == edit.content_id
    found = OF_FILES if same else substance(passages(fields))
    return {
        "version_id": version_id,
        "article_id": article_id,
        "before_content_id": edit.before_content_id,
        "content_id": edit.content_id,
        "at": edit.at,
        "silent": is_silent(before, after),
        "weight": found.weight,
        "kinds": [kind.value for kind in found.kinds],
        "tokens": as_runs(changed_tokens(fields)),
        "rule": RULE,
    }


def _write(connection: Connection, article_id: int, version_id: int, edit: _Edit) -> None:
    row = _row(connection, article_id, version_id, edit)
    connection.execute(edits.insert().values(**row))
    if row["tokens"]:
        fulltext.write(connection, version_id, of_runs(row["tokens"]), fulltext.EDITS)


def _forget(connection: Connection, row: Row[Any]) -> None:
    if row.tokens:
        fulltext.forget(connection, row.version_id, of_runs(row.tokens), fulltext.EDITS)
    connection.execute(delete(edits).where(edits.c.version_id == row.version_id))
