"""Releasing: a crawl that was held is given its place, because a person says so, or because a
better reader reads nothing odd in it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage.errors import NotHeld, UnknownCrawl
from storage.schema import crawls, holds, sites
from storage.writers import journal
from storage.writers.holding import let_go, tell_crawl
from storage.writers.scope import Scope
from storage.writers.seals import seal_sites
from storage.writers.settling import held_visits

BY_COMMAND, BY_READER = "command", "reader"
"""Who released a crawl: a person, or the reader that read it again."""


@dataclass(frozen=True, slots=True)
class Released:
    """What came of a release: the sites where the crawl was held, and how many of their articles
    it concerns."""

    crawl_id: int
    hosts: tuple[str, ...]
    articles: int


def held_at(connection: Connection, crawl_id: int) -> tuple[str, ...]:
    """The sites where a crawl is held. Raises UnknownCrawl, or NotHeld where there is none."""
    crawl = connection.execute(
        select(crawls.c.id, crawls.c.finish_reason).where(crawls.c.id == crawl_id)
    ).one_or_none()
    if crawl is None:
        raise UnknownCrawl(f"there is no crawl {crawl_id}")
    still = _hosts().where(holds.c.crawl_id == crawl_id, holds.c.released_at.is_(None))
    if hosts := connection.scalars(still).all():
        return tuple(hosts)
    released_at = connection.scalar(
        select(func.max(holds.c.released_at)).where(holds.c.crawl_id == crawl_id)
    )
    if released_at is not None:
        raise NotHeld(f"crawl {crawl_id} was released on {released_at:%Y-%m-%d %H:%M} UTC")
    raise NotHeld(f"crawl {crawl_id} is not held")


def release(scope: Scope) -> Released:
    """Give the crawl of a scope its place wherever it is held."""
    hosts = held_at(scope.connection, scope.crawl_id)
    articles = sum([let_go(scope, visit, BY_COMMAND) for visit in held_visits(scope)])
    tell_crawl(scope, scope.crawl_id)
    journal.forget(scope)
    seal_sites(scope.connection)
    return Released(scope.crawl_id, hosts, articles)


def held_crawls() -> Select[tuple[int]]:
    """The ids of the crawls that are held anywhere, oldest first."""
    still = holds.c.released_at.is_(None)
    return select(holds.c.crawl_id).where(still).distinct().order_by(holds.c.crawl_id)


def _hosts() -> Select[Any]:
    return select(sites.c.host).join(holds, holds.c.site_id == sites.c.id).order_by(holds.c.site_id)
