"""Patience: how long a host that is not well is left alone, and when it is given up. Pure."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Protocol

OVERLOADED = frozenset({408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Status codes by which a server, or what stands before it, says that it cannot answer now."""

TURNED_AWAY = frozenset({412, 418})
"""Status codes by which the firewalls of such sites turn a crawler away (瑞数 and others)."""


class Settings(Protocol):
    """What is asked of Scrapy's settings."""

    def getfloat(self, name: str) -> float: ...
    def getint(self, name: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a crawl bears with a host; all but the counts in seconds.

    After a failure it waits `backoff`, doubled with each further one up to `backoff_most`, and
    somewhat less by chance. After `failures` in a row it pauses for `pause`, doubled each time, and
    sends one request; after `trials` of these failed too, the host is given up for the crawl.
    """

    backoff: float = 2.0
    backoff_most: float = 120.0
    asked_most: float = 300.0
    failures: int = 5
    pause: float = 60.0
    trials: int = 3

    @classmethod
    def of(cls, settings: Settings) -> "Bearing":
        return cls(
            backoff=settings.getfloat("RETRY_BACKOFF"),
            backoff_most=settings.getfloat("RETRY_BACKOFF_MAX"),
            asked_most=settings.getfloat("RETRY_AFTER_MAX"),
            failures=settings.getint("HOST_FAILURES"),
            pause=settings.getfloat("HOST_PAUSE"),
            trials=settings.getint("HOST_TRIALS"),
        )


class Patience:
    """What was met at one host, and when it may be asked again. Times are those of one clock that
    only goes forward, in seconds."""

    def __init__(self, bearing: Bearing, chance: Callable[[], float] = random.random) -> None:
        self._bearing = bearing
        self._chance = chance
        self._row = 0
        self._trials = 0
        self._challenges = 0
        self._not_before = 0.0
        self.given_up: str | None = None

    @property
    def on_trial(self) -> bool:
        """Whether the next request decides about the host, and goes alone."""
        return self._trials > 0

    def wait(self, now: float) -> float:
        """Seconds for which the host is still to be left alone."""
        return max(0.0, self._not_before - now)

    def answered(self) -> None:
        """The host is well: whatever it said, it was an answer."""
        self._row = self._trials = 0

    def failed(self, why: str, now: float, *, asked: float | None = None, attempt: int = 1) -> None:
        """The host did not answer, or said that it cannot now; `asked` is for how many seconds it
        asks to be left alone. That an address that failed fails again (`attempt` 2 and more) tells
        nothing new of the host, unless it is on trial."""
        if attempt == 1 or self.on_trial:
            self._row += 1
        tired = self._row >= self._bearing.failures and (attempt == 1 or self.on_trial)
        pause = self._pause(why) if tired else self._backoff(max(self._row, attempt))
        wish = min(asked or 0.0, self._bearing.asked_most)
        self._not_before = max(self._not_before, now + max(pause, wish))

    @property
    def turns_us_away(self) -> bool:
        """Whether as many pages in a row were challenges as failures make a host unwell."""
        return self._challenges >= self._bearing.failures

    def challenged(self) -> bool:
        """A page was a challenge, whatever its status: it is backed off from, and not bypassed.
        Whether the host is given up for it."""
        self._challenges += 1
        if self.turns_us_away:
            why = f"given up after {self._challenges} challenges in a row; they are not bypassed"
            self.given_up = self.given_up or why
        return self.turns_us_away

    def let_in(self) -> None:
        """A page was none."""
        self._challenges = 0

    def _pause(self, why: str) -> float:
        if self._trials >= self._bearing.trials:
            self.given_up = f"given up after {self._row} failures in a row, the last: {why}"
            return 0.0
        self._trials += 1
        return self._bearing.pause * (1 << (self._trials - 1))

    def _backoff(self, times: int) -> float:
        whole = min(self._bearing.backoff * (1 << min(times - 1, 30)), self._bearing.backoff_most)
        return whole * (0.5 + self._chance() / 2)


def asked_to_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds for which `Retry-After` asks to be left alone; None where it asks nothing.

    It is a number of seconds or a date (RFC 9110, 10.2.3). A date is counted from the server's own
    `Date`, so that a server whose clock is wrong is not misunderstood.

    >>> now = datetime(2026, 10, 21, 7, 27, tzinfo=UTC)
    >>> asked_to_wait({"Retry-After": "120"}, now)
    120.0
    >>> asked_to_wait({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, now)
    60.0
    """
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:12])
    until, then = instant(said), instant(headers.get("Date", "")) or now
    if until is None:
        return None
    return max(timedelta(0), until - then).total_seconds()


def instant(text: str) -> datetime | None:
    """The instant that a header names, None where it names none."""
    try:
        read = parsedate_to_datetime(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
