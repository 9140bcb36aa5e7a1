"""The edits of versions: each is weighed again, and must be what was written."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, select

from storage.schema import edits
from storage.verifying.findings import Finding, Looked, Problem, look_through, row
from storage.writers.edits import edit_row

_CHUNK = 50


def check_edits(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Every edit, or `sample` of them, against the two contents that it compares."""
    return look_through(engine, "edits", edits.c.version_id, sample, _CHUNK, _edit)


def _edit(connection: Connection, version_id: int) -> Iterator[Finding]:
    written = connection.execute(select(edits).where(edits.c.version_id == version_id)).one()
    if edit_row(connection, written.article_id, version_id) != dict(written._mapping):
        yield Finding(row("edits", version_id), Problem.EDIT_DIFFERS)
