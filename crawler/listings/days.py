"""The day that a line of a list shows, in the forms that such sites write it."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

_LONGEST = 60
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_TIGHTEN = re.compile(r"\s*([-/.:年月日])\s*")
_FRAME = re.compile(
    r"^(?:[\[({【〔<]|\s)*(?:(?:发布|更新|公布|公开|印发|生成|成文|添加)?(?:日期|时间|于):?)?\s*"
    r"|(?:[\])}】〕>]|\s)*$"
)
_OF_NO_DAY = re.compile(r"(?![年月日发布更新公开印生成文添加期时间于])[\u4e00-\u9fff]")
"""A character that is in no day and in nothing that stands around one."""
_TIME = r"(?:[ T]*[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2})?(?:\.[0-9]+)?)?"
_DAY = re.compile(rf"([0-9]{{4}})[-/.年]([0-9]{{1,2}})[-/.月]([0-9]{{1,2}})日?{_TIME}")
_SHORT_DAY = re.compile(r"([0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_MONTH_DAY = re.compile(r"([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_MONTH = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})月?")
_DAY_OF_MONTH = re.compile(r"([0-9]{1,2})日?")
# Neither side may go on with digits: 2026-02-00018 is an index number (seen on www.nhsa.gov.cn).
_WITHIN = re.compile(
    r"(?<![0-9-])([0-9]{4})\s?[-/.年]\s?([0-9]{1,2})\s?[-/.月]\s?([0-9]{1,2})(?![0-9]|-[0-9])"
)
_YEAR_IN_ADDRESS = re.compile(r"/art/([0-9]{4})/")


def shown_day(text: str, near: date | None = None, year: int | None = None) -> date | None:
    """The day where the whole text is one, brackets, label and time of day aside.

    Month and day alone need the article's address: `near` is the day it gives, `year` its year.

    >>> shown_day("[2017-04-24]"), shown_day("21-06-30"), shown_day("2026-\\n01-\\n23")
    (datetime.date(2017, 4, 24), datetime.date(2021, 6, 30), datetime.date(2026, 1, 23))
    >>> shown_day("03-16", near=date(2018, 3, 16)), shown_day("03-16"), shown_day("2026-02-00018")
    (datetime.date(2018, 3, 16), None, None)
    """
    bare = _bare(text)
    if full := _DAY.fullmatch(bare):
        return valid_day(full[1], full[2], full[3])
    if short := _SHORT_DAY.fullmatch(bare):
        return valid_day(("19" if short[1] > "70" else "20") + short[1], short[2], short[3])
    if month_day := _MONTH_DAY.fullmatch(bare):
        return _nearest(month_day[1], month_day[2], near, year)
    return None


def looks_like_day(text: str) -> bool:
    """Whether the whole text is a day or a month and day, of whatever year.

    >>> looks_like_day("(03-16)"), looks_like_day("3-5 个工作日")
    (True, False)
    """
    bare = _bare(text)
    return any(form.fullmatch(bare) for form in (_DAY, _SHORT_DAY, _MONTH_DAY))


def split_day(first: str, second: str) -> date | None:
    """The day that stands in two boxes, year and month beside the day of the month.

    >>> split_day("23", "2026-01"), split_day("2026年1月", "23日")
    (datetime.date(2026, 1, 23), datetime.date(2026, 1, 23))
    """
    for month, day in ((_bare(first), _bare(second)), (_bare(second), _bare(first))):
        upper, lower = _MONTH.fullmatch(month), _DAY_OF_MONTH.fullmatch(day)
        if upper and lower:
            return valid_day(upper[1], upper[2], lower[1])
    return None


def days_within(text: str) -> list[date]:
    """Every full day that stands somewhere in a longer text."""
    found = (valid_day(*groups) for groups in _WITHIN.findall(unicodedata.normalize("NFKC", text)))
    return [day for day in found if day]


def year_in_address(url: str) -> int | None:
    """The year that an article's address names, on every generation."""
    found = _YEAR_IN_ADDRESS.search(url)
    return int(found[1]) if found else None


def valid_day(year: str, month: str, day: str) -> date | None:
    """The day, or None where the calendar has none such or it is no day of a website."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


@lru_cache(maxsize=4096)  # a row's title is looked at thrice, and days come again and again
def _bare(text: str) -> str:
    if len(text) > _LONGEST or _OF_NO_DAY.search(text):
        return ""
    return _FRAME.sub("", _TIGHTEN.sub(r"\1", unicodedata.normalize("NFKC", text).strip()))


def _nearest(month: str, day: str, near: date | None, year: int | None) -> date | None:
    """Month and day in the year of the address, or next to it around New Year."""
    if near is None:
        return valid_day(str(year), month, day) if year else None
    years = (near.year - 1, near.year, near.year + 1)
    found = (valid_day(str(candidate), month, day) for candidate in years)
    return min((d for d in found if d), key=lambda d: abs(d - near), default=None)
