"""What the readers were not sure of: how much, of what kind, and where to look."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, and_, cast, or_, select

from storage.contract import attachments, versions
from storage.schema import articles, sites


@dataclass(frozen=True, slots=True)
class DoubtQuery:
    """Which doubts: of a site, of one kind. `after` is the last article of the page before."""

    host: str | None = None
    doubt: str | None = None
    limit: int = 20
    after: int = 0


@dataclass(frozen=True, slots=True)
class Doubted:
    """An article whose newest version was read with doubts."""

    article_id: int
    host: str
    url: str
    title: str | None
    number: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoubtsHeld:
    """How sure the readings of the newest versions are.

    `walked` counts bodies for which the check fell back on the project's own walker, `reasons`
    what these readings doubt (`same-lines` where trafilatura only parted lines otherwise).
    `doubts` counts versions by doubt. Of the `files` that could be fetched, `scanned` are
    pictures of text, and `unreadable` gave none, by reason.
    """

    read: int
    doubted: int
    walked: int
    reasons: dict[str, int]
    doubts: dict[str, int]
    files: int
    scanned: int
    unreadable: dict[str, int]
    articles: tuple[Doubted, ...]


LINES_ONLY = "same-lines"
"""The reason where trafilatura kept every character and only parted the lines otherwise."""


def doubts_held(connection: Connection, query: DoubtQuery) -> DoubtsHeld:
    """The doubts of the newest versions of articles, counted, and a page of these articles."""
    readings = [_reading(row) for row in connection.execute(_readings(query))]
    walked = [(doubts, count) for origin, doubts, count in readings if origin == "walker"]
    files = list(connection.execute(_files(query)))
    return DoubtsHeld(
        read=sum(count for _, _, count in readings),
        doubted=sum(count for _, doubts, count in readings if doubts),
        walked=sum(count for _, count in walked),
        reasons=_counted((doubts or (LINES_ONLY,), count) for doubts, count in walked),
        doubts=_counted((doubts, count) for _, doubts, count in readings),
        files=len(files),
        scanned=sum(bool(row.scanned) for row in files),
        unreadable=_counted(((row.unreadable,), 1) for row in files if row.unreadable),
        articles=tuple(_page(connection, query)),
    )


def _newest(*columns: Any) -> Select[Any]:
    newest = and_(versions.c.article_id == articles.c.id, versions.c.number == articles.c.versions)
    return (
        select(*columns)
        .select_from(articles)
        .join(sites, sites.c.id == articles.c.site_id)
        .join(versions, newest)
    )


def _of(selected: Select[Any], query: DoubtQuery) -> Select[Any]:
    if query.host is not None:
        selected = selected.where(sites.c.host == query.host)
    return selected


def _readings(query: DoubtQuery) -> Select[Any]:
    return _of(_newest(versions.c.origins, versions.c.doubts), query)


def _reading(row: Row[Any]) -> tuple[str | None, tuple[str, ...], int]:
    return row.origins.get("body"), tuple(row.doubts), 1


def _files(query: DoubtQuery) -> Select[Any]:
    fetched = _newest(attachments.c.scanned, attachments.c.unreadable).join(
        attachments, attachments.c.version_id == versions.c.id
    )
    known = or_(attachments.c.format.is_not(None), attachments.c.unreadable.is_not(None))
    return _of(fetched.where(known), query)


def _page(connection: Connection, query: DoubtQuery) -> Iterable[Doubted]:
    # The form in which both databases keep an empty list is the same.
    doubted = cast(versions.c.doubts, Text) != "[]"
    selected = _of(
        _newest(
            articles.c.id,
            articles.c.url,
            sites.c.host,
            versions.c.title,
            versions.c.number,
            versions.c.doubts,
        ),
        query,
    ).where(doubted, articles.c.id > query.after)
    if query.doubt is not None:
        selected = selected.where(cast(versions.c.doubts, Text).contains(f'"{query.doubt}"'))
    for row in connection.execute(selected.order_by(articles.c.id).limit(query.limit)):
        yield Doubted(row.id, row.host, row.url, row.title, row.number, tuple(row.doubts))


def _counted(told: Iterable[tuple[tuple[str, ...], int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for words, count in told:
        for word in words:
            counts[word] += count
    return dict(counts.most_common())
