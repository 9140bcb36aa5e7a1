"""The crawl's clock: the machine's, or one that starts at a given instant."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

from dateutil.parser import isoparse


def clock_from(start: str | None) -> Callable[[], datetime]:
    """A clock in UTC. `start` (ISO 8601, with its zone) is the instant from which it runs on at
    the pace of real time; None means now. Raises ValueError for another text."""
    if not start:
        return lambda: datetime.now(UTC)
    first = isoparse(start)
    if first.tzinfo is None:
        raise ValueError(f"CLOCK must say its zone, like 2026-03-01T02:00:00+08:00; got {start}")
    begun = monotonic()
    return lambda: first.astimezone(UTC) + timedelta(seconds=monotonic() - begun)
