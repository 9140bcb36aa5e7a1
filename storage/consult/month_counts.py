"""How many rows each month has, from an index that has their times in order.

To group by month each row's date is worked out; to count between two ends of a month only the index
is walked: a tenth of the time over a whole archive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Text, column, func, select, values

from storage.consult.moments import beijing_day
from storage.consult.periods import first_instant, periods_between

_MOST = 1200
"""Periods at the most: a page's slip of a date (公元 202) makes thousands."""

Ends = tuple[str, Any, Any]
"""A period, where it begins, and where the next one does."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Rows and the time of each, by which an index has those that fulfil the conditions in order.
    `instants` are moments; else they are dates as pages claim them, as text."""

    source: FromClause
    when: ColumnElement[Any]
    instants: bool
    conditions: Sequence[ColumnElement[bool]] = ()


def month_counts(connection: Connection, timed: Timed) -> dict[str, int] | None:
    """How many rows each month has, months without any left out; what names only a year counts by
    that year. None where the rows are spread over too many centuries to be counted so."""
    first, last = (_outermost(connection, timed, end) for end in (func.min, func.max))
    if first is None:
        return {}
    ends = list(_instants(first, last) if timed.instants else _claimed(first, last))
    if len(ends) > _MOST:
        return None
    periods = values(
        column("period", Text), column("begins", timed.when.type), column("ends", timed.when.type),
        name="periods",
    ).data(ends).cte("periods")  # fmt: skip
    count = (
        select(func.count())
        .select_from(timed.source)
        .where(*timed.conditions, timed.when >= periods.c.begins, timed.when < periods.c.ends)
        .scalar_subquery()
    )
    found = connection.execute(select(periods.c.period, count)).all()
    return {period: n for period, n in found if n}


def _outermost(connection: Connection, timed: Timed, end: Any) -> Any:
    query = select(end(timed.when)).select_from(timed.source)
    return connection.scalar(query.where(*timed.conditions, timed.when.is_not(None)))


def _instants(first: datetime, last: datetime) -> Iterator[Ends]:
    months = list(periods_between(*(f"{beijing_day(at):%Y-%m}" for at in (first, last))))
    for month in months:
        year, number = int(month[:4]), int(month[5:])
        following = date(year + number // 12, number % 12 + 1, 1)
        yield month, first_instant(date(year, number, 1)), first_instant(following)


def _claimed(first: str, last: str) -> Iterator[Ends]:
    for year in range(int(first[:4]), int(last[:4]) + 1):
        months = [f"{year:04}-{month:02}" for month in range(1, 13)]
        begins = [f"{year:04}", *months]
        yield from zip(begins, begins, [*months, f"{year + 1:04}"], strict=True)
