"""The crawl's clock: the machine's as the crawl begins, or one that starts at a given instant."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dateutil.parser import isoparse

STEPPED = timedelta(days=2)
"""A machine's clock is set back by as much as a time zone or a day. Where the archive is further
ahead, its own last instant is the odd one."""

NOTABLE = timedelta(seconds=30)
"""Less is how much the clocks of two machines, or a crawl's and its machine's, differ anyway."""


def _passed() -> float:
    """Seconds that no step of the machine's clock alters; on Linux those of its sleep as well."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def _machine() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Steps:
    """How the machine's clock stood to a crawl: `behind` the last instant that the archive held as
    the crawl began, and set by `stepped` while it went on (back where negative). Each is zero where
    it is not notable."""

    behind: timedelta = timedelta(0)
    stepped: timedelta = timedelta(0)

    def __str__(self) -> str:
        told = []
        if self.behind:
            then = "it goes on from there" if self.behind <= STEPPED else "that is not believed"
            told.append(f"{self.behind} behind the archive's last instant; {then}")
        if self.stepped:
            told.append(f"set by {self.stepped.total_seconds():+.0f} s meanwhile; not followed")
        return ", ".join(told)

    def as_stats(self) -> dict[str, int]:
        """As the crawl's stats keep it, in seconds; without what is zero."""
        told = {"clock_behind": self.behind, "clock_stepped": self.stepped}
        return {name: round(each.total_seconds()) for name, each in told.items() if each}


class Clock:
    """A clock in UTC that never goes back, whatever is done to the machine's meanwhile: what a
    crawl saw later is dated later.

    `first` is the instant at which it starts; without it, it is the machine's.
    """

    def __init__(
        self,
        first: datetime | None = None,
        *,
        machine: Callable[[], datetime] = _machine,
        passed: Callable[[], float] = _passed,
    ) -> None:
        self._passed, self._machine = passed, machine
        self._begun, self._set = passed(), machine()
        self._first = first.astimezone(UTC) if first else self._set
        self._behind = timedelta(0)

    def __call__(self) -> datetime:
        """Now."""
        return self._first + self._since()

    def go_on_from(self, instant: datetime | None) -> None:
        """Be no earlier than `instant`, the last one that an archive holds. One that is days ahead
        is not believed, though told of."""
        self._behind = (instant - self()) if instant else timedelta(0)
        if timedelta(0) < self._behind <= STEPPED:
            self._first += self._behind

    def steps(self) -> Steps:
        """What was done to the machine's clock, as far as it is known by now."""
        stepped = self._machine() - self._set - self._since()
        return Steps(
            behind=self._behind if self._behind >= NOTABLE else timedelta(0),
            stepped=stepped if abs(stepped) >= NOTABLE else timedelta(0),
        )

    def _since(self) -> timedelta:
        return timedelta(seconds=self._passed() - self._begun)


def clock_from(start: str | None) -> Clock:
    """`start` (ISO 8601, with its zone) is the instant from which the clock runs on at the pace of
    real time; None means now. Raises ValueError for another text."""
    if not start:
        return Clock()
    first = isoparse(start)
    if first.tzinfo is None:
        raise ValueError(f"CLOCK must say its zone, like 2026-03-01T02:00:00+08:00; got {start}")
    return Clock(first)
