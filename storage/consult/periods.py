"""Months and years in Beijing, in the SQL of either database and in Python."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.consult.moments import BEIJING


class Step(StrEnum):
    """How long the periods of a series are."""

    MONTH = "month"
    YEAR = "year"


_MOST = 1200
"""Periods that a series fills at the most: a century of months."""

MANY_YEARS = 6

LENGTHS = {Step.MONTH: 7, Step.YEAR: 4}
"""Characters of a period's name, which begins every date within it: `2026-03`, `2026`."""


class beijing_date(FunctionElement[str]):  # noqa: N801 (a function of SQL)
    """The date in Beijing of an instant, as text: `2026-03-01`."""

    inherit_cache = True
    type = Text()


@compiles(beijing_date, "sqlite")
def _on_sqlite(element: beijing_date, compiler: SQLCompiler, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '+8 hours')"


@compiles(beijing_date, "postgresql")
def _on_postgresql(element: beijing_date, compiler: SQLCompiler, **more: Any) -> str:
    instant = compiler.process(element.clauses, **more)
    return f"to_char({instant} AT TIME ZONE INTERVAL '+08:00', 'YYYY-MM-DD')"


def first_instant(day: date) -> datetime:
    """When a day begins in Beijing."""
    return datetime.combine(day, time.min, BEIJING)


def by_step(months: Mapping[str, int], step: Step) -> dict[str, int]:
    """Counts by month as counts by a step. A date that names only its year belongs to no month.

    >>> by_step({"2025": 1, "2025-03": 2, "2026-01": 4}, Step.YEAR)
    {'2025': 3, '2026': 4}
    >>> by_step({"2025": 1, "2025-03": 2, "2026-01": 4}, Step.MONTH)
    {'2025-03': 2, '2026-01': 4}
    """
    counted: dict[str, int] = {}
    for month, count in months.items():
        if len(month) >= LENGTHS[step]:
            period = month[: LENGTHS[step]]
            counted[period] = counted.get(period, 0) + count
    return counted


def fitting(months: Iterable[str]) -> Step:
    """The step by which a series can be drawn beside other things: years, where they are many."""
    years = {int(month[:4]) for month in months if len(month) >= LENGTHS[Step.YEAR]}
    return Step.YEAR if years and max(years) - min(years) >= MANY_YEARS else Step.MONTH


def filled(counts: Mapping[str, int]) -> dict[str, int]:
    """Counts by period in order of time, with 0 where a period between has none. A date that is
    centuries from the others is a slip of a page's, and fills nothing.

    >>> filled({"2026-03": 2, "2026-01": 1})
    {'2026-01': 1, '2026-02': 0, '2026-03': 2}
    """
    if not counts:
        return {}
    between = list(islice(periods_between(min(counts), max(counts)), _MOST + 1))
    periods = between if len(between) <= _MOST else sorted(counts)
    return {period: counts.get(period, 0) for period in periods}


def periods_between(first: str, last: str) -> Iterator[str]:
    """Every month, or every year, from one to another, both included.

    >>> list(periods_between("2025-11", "2026-02"))
    ['2025-11', '2025-12', '2026-01', '2026-02']
    """
    if len(first) == LENGTHS[Step.YEAR]:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    months = [int(period[:4]) * 12 + int(period[5:7]) - 1 for period in (first, last)]
    for month in range(months[0], months[1] + 1):
        yield f"{month // 12:04}-{month % 12 + 1:02}"
