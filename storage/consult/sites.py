"""What is held of each site and channel, and how the crawls went."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from storage.consult.holds import HoldSeen, holds_of
from storage.history import State
from storage.schema import articles, channels, crawls, placements, sites, walks


@dataclass(frozen=True, slots=True)
class SiteHeld:
    """A site and what is held of it.

    `articles` have at least one version; each is `present`, `missing` or `gone`. `unread` ones
    are named by a list but were never read.
    """

    id: int
    host: str
    name: str | None
    generation: str | None
    first_seen_at: datetime
    last_crawled_at: datetime | None
    channels: int
    articles: int
    versions: int
    present: int
    missing: int
    gone: int
    unread: int


@dataclass(frozen=True, slots=True)
class ChannelHeld:
    """A channel and what is held of it.

    `path` is the chain of names from the topmost channel down to this one. `held` counts the
    articles that stand in its list. Total and verdict are those of its last walk.
    """

    id: int
    host: str
    cms_id: str
    name: str | None
    path: tuple[str, ...]
    url: str
    dialect: str | None
    held: int
    claimed_total: int | None
    verdict: str | None
    walked_at: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class CrawlSeen:
    """One run of one spider. `held_because` says why it is held, None where it is not, or not any
    more; `holds` tell site by site, the released ones too. `outcomes` counts its addresses by how
    they ended."""

    id: int
    spider: str
    target: str
    started_at: datetime
    finished_at: datetime | None
    finish_reason: str | None
    held_because: str | None
    unended: int
    outcomes: Mapping[str, int] = field(default_factory=dict)
    holds: tuple[HoldSeen, ...] = ()


def sites_held(connection: Connection) -> list[SiteHeld]:
    """All sites, by host."""
    listed = (
        select(channels.c.site_id, func.count().label("channels"))
        .group_by(channels.c.site_id)
        .subquery()
    )
    counted = _article_counts().subquery()
    numbers = [func.coalesce(column, 0) for column in counted.c if column.key != "site_id"]
    rows = connection.execute(
        select(
            sites.c.id,
            sites.c.host,
            sites.c.name,
            sites.c.generation,
            sites.c.first_seen_at,
            sites.c.last_crawled_at,
            func.coalesce(listed.c.channels, 0),
            *numbers,
        )
        .outerjoin(listed, listed.c.site_id == sites.c.id)
        .outerjoin(counted, counted.c.site_id == sites.c.id)
        .order_by(sites.c.host)
    )
    return [SiteHeld(*row) for row in rows]


def sites_named(connection: Connection) -> Mapping[str, str | None]:
    """What all sites are called, by host: without counting what is held of them."""
    rows = connection.execute(select(sites.c.host, sites.c.name).order_by(sites.c.host))
    return {row.host: row.name for row in rows}


def channels_held(
    connection: Connection, host: str | None = None, at: datetime | None = None
) -> list[ChannelHeld]:
    """The channels of a site, or of all; parents before their children. As of an instant: those
    that were known by then, with their lists and last walks of then."""
    query = _channel_rows(at)
    if host is not None:
        query = query.where(sites.c.host == host)
    rows = {row.id: row for row in connection.execute(query)}
    found = [_channel(row, _path(rows, row.id)) for row in rows.values()]
    return sorted(found, key=lambda channel: (channel.host, channel.path, channel.id))


def _channel_rows(at: datetime | None) -> Any:
    last = last_walks(at).subquery()
    standing = (
        select(placements.c.channel_id, func.count().label("held"))
        .where(listed_at(at))
        .group_by(placements.c.channel_id)
        .subquery()
    )
    return (
        select(
            channels,
            sites.c.host,
            func.coalesce(standing.c.held, 0).label("held"),
            last.c.claimed_total,
            last.c.verdict,
            last.c.walked_at,
        )
        .join(sites, sites.c.id == channels.c.site_id)
        .outerjoin(standing, standing.c.channel_id == channels.c.id)
        .outerjoin(last, last.c.channel_id == channels.c.id)
        .where(true() if at is None else channels.c.first_seen_at <= at)
    )


def listed_at(at: datetime | None) -> ColumnElement[bool]:
    """Whether an entry stood in its list at an instant; now, where none is given."""
    if at is None:
        return placements.c.left_at.is_(None)
    here_still = or_(placements.c.left_at.is_(None), placements.c.left_at > at)
    return and_(placements.c.first_listed_at <= at, here_still)


def crawls_seen(
    connection: Connection,
    limit: int = 20,
    before: int | None = None,
    until: datetime | None = None,
) -> list[CrawlSeen]:
    """The last crawls, newest first; `before` is the last of the page before. As of `until`: those
    that had begun by then, and what had come of those that had ended."""
    query = select(crawls).order_by(crawls.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(crawls.c.id < before)
    if until is not None:
        query = query.where(crawls.c.started_at <= until)
    rows = connection.execute(query).all()
    held = holds_of(connection, [row.id for row in rows])
    found = [
        CrawlSeen(
            id=row.id,
            spider=row.spider,
            target=row.target,
            started_at=row.started_at,
            finished_at=row.finished_at,
            finish_reason=row.finish_reason,
            held_because=row.stats.get("held_because") if row.held else None,
            unended=row.stats.get("unended", 0),
            outcomes=row.stats.get("outcomes", {}),
            holds=held.get(row.id, ()),
        )
        for row in rows
    ]
    return found if until is None else [_crawl_by(until, crawl) for crawl in found]


def _crawl_by(at: datetime, crawl: CrawlSeen) -> CrawlSeen:
    if crawl.finished_at is None or crawl.finished_at > at:
        begun = crawl.id, crawl.spider, crawl.target, crawl.started_at
        return CrawlSeen(*begun, None, None, None, unended=0)
    holds = tuple(hold.by(at) for hold in crawl.holds if hold.held_at <= at)
    return replace(crawl, holds=holds)


def last_walks(at: datetime | None = None, *, whole: bool = False) -> Any:
    """A query for the last walk of each channel, or its last that saw the whole list; as of an
    instant where one is given. A walk that was recorded late is not the last."""
    one = walks.alias()
    newest = (
        select(one.c.id)
        .where(
            one.c.channel_id == channels.c.id,
            one.c.whole if whole else true(),
            true() if at is None else one.c.walked_at <= at,
        )
        .order_by(one.c.walked_at.desc(), one.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(walks).where(walks.c.id.in_(select(newest).select_from(channels)))


def _article_counts() -> Any:
    read = articles.c.versions > 0

    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(condition)

    return select(
        articles.c.site_id,
        count(read).label("articles"),
        func.sum(articles.c.versions).label("versions"),
        *(count(read & (articles.c.state == state.value)).label(state.value) for state in State),
        count(~read).label("unread"),
    ).group_by(articles.c.site_id)


def _channel(row: Any, path: tuple[str, ...]) -> ChannelHeld:
    return ChannelHeld(
        id=row.id,
        host=row.host,
        cms_id=row.cms_id,
        name=row.name,
        path=path,
        url=row.url,
        dialect=row.dialect,
        held=row.held,
        claimed_total=row.claimed_total,
        verdict=row.verdict,
        walked_at=row.walked_at,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
    )


def _path(rows: Mapping[int, Any], channel_id: int) -> tuple[str, ...]:
    """Names from the top down. A site may name a channel as its own ancestor: each stands once."""
    chain: dict[int, str] = {}
    at: int | None = channel_id
    while at is not None and at in rows and at not in chain:
        chain[at] = rows[at].name or rows[at].cms_id
        at = rows[at].parent_id
    return tuple(reversed(chain.values()))
