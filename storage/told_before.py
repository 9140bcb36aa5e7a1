"""What a list said the last time, to the byte: then nothing of it need be read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from storage.article import ArticleKey
from storage.history import State
from storage.holdings import Look
from storage.schema import articles, channels, listing_journal, placements, sites, tellings
from storage.values import Walked
from storage.writers.held import not_held
from storage.writers.tellings import walk_retold


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """A whole list that one answer told: the id of that telling, its walk as it would be now, and
    the articles that it names and that are to be fetched whatever it says."""

    telling: int
    walk: Walked
    looks: tuple[Look, ...]


def told_before(
    connection: Connection, host: str, channel: str, answer: bytes, at: datetime
) -> ToldBefore | None:
    """What the last walk over a channel told, where this answer was all of it and what stands in
    the list is what it told; None where anything of it is otherwise. `at` is when the walk of now
    began."""
    channel_id = connection.scalar(
        select(channels.c.id)
        .join(sites, sites.c.id == channels.c.site_id)
        .where(sites.c.host == host, channels.c.cms_id == channel)
    )
    last = _last(connection, channel_id)
    if len(last) < 2 or last[1].answer != answer or last[0].walk_id is None:
        return None
    ended, page = last
    told = connection.scalar(select(tellings.c.told).where(tellings.c.id == ended.telling_id))
    assert told is not None
    walk = walk_retold(told, host, channel, at)
    if walk.pages != 1 or not walk.whole or not _stands(connection, page, walk):
        return None
    return ToldBefore(page.id, walk, _looks(connection, host, page.channel_id))


def _last(connection: Connection, channel_id: int | None) -> Sequence[Any]:
    """What was told last of a channel: its walk, and the page before, if all is in order."""
    its = listing_journal.c
    query = (
        select(
            its.id, its.crawl_id, its.channel_id, its.walk_id, its.at, its.telling_id, its.answer
        )
        .where(its.channel_id == channel_id, not_held(its.crawl_id))
        .order_by(its.id.desc())
        .limit(2)
    )
    return connection.execute(query).all()


def _stands(connection: Connection, page: Any, walk: Walked) -> bool:
    """Whether the entries of a page, and no others, stand in its channel's list."""
    its = placements.c
    others = func.count().filter(its.last_listed_at != page.at)
    stands = (its.channel_id == page.channel_id) & its.left_at.is_(None)
    entries, other = connection.execute(select(func.count(), others).where(stands)).one()
    return bool(entries == walk.articles_seen and not other)


def _looks(connection: Connection, host: str, channel_id: int) -> tuple[Look, ...]:
    """The articles in a channel's list that were never read, or are not where they were."""
    unread = articles.c.versions == 0
    rows = connection.execute(
        select(articles.c.cms_id, articles.c.state, placements.c.url, placements.c.listed_title)
        .join(placements, placements.c.article_id == articles.c.id)
        .where(placements.c.channel_id == channel_id, placements.c.left_at.is_(None))
        .where(or_(unread, articles.c.state != State.PRESENT.value))
        .order_by(placements.c.id)
    )
    return tuple(
        Look(ArticleKey(host, row.cms_id), row.url, row.listed_title, f"listed though {row.state}")
        for row in rows
    )
