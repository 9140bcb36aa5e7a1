"""Moments: always with their zone, always UTC in the archive."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.errors import NaiveTime

_TEXT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. PostgreSQL keeps `timestamptz`; SQLite keeps text of fixed width
    (`2026-11-24T05:21:00.000000Z`), which sorts as time does and which its date functions read.

    Raises NaiveTime for a time without a zone.
    """

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        moment = in_utc(value)
        return moment.strftime(_TEXT) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return datetime.fromisoformat(value)  # strptime takes 20 times as long
        return in_utc(value)


def in_utc(value: datetime) -> datetime:
    """The same moment in UTC. Raises NaiveTime where the zone is not said."""
    if value.tzinfo is None:
        raise NaiveTime(f"a time without its zone was given: {value!r}; say which zone it is in")
    return value.astimezone(UTC)
