"""What is held of a channel against what the site claims, walk by walk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, true

from storage.schema import articles, channels, crawls, placements, sites, walks


@dataclass(frozen=True, slots=True)
class Claim:
    """One walk: what the site claimed (None where it names no total), how many entries its lists
    gave, repeats left out, and how many of the articles that stood in them were held when that
    crawl ended. Entries that lead to other sites are listed and never held: `off_site`."""

    walked_at: datetime
    claimed_total: int | None
    listed: int
    off_site: int
    held: int
    verdict: str


@dataclass(frozen=True, slots=True)
class ChannelClaims:
    """A channel and its walks, oldest first."""

    id: int
    host: str
    cms_id: str
    name: str | None
    claims: tuple[Claim, ...]


_Change = tuple[datetime, int, int]
"""When the number of held entries of an article changes, of which one, and by how much."""


def channel_claims(
    connection: Connection,
    host: str | None = None,
    channel: str | None = None,
    at: datetime | None = None,
) -> list[ChannelClaims]:
    """The channels of a site (or all, or one by its id on the site) that were walked; by an
    instant where one is given, with what was held then of the last."""
    query = (
        select(channels.c.id, sites.c.host, channels.c.cms_id, channels.c.name)
        .join(sites, sites.c.id == channels.c.site_id)
        .order_by(sites.c.host, channels.c.id)
    )
    if host is not None:
        query = query.where(sites.c.host == host)
    if channel is not None:
        query = query.where(channels.c.cms_id == channel)
    rows = connection.execute(query).all()
    found = (ChannelClaims(*row, tuple(_claims(connection, row.id, at))) for row in rows)
    return [each for each in found if each.claims]


def _claims(connection: Connection, channel_id: int, at: datetime | None) -> Iterator[Claim]:
    walked = connection.execute(
        select(walks, func.coalesce(crawls.c.finished_at, walks.c.walked_at).label("by"))
        .join(crawls, crawls.c.id == walks.c.crawl_id)
        .where(walks.c.channel_id == channel_id, true() if at is None else walks.c.walked_at <= at)
        .order_by(walks.c.walked_at, walks.c.id)
    ).all()
    by = [row.by if at is None else min(row.by, at) for row in walked]
    moments = sorted(set(by))
    held = dict(zip(moments, _held_at(_changes(connection, channel_id), moments), strict=True))
    for row, moment in zip(walked, by, strict=True):
        yield Claim(
            row.walked_at,
            row.claimed_total,
            row.entries_seen - row.repeats,
            row.off_site,
            held[moment],
            row.verdict,
        )


def _changes(connection: Connection, channel_id: int) -> list[_Change]:
    """When articles began to be held in the channel, and when they left it, in order of time."""
    rows = connection.execute(
        select(
            placements.c.article_id,
            placements.c.first_listed_at,
            placements.c.left_at,
            articles.c.first_captured_at,
        )
        .join(articles, articles.c.id == placements.c.article_id)
        .where(placements.c.channel_id == channel_id, articles.c.first_captured_at.is_not(None))
    )
    changes: list[_Change] = []
    for row in rows:
        since = max(row.first_listed_at, row.first_captured_at)
        if row.left_at is None or since < row.left_at:
            changes.append((since, row.article_id, 1))
            if row.left_at is not None:
                changes.append((row.left_at, row.article_id, -1))
    return sorted(changes)


def _held_at(changes: list[_Change], moments: Iterable[datetime]) -> Iterator[int]:
    """How many articles are held at each of these moments, which are in order of time."""
    entries: dict[int, int] = defaultdict(int)
    held, at = 0, 0
    for moment in moments:
        while at < len(changes) and changes[at][0] <= moment:
            _, article_id, by = changes[at]
            before = entries[article_id]
            entries[article_id] += by
            held += (entries[article_id] > 0) - (before > 0)
            at += 1
        yield held
