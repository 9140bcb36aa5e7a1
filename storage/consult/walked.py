"""How far channels had been walked by an instant: what an answer of that time rests on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from storage.errors import UnknownArticle
from storage.schema import channels, sites, walks
from storage.writers.held import not_held


@dataclass(frozen=True, slots=True)
class ChannelWalked:
    """What had been seen of a channel's list by an instant.

    `walked_at` is the last walk at or before it, None where there was none: what it listed then
    is unknown. `whole_at` is the last one that saw the whole list: an entry that has left since
    is not missed until the next. `next_walked_at` is the first walk after the instant.
    """

    id: int
    host: str
    cms_id: str
    name: str | None
    walked_at: datetime | None
    whole_at: datetime | None
    next_walked_at: datetime | None


def walked_by(
    connection: Connection, at: datetime, host: str | None = None, channel: str | None = None
) -> list[ChannelWalked]:
    """The channels asked for, and how far they were walked. Raises UnknownArticle for a site or a
    channel that is not held."""
    query = _rows(at)
    if host is not None:
        query = query.where(sites.c.host == host)
    if channel is not None:
        query = query.where(channels.c.cms_id == channel)
    found = [ChannelWalked(*row) for row in connection.execute(query)]
    if channel is not None and not found:
        raise UnknownArticle(f"no channel {channel!r} is held")
    if host is not None and not found and not _held(connection, host):
        raise UnknownArticle(f"no site {host!r} is held")
    return found


def _held(connection: Connection, host: str) -> bool:
    return connection.scalar(select(sites.c.id).where(sites.c.host == host)) is not None


def _rows(at: datetime) -> Select[Any]:
    before, after = walks.c.walked_at <= at, walks.c.walked_at > at
    return (
        select(
            channels.c.id,
            sites.c.host,
            channels.c.cms_id,
            channels.c.name,
            _walk(func.max(walks.c.walked_at), before),
            _walk(func.max(walks.c.walked_at), before & walks.c.whole),
            _walk(func.min(walks.c.walked_at), after),
        )
        .join(sites, sites.c.id == channels.c.site_id)
        .order_by(sites.c.host, channels.c.id)
    )


def _walk(which: Any, when: ColumnElement[bool]) -> Any:
    counts = not_held(walks.c.crawl_id)
    query = select(which).where(walks.c.channel_id == channels.c.id, when, counts)
    return query.correlate(channels).scalar_subquery()
