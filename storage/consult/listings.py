"""One channel: what its lists named at an instant, how it was walked, what it was called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, true

from storage.consult.coverage import WalkSeen
from storage.consult.sites import ChannelHeld, channels_held, listed_at
from storage.errors import UnknownArticle
from storage.schema import articles, channel_names, channels, placements, sites, walks


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingQuery:
    """The entries that stood in a channel's list at an instant (now, where none is given);
    `after` is the date and the id of the last entry of the page before."""

    channel_id: int
    at: datetime | None = None
    limit: int = 50
    after: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry as the list had it, and the article it leads to as it is now. `versions` is 0
    where it was never read."""

    id: int
    article_id: int
    url: str
    listed_title: str
    listed_on: str | None
    first_listed_at: datetime
    last_listed_at: datetime
    left_at: datetime | None
    title: str | None
    state: str
    versions: int


@dataclass(frozen=True, slots=True)
class WalkRecorded:
    """One walk over the channel's lists, and the crawl that it was part of."""

    id: int
    crawl_id: int
    walk: WalkSeen


@dataclass(frozen=True, slots=True)
class NameSeen:
    """What the channel's own page called it, and from when to when."""

    name: str
    first_seen_at: datetime
    last_seen_at: datetime


def channel_held(
    connection: Connection, channel_id: int, at: datetime | None = None
) -> ChannelHeld:
    """The channel of that id, or what was known of it at an instant. Raises UnknownArticle where
    there is none, or was none yet."""
    host = connection.scalar(
        select(sites.c.host)
        .join(channels, channels.c.site_id == sites.c.id)
        .where(channels.c.id == channel_id)
    )
    for channel in channels_held(connection, host, at) if host else ():
        if channel.id == channel_id:
            return channel
    raise UnknownArticle(f"no channel {channel_id} is held")


def listing(connection: Connection, query: ListingQuery) -> list[Entered]:
    """A page of entries, those with the latest date first."""
    dated = func.coalesce(placements.c.listed_on, "")
    rows = (
        select(
            placements.c.id,
            placements.c.article_id,
            placements.c.url,
            placements.c.listed_title,
            placements.c.listed_on,
            placements.c.first_listed_at,
            placements.c.last_listed_at,
            placements.c.left_at,
            articles.c.title,
            articles.c.state,
            articles.c.versions,
        )
        .join(articles, articles.c.id == placements.c.article_id)
        .where(placements.c.channel_id == query.channel_id, listed_at(query.at))
        .order_by(dated.desc(), placements.c.id.desc())
        .limit(query.limit)
    )
    if query.after is not None:
        on, last = query.after
        rows = rows.where(or_(dated < on, and_(dated == on, placements.c.id < last)))
    return [Entered(*row) for row in connection.execute(rows)]


def listed_count(connection: Connection, query: ListingQuery) -> int:
    """How many entries stood in the list, over all pages."""
    counted = select(func.count()).where(
        placements.c.channel_id == query.channel_id, listed_at(query.at)
    )
    return connection.scalar(counted) or 0


def walks_of(
    connection: Connection,
    channel_id: int,
    *,
    limit: int = 20,
    before: int | None = None,
    until: datetime | None = None,
) -> list[WalkRecorded]:
    """The last walks of a channel, newest first; `before` is the last of the page before, `until`
    the last moment of a walk."""
    by_then = true() if until is None else walks.c.walked_at <= until
    return _walks(connection, and_(walks.c.channel_id == channel_id, by_then), limit, before)


def names_of(connection: Connection, channel_id: int, at: datetime | None = None) -> list[NameSeen]:
    """What a channel was called, oldest first; by an instant where one is given."""
    by_then = true() if at is None else channel_names.c.first_seen_at <= at
    rows = connection.execute(
        select(channel_names.c.name, channel_names.c.first_seen_at, channel_names.c.last_seen_at)
        .where(channel_names.c.channel_id == channel_id, by_then)
        .order_by(channel_names.c.first_seen_at, channel_names.c.id)
    )
    return [NameSeen(*row) for row in rows]


def channels_called(connection: Connection, cms_ids: Iterable[str]) -> Mapping[str, str]:
    """What channels are called now, by the CMS's id: an id that two sites use differently is
    left out."""
    rows = connection.execute(
        select(channels.c.cms_id, func.min(channels.c.name))
        .where(channels.c.cms_id.in_(list(cms_ids)), channels.c.name.is_not(None))
        .group_by(channels.c.cms_id)
        .having(func.min(channels.c.name) == func.max(channels.c.name))
    )
    return {row[0]: row[1] for row in rows}


def channels_named(connection: Connection, host: str) -> Mapping[str, str]:
    """What the channels of a site are called, by the CMS's id, in the order of their names."""
    rows = connection.execute(
        select(channels.c.cms_id, func.coalesce(channels.c.name, channels.c.cms_id))
        .join(sites, sites.c.id == channels.c.site_id)
        .where(sites.c.host == host)
    )
    return dict(sorted(((row[0], row[1]) for row in rows), key=lambda pair: pair[1]))


def _walks(
    connection: Connection, which: Any, limit: int, before: int | None
) -> list[WalkRecorded]:
    at, id_ = walks.c.walked_at, walks.c.id
    rows: Select[Any] = select(walks).where(which).order_by(at.desc(), id_.desc()).limit(limit)
    if before is not None:
        last = select(at).where(id_ == before).scalar_subquery()
        rows = rows.where(or_(at < last, and_(at == last, id_ < before)))
    return [
        WalkRecorded(
            row.id,
            row.crawl_id,
            WalkSeen(
                row.walked_at,
                row.claimed_total,
                row.entries_seen,
                row.articles_seen,
                row.repeats,
                row.off_site,
                row.pages,
                row.stop_reason,
                row.verdict,
            ),
        )
        for row in connection.execute(rows)
    ]
