"""What came of crawls, each against the runs before it: what an operator asks in the morning."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, union

from storage.consult.coverage import Said
from storage.consult.holds import HoldSeen, holds_of
from storage.consult.walked_short import ShortWalk, walks_of
from storage.errors import UnknownCrawl
from storage.judging import Outcome
from storage.schema import (
    articles,
    capture_facts,
    channels,
    crawls,
    events,
    frontier,
    holds,
    sites,
    walks,
)

RUNS = 30
"""With how many earlier runs of the same crawl a run is compared."""

_ENOUGH_RUNS = 5
_NOISE = 5

__all__ = ["RUNS", "CrawlTold", "Night", "Said", "ShortWalk", "Usual", "night"]


@dataclass(frozen=True, slots=True)
class Usual:
    """One figure of a crawl against the runs before it: their median, least and most."""

    figure: str
    now: int
    median: float
    least: int
    most: int
    runs: int

    @property
    def odd(self) -> bool:
        """Whether the figure is one that an operator should know of: outside of all that was seen
        in five or more runs, by more than half of what is usual, and more than a handful."""
        if self.runs < _ENOUGH_RUNS or self.least <= self.now <= self.most:
            return False
        return abs(self.now - self.median) > max(_NOISE, self.median / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlTold:
    """One crawl and all that came of it. `events` counts what happened to articles, by kind;
    `outcomes` and `files` its addresses by how they ended; `verdicts` its walks. `given_up` are the
    hosts that failed too often, and why; `errors` counts faults of this program. In seconds,
    `clock_behind` is how far the machine's clock stood behind the archive as it began, and
    `clock_stepped` by how much it was set meanwhile."""

    id: int
    spider: str
    target: str
    started_at: datetime
    finished_at: datetime | None
    finish_reason: str | None
    hosts: tuple[str, ...]
    outcomes: Mapping[str, int]
    files: Mapping[str, int]
    unended: int
    events: Mapping[str, int]
    verdicts: Mapping[str, int]
    short: tuple[ShortWalk, ...]
    holds: tuple[HoldSeen, ...]
    given_up: Mapping[str, str]
    errors: int
    clock_behind: int
    clock_stepped: int
    usual: tuple[Usual, ...]

    @property
    def held(self) -> bool:
        """Whether something of it is held and not released."""
        return any(hold.released_at is None for hold in self.holds)


@dataclass(frozen=True, slots=True)
class Night:
    """Crawls, oldest first, and what the guard holds of whichever crawls, by their numbers."""

    crawls: tuple[CrawlTold, ...]
    held: Mapping[int, tuple[HoldSeen, ...]] = field(default_factory=dict)


def night(
    connection: Connection,
    crawl_id: int | None = None,
    since: datetime | None = None,
    *,
    newest: bool = False,
    of: Sequence[str] | None = None,
) -> Night:
    """One crawl, the `newest`, the newest `of` each of these spiders, or those that began `since`;
    without any of these, those of the 24 hours up to the start of the newest. Raises UnknownCrawl.
    """
    wanted = select(crawls).order_by(crawls.c.id)
    if crawl_id is not None:
        wanted = wanted.where(crawls.c.id == crawl_id)
    elif of is not None:
        each = select(func.max(crawls.c.id)).where(crawls.c.spider.in_(of))
        wanted = wanted.where(crawls.c.id.in_(each.group_by(crawls.c.spider)))
    elif newest:
        wanted = wanted.where(crawls.c.id == select(func.max(crawls.c.id)).scalar_subquery())
    else:
        wanted = wanted.where(crawls.c.started_at >= (since or _last_day(connection)))
    rows = connection.execute(wanted).all()
    if crawl_id is not None and not rows:
        raise UnknownCrawl(f"crawl {crawl_id}")
    held = holds_of(connection, [row.id for row in rows])
    told = tuple(_told(connection, row, held.get(row.id, ())) for row in rows)
    return Night(told, _held_now(connection))


def _last_day(connection: Connection) -> datetime:
    newest = connection.execute(
        select(crawls.c.started_at).order_by(crawls.c.started_at.desc()).limit(1)
    ).scalar_one_or_none()
    return (newest or datetime.fromisoformat("1970-01-01T00:00:00Z")) - timedelta(days=1)


def _told(connection: Connection, row: Any, held: tuple[HoldSeen, ...]) -> CrawlTold:
    ended = row.finished_at is not None
    outcomes = dict(row.stats.get("outcomes", {})) if ended else _outcomes(connection, row.id)
    unended = row.stats.get("unended", 0) if ended else outcomes.pop("", 0)
    site_ids = _sites(connection, row.id)
    walked = walks_of(connection, row.id)
    return CrawlTold(
        id=row.id,
        spider=row.spider,
        target=row.target,
        started_at=row.started_at,
        finished_at=row.finished_at,
        finish_reason=row.finish_reason,
        hosts=tuple(sorted(site_ids.values())),
        outcomes=outcomes,
        files=row.stats.get("files", {}),
        unended=unended,
        events=_events(connection, row, list(site_ids)),
        verdicts=dict(Counter(walk.verdict.split(" ")[0] for walk in walked)),
        short=tuple(walk for walk in walked if walk.is_short),
        holds=held,
        given_up=row.stats.get("given_up", {}),
        errors=row.stats.get("errors", 0),
        clock_behind=row.stats.get("clock_behind", 0),
        clock_stepped=row.stats.get("clock_stepped", 0),
        usual=_usual(connection, row) if ended else (),
    )


def _outcomes(connection: Connection, crawl_id: int) -> dict[str, int]:
    """Of a crawl that has not ended: its addresses by outcome, those without one under ``""``."""
    counted = connection.execute(
        select(func.coalesce(frontier.c.outcome, ""), func.count())
        .where(frontier.c.crawl_id == crawl_id)
        .group_by(func.coalesce(frontier.c.outcome, ""))
    )
    return {row[0]: row[1] for row in counted}


def _sites(connection: Connection, crawl_id: int) -> dict[int, str]:
    """The sites whose lists or articles a crawl looked at."""
    walked = (
        select(channels.c.site_id)
        .join(walks, walks.c.channel_id == channels.c.id)
        .where(walks.c.crawl_id == crawl_id)
    )
    captured = (
        select(articles.c.site_id)
        .join(capture_facts, capture_facts.c.article_id == articles.c.id)
        .where(capture_facts.c.crawl_id == crawl_id)
    )
    ids = union(walked, captured).subquery()
    rows = connection.execute(
        select(sites.c.id, sites.c.host).where(sites.c.id.in_(select(ids.c.site_id)))
    )
    return {row.id: row.host for row in rows}


def _events(connection: Connection, row: Any, site_ids: Sequence[int]) -> dict[str, int]:
    """What the crawl's captures showed, and what lists did while it went on: a site is crawled by
    one crawl at a time."""
    by_capture = capture_facts.c.crawl_id == row.id
    by_list = and_(
        events.c.capture_id.is_(None),
        articles.c.site_id.in_(site_ids),
        events.c.at >= row.started_at,
        *([events.c.at <= row.finished_at] if row.finished_at else []),
    )
    counted = connection.execute(
        select(events.c.kind, func.count())
        .join(articles, articles.c.id == events.c.article_id)
        .outerjoin(capture_facts, capture_facts.c.id == events.c.capture_id)
        .where(or_(by_capture, by_list), articles.c.site_id.in_(site_ids))
        .group_by(events.c.kind)
    )
    return {row[0]: row[1] for row in counted}


def _usual(connection: Connection, row: Any) -> tuple[Usual, ...]:
    earlier = connection.execute(
        select(crawls)
        .where(
            crawls.c.spider == row.spider,
            crawls.c.target == row.target,
            crawls.c.id < row.id,
            crawls.c.finish_reason == "finished",
        )
        .order_by(crawls.c.id.desc())
        .limit(RUNS)
    ).all()
    if not earlier:
        return ()
    before, now = [_figures(each) for each in earlier], _figures(row)
    return tuple(
        Usual(name, now[name], median(known), min(known), max(known), len(known))
        for name in now
        if (known := [each[name] for each in before])
    )


def _figures(row: Any) -> dict[str, int]:
    outcomes = row.stats.get("outcomes", {})
    took = (row.finished_at - row.started_at).total_seconds() if row.finished_at else 0.0
    return {
        "new": outcomes.get(Outcome.NEW, 0),
        "edited": outcomes.get(Outcome.CHANGED, 0),
        "unchanged": outcomes.get(Outcome.UNCHANGED, 0),
        "not_there": outcomes.get(Outcome.GONE_SIGNAL, 0),
        "failed": outcomes.get(Outcome.FAILED, 0) + outcomes.get(Outcome.CHALLENGED, 0),
        "requests": row.stats.get("downloader/request_count", 0),
        "seconds": round(took),
    }


def _held_now(connection: Connection) -> dict[int, tuple[HoldSeen, ...]]:
    ids = connection.scalars(
        select(holds.c.crawl_id).where(holds.c.released_at.is_(None)).distinct()
    ).all()
    every = holds_of(connection, ids)
    return {
        crawl: tuple(hold for hold in found if hold.released_at is None)
        for crawl, found in sorted(every.items())
    }
