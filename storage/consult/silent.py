"""Edits made in silence: the text changed, while the page's own title and time did not and no
correction was announced. The heaviest come first."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from storage.consult.edits import (
    COUNTED,
    EditCursor,
    EditHeld,
    EditQuery,
    conditions,
    edit_rows,
    edits_of,
)
from storage.schema import edits


@dataclass(frozen=True, slots=True)
class SilentEdits:
    """A page of them. `total` counts all that fit, None where they are more than `edits.COUNTED`;
    `next` continues, None at the end."""

    edits: tuple[EditHeld, ...]
    total: int | None
    next: EditCursor | None


def silent_edits(connection: Connection, query: EditQuery) -> SilentEdits:
    """The silent edits asked for, by weight, of equal weight the newest version first. What
    differs in form alone is none."""
    chosen = _chosen(query)
    first = connection.scalars(chosen.limit(COUNTED + 1)).all()
    ids = first
    if query.after is not None:
        ids = connection.scalars(
            chosen.where(query.after.before(_KEY)).limit(query.limit + 1)
        ).all()
    page = edit_rows(EditQuery(typos=True)).where(edits.c.version_id.in_(ids[: query.limit]))
    shown = connection.execute(page.order_by(*_FALLING)).all()
    return SilentEdits(
        tuple(edits_of(connection, shown)),
        len(first) if len(first) <= COUNTED else None,
        EditCursor.of(shown[-1]) if len(ids) > query.limit else None,
    )


_KEY = (edits.c.weight, edits.c.version_id)
_FALLING = tuple(column.desc() for column in _KEY)


def _chosen(query: EditQuery) -> Select[Any]:
    """Their ids, read from an index alone."""
    return (
        select(edits.c.version_id)
        .where(edits.c.silent, edits.c.weight > 0, *conditions(query))
        .order_by(*_FALLING)
    )
