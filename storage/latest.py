"""The last instant of which an archive tells: no crawl's clock should begin before it."""

from datetime import datetime

from sqlalchemy import Column, Connection, Select, select

from storage.schema import capture_facts, crawls, listing_journal

_TOLD: tuple[Column[datetime | None], ...] = (
    capture_facts.c.recorded_at,
    crawls.c.started_at,
    crawls.c.finished_at,
    listing_journal.c.at,
)
"""Instants that follow the order in which rows are written."""


def latest(connection: Connection) -> datetime | None:
    """The last instant that was recorded; None for an archive without crawls. It is found by the
    newest rows alone: a night under a clock that was years ahead is past with the next."""
    told = (connection.scalar(_newest(each)) for each in _TOLD)
    return max((instant for instant in told if instant is not None), default=None)


def _newest(column: Column[datetime | None]) -> Select[datetime | None]:
    return select(column).order_by(column.table.c.id.desc()).limit(1)
