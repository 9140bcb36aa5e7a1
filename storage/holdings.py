"""What a crawl needs to know of what is held: so that it fetches what it must and no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from storage.article import ArticleKey
from storage.history import State
from storage.schema import articles, channels, elsewhere, frontier, placements, sites, walks
from storage.writers.held import not_held


@dataclass(frozen=True, slots=True)
class Held:
    """An article as held: its state, whether it was ever read, and its entry in one channel as it
    stands there (None where the channel does not list it)."""

    state: State
    versions: int
    listed_title: str | None
    listed_on: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """A channel as held: rows that stand in its list, here and elsewhere, and when it was last
    walked to the end, None where it never was. `since` counts the walks after that one; `given` is
    how many rows an answer of that walk held."""

    standing: int
    elsewhere: int
    twice: int
    walked_at: datetime | None
    since: int = 0
    given: int = 0

    @property
    def rows(self) -> int:
        """The rows that its list should have if nothing changed, as the site counts them."""
        return self.standing + self.elsewhere + self.twice


@dataclass(frozen=True, slots=True)
class Look:
    """An article to capture, whatever the lists say, and why."""

    key: ArticleKey
    url: str
    title: str | None
    why: str


def held(
    connection: Connection, host: str, channel: str, cms_ids: Iterable[str]
) -> dict[str, Held]:
    here = (
        select(placements.c.article_id, placements.c.listed_title, placements.c.listed_on)
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(channels.c.cms_id == channel, placements.c.left_at.is_(None))
        .subquery()
    )
    rows = connection.execute(
        select(
            articles.c.cms_id,
            articles.c.state,
            articles.c.versions,
            here.c.listed_title,
            here.c.listed_on,
        )
        .join(sites, sites.c.id == articles.c.site_id)
        .outerjoin(here, here.c.article_id == articles.c.id)
        .where(sites.c.host == host, articles.c.cms_id.in_(list(cms_ids)))
    )
    return {
        row.cms_id: Held(State(row.state), row.versions, row.listed_title, row.listed_on)
        for row in rows
    }


def listed_elsewhere(
    connection: Connection, host: str, channel: str, urls: Iterable[str]
) -> frozenset[str]:
    if not (asked := list(urls)):
        return frozenset()
    return frozenset(
        connection.scalars(
            select(elsewhere.c.url)
            .join(channels, channels.c.id == elsewhere.c.channel_id)
            .join(sites, sites.c.id == channels.c.site_id)
            .where(sites.c.host == host, channels.c.cms_id == channel, elsewhere.c.url.in_(asked))
        )
    )


def account(connection: Connection, host: str, channel: str) -> Account:
    channel_id = connection.scalar(
        select(channels.c.id)
        .join(sites, sites.c.id == channels.c.site_id)
        .where(sites.c.host == host, channels.c.cms_id == channel)
    )
    last = connection.execute(
        select(walks)
        .where(walks.c.channel_id == channel_id, walks.c.whole, not_held(walks.c.crawl_id))
        .order_by(walks.c.walked_at.desc(), walks.c.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return Account(0, 0, 0, None)
    stands = (placements.c.channel_id == channel_id) & placements.c.left_at.is_(None)
    listed = elsewhere.c.last_listed_at >= last.walked_at
    distinct = last.articles_seen + last.off_site
    return Account(
        standing=_count(connection, select(func.count()).where(stands)),
        elsewhere=_count(
            connection,
            select(func.count()).where(elsewhere.c.channel_id == channel_id, listed),
        ),
        twice=max(0, (last.claimed_total or 0) - distinct),
        walked_at=last.walked_at,
        since=_count(
            connection,
            select(func.count()).where(
                walks.c.channel_id == channel_id,
                walks.c.walked_at > last.walked_at,
                not_held(walks.c.crawl_id),
            ),
        ),
        given=last.entries_seen // max(1, last.pages),
    )


def looks(connection: Connection, host: str, crawl_id: int) -> list[Look]:
    """Missing articles, which a second signal would make gone, and those that left every list
    that named them; without those that this crawl fetches anyway."""
    standing = select(placements.c.article_id).where(placements.c.left_at.is_(None))
    ever = select(placements.c.article_id)
    asked = select(frontier.c.cms_id).where(
        frontier.c.crawl_id == crawl_id, frontier.c.cms_id.is_not(None)
    )
    unlisted = (
        (articles.c.state == State.PRESENT.value)
        & articles.c.id.in_(ever)
        & articles.c.id.not_in(standing)
        & articles.c.id.in_(_left_in(crawl_id))
    )
    rows = connection.execute(
        _articles()
        .where(
            sites.c.host == host,
            or_(articles.c.state == State.MISSING.value, unlisted),
            articles.c.cms_id.not_in(asked),
        )
        .order_by(articles.c.id)
    )
    return [
        _look(row, "missing" if row.state == State.MISSING.value else "unlisted") for row in rows
    ]


def _left_in(crawl_id: int) -> Any:
    return (
        select(placements.c.article_id)
        .join(walks, walks.c.channel_id == placements.c.channel_id)
        .where(walks.c.crawl_id == crawl_id, placements.c.left_at == walks.c.walked_at)
    )


def _articles() -> Select[Any]:
    return select(
        articles.c.cms_id,
        articles.c.url,
        articles.c.title,
        articles.c.state,
        articles.c.first_captured_at,
        articles.c.last_sighting_at,
        sites.c.host,
    ).join(sites, sites.c.id == articles.c.site_id)


def _look(row: Row[Any], why: str) -> Look:
    return Look(ArticleKey(row.host, row.cms_id), row.url, row.title, why)


def _count(connection: Connection, query: Select[Any]) -> int:
    return connection.scalar(query) or 0
