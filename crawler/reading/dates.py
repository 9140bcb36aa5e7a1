"""The times that such pages print, as the contract writes them: ISO 8601, Asia/Shanghai.

`2022-02-26`, or `2022-02-26T11:38+08:00`: minutes at most, and no more precise than the page.
"""

import re
import unicodedata
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from dateutil import parser

from crawler.reading.text import fold

SHANGHAI = timezone(timedelta(hours=8))
"""China has kept one time, without summer time, since 1991; the CMS is younger."""

_DIGITS = str.maketrans("〇○ＯO零一二三四五六七八九", "00000123456789")
_NUMERALS = re.compile(
    r"([〇○OＯ零一二三四五六七八九]{4})\s?年\s?([一二三四五六七八九十]{1,3})\s?月"
    r"\s?([一二三四五六七八九十廿卅]{1,3})\s?日"
)
_WEEKDAY = re.compile(r"[(\[]?(?:星期|周)[一二三四五六日天][)\]]?")
_MONTH_AND_DAY = re.compile(r"(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})\s?日?(?!\d|[-/.年])")
_STAMP = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s{0,3}[-/.年]\s{0,3}(?P<month>\d{1,2})\s{0,3}[-/.月]\s{0,3}"
    r"(?P<day>\d{1,2})(?!\d)\s{0,3}日?"
    r"(?:\s{0,9}T?\s{0,9}(?P<half>上午|下午|晚上|中午)?\s{0,3}(?P<hour>\d{1,2})\s{0,3}[:时点]"
    r"\s{0,3}(?P<minute>\d{1,2})(?!\d))?"
)
_ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)$")
# One reading only: all digits with the year first, or the month by its name.
_UNAMBIGUOUS = re.compile(r"(?:19|20)\d{6}(?:\d{4}(?:\d\d)?)?$|.*[A-Za-z]{3}")
_LONGEST = 64


@lru_cache(maxsize=1024)
def published_time(text: str) -> str | None:
    """A printed time in the contract's form; None where it is none, or could be read two ways.

    Day and month are never guessed: a date says its year first, or its month by name. What
    follows a date on its line does no harm.

    >>> [published_time(t) for t in ("2022年3月5日 10:20", "2011- 09- 01 14: 58: 15", "3/5/2022")]
    ['2022-03-05T10:20+08:00', '2011-09-01T14:58+08:00', None]
    """
    plain = _plain(text)
    if stamp := _STAMP.match(plain):
        read = _from_parts(stamp)
        return _by_dateutil(plain) if read and _ZONED.search(plain) else read
    return _by_dateutil(plain) if _UNAMBIGUOUS.match(plain) else None


def in_year(text: str, year: int) -> str | None:
    """A printed day that leaves its year out, as a day of this year; None for anything else.

    >>> in_year("02-26", 2022), in_year("2月26日", 2022), in_year("2022-02-26", 2021)
    ('2022-02-26', '2022-02-26', None)
    """
    found = _MONTH_AND_DAY.match(_plain(text))
    if not found:
        return None
    try:
        day = datetime(year, int(found["month"]), int(found["day"]), tzinfo=SHANGHAI)
    except ValueError:
        return None
    return day.date().isoformat()


def same_day(one: str, other: str) -> bool:
    """Whether two times in the contract's form name one day."""
    return one[:10] == other[:10]


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", fold(text)[:_LONGEST]).strip(" [](){}【】")
    return _WEEKDAY.sub(" ", _NUMERALS.sub(_in_digits, plain))


def _in_digits(date: re.Match[str]) -> str:
    return f"{date[1].translate(_DIGITS)}年{_count(date[2])}月{_count(date[3])}日"


def _count(numeral: str) -> str:
    """
    >>> [_count(n) for n in ("五", "十", "十二", "二十", "二十六", "廿六")]
    ['5', '10', '12', '20', '26', '26']
    """
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return numeral.translate(_DIGITS)
    return (tens or "一").translate(_DIGITS) + (ones or "〇").translate(_DIGITS)


def _from_parts(stamp: re.Match[str]) -> str | None:
    year, month, day = (int(stamp[part]) for part in ("year", "month", "day"))
    try:
        if stamp["hour"] is None:
            return datetime(year, month, day, tzinfo=SHANGHAI).date().isoformat()
        hour = int(stamp["hour"])
        hour += 12 if stamp["half"] in {"下午", "晚上"} and hour < 12 else 0
        moment = datetime(year, month, day, hour, int(stamp["minute"]), tzinfo=SHANGHAI)
    except ValueError:
        return None
    return _to_the_minute(moment)


def _by_dateutil(text: str) -> str | None:
    # Two different defaults show what the text leaves open: no day is ever filled in.
    try:
        first, second = (
            parser.parse(text, default=datetime(year, of, of, of, of), tzinfos=_zone)  # noqa: DTZ001
            for year, of in ((2000, 1), (2004, 2))
        )
        if first.date() != second.date() or first.year < 1900:
            return None
        if first != second:
            return first.date().isoformat()
        return _to_the_minute(first if first.tzinfo else first.replace(tzinfo=SHANGHAI))
    except (ValueError, OverflowError):
        return None


def _zone(name: str | None, offset: int | None) -> timezone | None:
    if name is None and offset is None:
        return None
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    # Java prints a Chinese server's times with CST; no other name is taken for a zone.
    if name in {"CST", "BJT"}:
        return SHANGHAI
    raise ValueError(name)


def _to_the_minute(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M+08:00")
