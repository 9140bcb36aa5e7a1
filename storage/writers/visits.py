"""Visits: one crawl at one of the sites that it met."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from storage.schema import articles, capture_facts, channels, crawls, frontier, sites, walks
from storage.writers.scope import Scope


@dataclass(frozen=True, slots=True)
class Visit:
    """One crawl at one site, from its beginning to its end, or until now."""

    crawl_id: int
    site_id: int
    host: str
    started_at: datetime
    until: datetime


def visits(scope: Scope) -> list[Visit]:
    """The crawl of a scope at each of the sites that it met."""
    captured = (
        select(articles.c.site_id)
        .join(capture_facts, capture_facts.c.article_id == articles.c.id)
        .where(capture_facts.c.crawl_id == scope.crawl_id)
    )
    walked = (
        select(channels.c.site_id)
        .join(walks, walks.c.channel_id == channels.c.id)
        .where(walks.c.crawl_id == scope.crawl_id)
    )
    asked = select(frontier.c.url).where(
        frontier.c.crawl_id == scope.crawl_id, frontier.c.kind == "article"
    )
    hosts = {url.split("/")[2] for url in scope.connection.scalars(asked) if "//" in url}
    met = or_(sites.c.id.in_(captured.union(walked)), sites.c.host.in_(hosts))
    crawl = scope.connection.execute(
        select(crawls.c.started_at, crawls.c.finished_at).where(crawls.c.id == scope.crawl_id)
    ).one()
    until = crawl.finished_at or scope.recorded_at
    rows = scope.connection.execute(
        select(sites.c.id, sites.c.host).where(met).order_by(sites.c.id)
    )
    return [Visit(scope.crawl_id, row.id, row.host, crawl.started_at, until) for row in rows]
