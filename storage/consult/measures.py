"""Figures of an archive as they are now, for whoever watches them over time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from storage.consult.alarms import alarms
from storage.consult.sites import SiteHeld, sites_held
from storage.schema import crawls, holds, walks


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
        tuple(_measured(connection, row) for row in _newest(connection)),
        dict(Counter(alarm.kind for alarm in alarms(connection))),
        connection.scalar(held) or 0,
    )


def _newest(connection: Connection) -> list[Any]:
    newest = (
        select(func.max(crawls.c.id))
        .where(crawls.c.finished_at.is_not(None), crawls.c.finish_reason != "abandoned")
        .group_by(crawls.c.spider, crawls.c.target)
    )
    return list(
        connection.execute(select(crawls).where(crawls.c.id.in_(newest)).order_by(crawls.c.id))
    )


def _measured(connection: Connection, row: Any) -> CrawlMeasured:
    last = (
        select(func.max(walks.c.id)).where(walks.c.crawl_id == row.id).group_by(walks.c.channel_id)
    )
    verdicts = connection.scalars(select(walks.c.verdict).where(walks.c.id.in_(last)))
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
        verdicts=dict(Counter(verdict.split(" ")[0] for verdict in verdicts)),
    )
