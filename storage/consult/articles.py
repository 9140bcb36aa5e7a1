"""Finding an article by what a person has at hand, and what is held of it in one row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from storage.consult.addresses import spellings
from storage.errors import UnknownArticle
from storage.schema import articles, channels, placements, sites

_ID = re.compile(r"[0-9]{1,9}")  # as many as a column of PostgreSQL holds


@dataclass(frozen=True, slots=True)
class ArticleHeld:
    """An article as held now: what its latest version is called, and its state.

    `versions` is 0 for an article that a list names but that was never read. `channels` names
    the lists in which it stands now.
    """

    id: int
    host: str
    cms_id: str
    url: str
    title: str | None
    published: str | None
    state: str
    first_captured_at: datetime | None
    last_captured_at: datetime | None
    versions: int
    absent_since: datetime | None
    channels: tuple[str, ...] = ()


def find(connection: Connection, name: str) -> ArticleHeld:
    """The article of that id, `HOST/CMS_ID`, or address in any spelling. Raises UnknownArticle."""
    wanted = name.strip().encode("utf-8", "replace").decode()  # a shell may pass broken bytes
    found = (
        _by_id(connection, wanted) or _by_key(connection, wanted) or _by_address(connection, wanted)
    )
    if found is None:
        raise UnknownArticle(f"no article {wanted!r} is held")
    return held(connection, [found])[found]


def held(connection: Connection, ids: Iterable[int]) -> dict[int, ArticleHeld]:
    """What is held of these articles, by id."""
    wanted = list(ids)
    listed = standing_channels(connection, wanted)
    rows = connection.execute(_held_rows().where(articles.c.id.in_(wanted)))
    return {row.id: ArticleHeld(**row._mapping, channels=listed.get(row.id, ())) for row in rows}


def standing_channels(connection: Connection, ids: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """The names of the channels that list these articles now, by article id."""
    rows = connection.execute(
        select(placements.c.article_id, channels.c.name, channels.c.cms_id)
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(placements.c.article_id.in_(list(ids)), placements.c.left_at.is_(None))
        .order_by(placements.c.first_listed_at, placements.c.id)
    )
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for row in rows:
        found[row.article_id][row.name or row.cms_id] = None
    return {article_id: tuple(names) for article_id, names in found.items()}


def _held_rows() -> Select[Any]:
    return select(
        articles.c.id,
        sites.c.host,
        articles.c.cms_id,
        articles.c.url,
        articles.c.title,
        articles.c.published,
        articles.c.state,
        articles.c.first_captured_at,
        articles.c.last_captured_at,
        articles.c.versions,
        articles.c.absent_since,
    ).join(sites, sites.c.id == articles.c.site_id)


def _by_id(connection: Connection, name: str) -> int | None:
    if not _ID.fullmatch(name):
        return None
    return connection.scalar(select(articles.c.id).where(articles.c.id == int(name)))


def _by_key(connection: Connection, name: str) -> int | None:
    host, _, cms_id = name.partition("/")
    return connection.scalar(
        select(articles.c.id)
        .join(sites, sites.c.id == articles.c.site_id)
        .where(sites.c.host == host.lower(), articles.c.cms_id == cms_id)
    )


def _by_address(connection: Connection, name: str) -> int | None:
    urls = spellings(name)
    if not urls:
        return None
    # Put together, where PostgreSQL would look at all articles for one way or the other.
    named = select(articles.c.id).where(articles.c.url.in_(urls))
    placed = select(placements.c.article_id).where(placements.c.url.in_(urls))
    rows = connection.execute(
        select(articles.c.id, articles.c.url, articles.c.last_captured_at).where(
            articles.c.id.in_(named.union_all(placed))
        )
    ).all()
    return min(rows, key=lambda row: _nearness(row, urls)).id if rows else None


def _nearness(row: Any, urls: tuple[str, ...]) -> tuple[int, int]:
    # Where an address has passed from one article to another, it names the one that has it now.
    return (urls.index(row.url) if row.url in urls else len(urls), -row.id)
