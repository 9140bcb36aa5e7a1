"""Edits made in silence: the text changed, while the page's own title and time did not and no
correction was announced. The heaviest come first."""

from dataclasses import dataclass

from sqlalchemy import Connection

from storage.consult.edits import EditCursor, EditHeld, EditQuery, counted, edit_rows, edits_of
from storage.schema import edits


@dataclass(frozen=True, slots=True)
class SilentEdits:
    """A page of them. `total` counts all that fit; `next` continues, None at the end."""

    edits: tuple[EditHeld, ...]
    total: int
    next: EditCursor | None


def silent_edits(connection: Connection, query: EditQuery) -> SilentEdits:
    """The silent edits asked for, by weight, of equal weight the newest version first. What
    differs in form alone is none."""
    silent = (edits.c.silent, edits.c.weight > 0)
    key = (edits.c.weight, edits.c.version_id)
    page = edit_rows(query).where(*silent).order_by(*(column.desc() for column in key))
    if query.after is not None:
        page = page.where(query.after.before(key))
    rows = connection.execute(page.limit(query.limit + 1)).all()
    shown = rows[: query.limit]
    return SilentEdits(
        tuple(edits_of(connection, shown)),
        counted(connection, query, *silent),
        EditCursor.of(shown[-1]) if len(rows) > query.limit else None,
    )
