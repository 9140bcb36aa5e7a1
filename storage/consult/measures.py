"""Figures of an archive as they are now, for whoever watches them over time."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from storage.consult.alarms import alarms
from storage.consult.last_crawls import last_ended, last_walks_in
from storage.consult.sites import SiteHeld, sites_held
from storage.schema import holds


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlMeasured:
    """The newest crawl of a spider and a target that ended. `verdicts` counts its walks."""

    spider: str
    target: str
    started_at: datetime
    finished_at: datetime
    finish_reason: str
    outcomes: Mapping[str, int]
    unended: int
    requests: int
    received: int
    errors: int
    verdicts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measures:
    """All of them; `alarms` counts those that stand by their kinds, `held` the crawls that are
    held."""

    sites: tuple[SiteHeld, ...]
    crawls: tuple[CrawlMeasured, ...]
    alarms: Mapping[str, int]
    held: int


def measures(connection: Connection) -> Measures:
    """The figures, in one transaction."""
    held = select(func.count(holds.c.crawl_id.distinct())).where(holds.c.released_at.is_(None))
    return Measures(
        tuple(sites_held(connection)),
        tuple(_crawls(connection)),
        dict(Counter(alarm.kind for alarm in alarms(connection))),
        connection.scalar(held) or 0,
    )


def _crawls(connection: Connection) -> Iterator[CrawlMeasured]:
    ended = last_ended(connection, 1)
    verdicts: dict[int, Counter[str]] = defaultdict(Counter)
    for walk in last_walks_in(connection, [crawl.id for crawl in ended]):
        verdicts[walk.crawl_id][walk.verdict.split(" ")[0]] += 1
    for crawl in ended:
        yield _measured(crawl, dict(verdicts[crawl.id]))


def _measured(row: Row[Any], verdicts: Mapping[str, int]) -> CrawlMeasured:
    return CrawlMeasured(
        spider=row.spider,
        target=row.target,
        started_at=row.started_at,
        finished_at=row.finished_at,
        finish_reason=row.finish_reason,
        outcomes=row.stats.get("outcomes", {}),
        unended=row.stats.get("unended", 0),
        requests=row.stats.get("downloader/request_count", 0),
        received=row.stats.get("downloader/response_bytes", 0),
        errors=row.stats.get("errors", 0),
        verdicts=verdicts,
    )
