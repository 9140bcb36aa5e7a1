"""The edits of versions: each is weighed again, and must be what was written."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, select

from storage.schema import edits
from storage.verifying.findings import UNREADABLE, Finding, Looked, Problem, keys, row, told
from storage.writers.edits import edit_rows

_CHUNK = 50


def check_edits(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Every edit, or `sample` of them, against the two contents that it compares."""
    for ids in keys(engine, edits.c.version_id, sample, _CHUNK):
        with engine.connect() as connection:
            found = [each for id_ in ids for each in _found(connection, id_)]
        yield Looked("edits", len(ids), tuple(found))


def _found(connection: Connection, version_id: int) -> Iterator[Finding]:
    try:
        written = connection.execute(select(edits).where(edits.c.version_id == version_id)).one()
        due = edit_rows(connection, written.article_id).get(version_id)
    except UNREADABLE as error:
        connection.rollback()
        yield Finding(row("edits", version_id), Problem.UNREADABLE, told(error))
        return
    if due != dict(written._mapping):
        yield Finding(row("edits", version_id), Problem.EDIT_DIFFERS)
