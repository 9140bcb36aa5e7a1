"""Series over time, for charts: how much was published, seen, edited and taken down, and how often
words are used."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, func, null, select

from storage.consult.edits import TYPO
from storage.consult.events import ever_listed_in
from storage.consult.month_counts import Timed, month_counts
from storage.consult.periods import (
    LENGTHS,
    Step,
    beijing_date,
    by_step,
    filled,
    first_instant,
    fitting,
)
from storage.consult.site_ids import id_of_site
from storage.history import EventKind
from storage.schema import articles, channels, edits, events, placements, sites


class Counted(StrEnum):
    """What a series counts, each at its own time: articles by when they say they were published,
    or by when they were first seen; what happened to them by when it was seen. `SILENT` are the
    edits that no page tells of, corrections of writing left out."""

    PUBLISHED = "published"
    CAPTURED = "captured"
    EDITED = "edited"
    SILENT = "silent"
    MISSING = "missing"
    GONE = "gone"
    RESTORED = "restored"


class Each(StrEnum):
    """Whether there is one series, one for each site, or one for each channel."""

    ALL = "all"
    SITE = "site"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesQuery:
    """What series are made of. `channel` is the CMS's id of one that lists or listed the article;
    by channel, an article of several counts in each. `since` and `until` are days in Beijing of
    the time by which is counted. `as_of` leaves out what was seen later only. Without a `step` it
    is months, or years where there are many of them."""

    host: str | None = None
    channel: str | None = None
    since: date | None = None
    until: date | None = None
    step: Step | None = Step.MONTH
    each: Each = Each.ALL
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One period (`2026-03`, `2026`): how many, and of how many, where that is a share."""

    period: str
    count: int
    of: int | None = None

    @property
    def share(self) -> float | None:
        """The part of all; None where there is nothing to be a part of."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Series:
    """Points in order of time, periods without anything among them. `host`, `channel` (the CMS's
    id) and `name` say of what; None of all."""

    host: str | None
    channel: str | None
    name: str | None
    points: tuple[Point, ...]

    @property
    def step(self) -> Step:
        """How long its periods are."""
        return Step.YEAR if len(self.points[0].period) == LENGTHS[Step.YEAR] else Step.MONTH

    @property
    def total(self) -> int:
        return sum(point.count for point in self.points)


Key = tuple[str | None, str | None, str | None]
"""Of what a series is: host, channel, name."""
_ALL: Key = (None, None, None)
Counts = Mapping[str, int]
"""How many, by period."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is counted: rows with an article each, and the time of a row. `site` is the site of the
    row where it names one itself; `indexed` says that an index has them in order of time."""

    source: FromClause
    article: ColumnElement[int]
    site: ColumnElement[int] | None
    when: ColumnElement[Any]
    instants: bool
    conditions: tuple[ColumnElement[bool], ...] = ()
    indexed: bool = False

    def in_order(self, query: SeriesQuery) -> bool:
        """Whether an index has just the rows that are asked for by their time: those of the whole
        archive, and events of a site."""
        if not self.indexed or query.each is not Each.ALL or query.channel is not None:
            return False
        return self.instants or (query.host is None and query.as_of is None)


def series(connection: Connection, counted: Counted, query: SeriesQuery) -> list[Series]:
    """How many in each period, in order of sites and channels."""
    found = monthly(connection, _rows(counted), query)
    step = step_of(query, found)
    return [
        Series(*key, tuple(Point(period, count) for period, count in filled(by_period).items()))
        for key, months in found.items()
        if (by_period := by_step(months, step))
    ]


def step_of(query: SeriesQuery, found: Mapping[Key, Counts]) -> Step:
    """The step that is asked for, or fits what was found."""
    return query.step or fitting(month for months in found.values() for month in months)


def published_monthly(
    connection: Connection, query: SeriesQuery, *conditions: ColumnElement[bool]
) -> dict[Key, Counts]:
    """How many articles each month published, of those that fit the conditions; of a page that
    names only a year, that year."""
    rows = _rows(Counted.PUBLISHED)
    rows = replace(rows, conditions=conditions, indexed=not conditions)
    return monthly(connection, rows, query)


def monthly(connection: Connection, rows: _Rows, query: SeriesQuery) -> dict[Key, Counts]:
    """Rows counted by what the series are of, and by month, whatever the step is: so that all are
    counted once."""
    if rows.in_order(query):
        timed = Timed(
            rows.source, rows.when, rows.instants, [*rows.conditions, *_within(rows, query)]
        )
        if (whole := month_counts(connection, timed)) is not None:
            return {_ALL: whole} if whole else {}
    day = beijing_date(rows.when) if rows.instants else rows.when
    period = func.substr(day, 1, LENGTHS[Step.MONTH])
    source = rows.source
    if query.each is not Each.ALL:  # all together need no table but their own
        if source is not articles:
            source = source.join(articles, articles.c.id == rows.article)
        source = source.join(sites, sites.c.id == articles.c.site_id)
    if query.each is Each.CHANNEL:
        listed = select(placements.c.article_id, placements.c.channel_id).distinct().subquery()
        source = source.join(listed, listed.c.article_id == articles.c.id)
        source = source.join(channels, channels.c.id == listed.c.channel_id)
    key = _key(query.each)
    found = connection.execute(
        select(*key, period, func.count())
        .select_from(source)
        .where(*rows.conditions, *_within(rows, query))
        .group_by(*(column for column in key if column is not _NOTHING), period)
        .order_by(*(column for column in key[:2] if column is not _NOTHING), period)
    )
    counted: dict[Key, dict[str, int]] = defaultdict(dict)
    for host, channel, name, at, count in found:
        counted[host, channel, name][at] = count
    return dict(counted)


_NOTHING = null()


def _key(each: Each) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    match each:
        case Each.ALL:
            return _NOTHING, _NOTHING, _NOTHING
        case Each.SITE:
            return sites.c.host, _NOTHING, sites.c.name
        case Each.CHANNEL:
            return sites.c.host, channels.c.cms_id, channels.c.name


def _rows(counted: Counted) -> _Rows:
    match counted:
        case Counted.PUBLISHED:
            # What was never read claims no date: an index of the dates tells all.
            return _Rows(*_ARTICLES, articles.c.published, False, indexed=True)
        case Counted.CAPTURED:
            seen = articles.c.first_captured_at.is_not(None)
            return _Rows(*_ARTICLES, articles.c.first_captured_at, True, (seen,))
        case Counted.SILENT:
            grave = (edits.c.silent, edits.c.weight > TYPO)
            return _Rows(edits, edits.c.article_id, None, edits.c.at, True, grave)
        case _:
            kind = events.c.kind == EventKind(counted.value).value
            site = events.c.site_id
            return _Rows(events, events.c.article_id, site, events.c.at, True, (kind,), True)


_ARTICLES = articles, articles.c.id, articles.c.site_id


def _of_site(rows: _Rows, host: str) -> ColumnElement[bool]:
    if rows.site is not None:
        return rows.site == id_of_site(host)
    return rows.article.in_(select(articles.c.id).where(articles.c.site_id == id_of_site(host)))


def _within(rows: _Rows, query: SeriesQuery) -> Iterator[ColumnElement[bool]]:
    if query.host is not None:
        yield _of_site(rows, query.host)
    if query.channel is not None and query.each is Each.CHANNEL:
        yield channels.c.cms_id == query.channel
    elif query.channel is not None:
        yield rows.article.in_(ever_listed_in(query.channel))
    if query.as_of is not None:
        yield (rows.when if rows.instants else articles.c.first_captured_at) <= query.as_of
    day_after = query.until + timedelta(days=1) if query.until else None
    if rows.instants:
        if query.since is not None:
            yield rows.when >= first_instant(query.since)
        if day_after is not None:
            yield rows.when < first_instant(day_after)
        return
    yield rows.when.is_not(None)
    if query.since is not None:
        # A page that names only a month is counted where any day of it would be.
        yield rows.when >= func.substr(query.since.isoformat(), 1, func.length(rows.when))
    if day_after is not None:
        yield rows.when < day_after.isoformat()
