"""Dates as researchers type them: Beijing time where no zone is said. Pure."""

import calendar
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The clock of the sites: without summer time since 1991, long before the first capture."""

_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日号]?", re.ASCII)


def beijing_day(moment: datetime) -> date:
    """The day that it is in Beijing at a moment.

    >>> beijing_day(datetime(2026, 2, 28, 16, tzinfo=UTC)).isoformat()
    '2026-03-01'
    """
    return moment.astimezone(BEIJING).date()


def first_moment(text: str) -> datetime:
    """The first moment that is meant, in UTC: of a day, month or year its beginning.

    Raises ValueError for what is no date.

    >>> first_moment("2026年3月").isoformat()
    '2026-02-28T16:00:00+00:00'
    """
    return _span(text)[0]


def last_moment(text: str) -> datetime:
    """The last moment that is meant, in UTC: of a day, month or year its end.

    Raises ValueError for what is no date.

    >>> last_moment("2026-03-01").isoformat()
    '2026-03-01T15:59:59.999999+00:00'
    >>> last_moment("2026-03-01T08:00Z").isoformat()
    '2026-03-01T08:00:00+00:00'
    """
    return _span(text)[1]


def _span(text: str) -> tuple[datetime, datetime]:
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        if found := _DAY.fullmatch(plain):
            return _days(*(int(part) if part else None for part in found.groups()))
        moment = datetime.fromisoformat(plain)
        zoned = moment.replace(tzinfo=moment.tzinfo or BEIJING).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no date; write one like 2026-03-01") from error
    return zoned, zoned


def _days(year: int | None, month: int | None, day: int | None) -> tuple[datetime, datetime]:
    assert year is not None
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    first = datetime(year, month or 1, day or 1, tzinfo=BEIJING)
    last = datetime.combine(datetime(year, last_month, last_day, tzinfo=BEIJING), time.max, BEIJING)
    return first.astimezone(UTC), last.astimezone(UTC)
