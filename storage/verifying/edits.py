"""The edits of versions: each is weighed again, and must be what was written."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, select

from storage.comparing.changed_words import of_runs
from storage.schema import edits
from storage.verifying.findings import Finding, Looked, Problem, look_through, row
from storage.writers.edits import edit_row

_CHUNK = 50


def check_edits(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Every edit, or `sample` of them, against the two contents that it compares."""
    return look_through(engine, "edits", edits.c.version_id, sample, _CHUNK, _edit)


def _told(edit: Mapping[str, Any]) -> dict[str, Any]:
    """An edit, its tokens one by one: earlier programs wrote them so."""
    return dict(edit) | {"tokens": of_runs(edit["tokens"])}


def _edit(connection: Connection, version_id: int) -> Iterator[Finding]:
    written = connection.execute(select(edits).where(edits.c.version_id == version_id)).one()
    due = edit_row(connection, written.article_id, version_id)
    if due is None or _told(due) != _told(dict(written._mapping)):
        yield Finding(row("edits", version_id), Problem.EDIT_DIFFERS)
