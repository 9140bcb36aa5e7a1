"""Moments as Memento writes them: HTTP dates, and fourteen digits in addresses. Pure.

A moment is rounded up to a whole second: then the version that is dated by it stood at it.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

_HTTP_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT",
    re.ASCII,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STAMP = re.compile(r"\d{14}", re.ASCII)


def whole_second(moment: datetime) -> datetime:
    """The first whole second that is not before a moment.

    >>> whole_second(datetime(2026, 3, 2, 2, 1, 7, 250, tzinfo=UTC)).second
    8
    """
    return moment.astimezone(UTC) + timedelta(microseconds=-moment.microsecond % 1_000_000)


def http_date(moment: datetime) -> str:
    """
    >>> http_date(datetime(2026, 3, 2, 2, 1, tzinfo=UTC))
    'Mon, 02 Mar 2026 02:01:00 GMT'
    """
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def from_http_date(text: str) -> datetime:
    """The moment of an rfc1123-date in GMT, the one form that RFC 7089 (2.1.1.1) allows. Raises
    ValueError for any other.

    >>> from_http_date("Mon, 02 Mar 2026 02:01:00 GMT").isoformat()
    '2026-03-02T02:01:00+00:00'
    """
    found = _HTTP_DATE.fullmatch(text.strip())
    if found is None or found[2] not in _MONTHS:
        raise ValueError(f"{text!r} is no HTTP date")
    day, month, year, *time = found.groups()
    return from_stamp(f"{year}{_MONTHS.index(month) + 1:02}{day}{''.join(time)}")


def stamp(moment: datetime) -> str:
    """A moment as it stands in the address of a memento.

    >>> stamp(datetime(2026, 3, 2, 2, 1, tzinfo=UTC))
    '20260302020100'
    """
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}"


def from_stamp(text: str) -> datetime:
    """Raises ValueError for what is no moment of fourteen digits."""
    if not _STAMP.fullmatch(text):
        raise ValueError(f"{text!r} is no moment of fourteen digits")
    return datetime.strptime(f"{text}+0000", "%Y%m%d%H%M%S%z")
