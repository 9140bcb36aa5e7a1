"""One capture, and one crawl, as a year plans them; and the days of its world. All values."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from enum import StrEnum
from hashlib import sha256

from replica import files
from replica.truth import EVE

BEIJING = timezone(timedelta(hours=8))
AT_ONCE = 19
"""Articles of a crawl of captures that came late: fewer than the guard judges by shares."""


class Weather(StrEnum):
    """What a crawl meets."""

    FAIR = "fair"
    OUTAGE = "every page answers 503"
    FIREWALL = "a firewall asks every visitor for a code"
    UNREACHABLE = "nobody answers, or with an expired certificate"
    BROKEN = "every answer breaks off halfway"
    NOTICE = "a notice stands in place of every article, with status 200"
    NO_LISTS = "every list is empty, with status 200"

    @property
    def counts(self) -> bool:
        """Whether what is seen of articles in such weather counts."""
        return self in (Weather.FAIR, Weather.NO_LISTS)


@dataclass(frozen=True, slots=True)
class Sight:
    """One capture that somebody makes: an article's page, or one of its files."""

    number: int
    at: datetime
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One crawl as the archive is told of it. `walks` says that it walked the lists."""

    begins_at: datetime
    ends_at: datetime
    sights: tuple[Sight, ...]
    weather: Weather = Weather.FAIR
    walks: bool = False


def digest(path: str, edition: int) -> str:
    """The digest of a file's bytes."""
    return sha256(files.content(path, edition)).hexdigest()


def midnight(day: int) -> datetime:
    """The moment at which a day of the world begins."""
    return datetime.combine(EVE + timedelta(days=day), time(), BEIJING).astimezone(UTC)


def day_of(at: datetime) -> int:
    """The day of the world to which a moment belongs.

    >>> day_of(midnight(3)), day_of(midnight(3) - timedelta(seconds=1))
    (3, 2)
    """
    return (at.astimezone(BEIJING).date() - EVE).days
