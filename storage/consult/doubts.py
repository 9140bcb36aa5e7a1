"""What the readers were not sure of: how much, of what kind, and where to look."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Text, and_, cast, func, or_, select

from storage.consult.site_ids import id_of_site
from storage.schema import (
    DOUBTED,
    articles,
    contents,
    document_texts,
    sites,
    version_files,
    version_spans,
)


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
    files = connection.execute(_files(query)).all()
    return DoubtsHeld(
        read=connection.scalar(_read(query)) or 0,
        doubted=sum(count for _, doubts, count in readings if doubts),
        walked=sum(count for _, count in walked),
        reasons=_counted((doubts or (LINES_ONLY,), count) for doubts, count in walked),
        doubts=_counted((doubts, count) for _, doubts, count in readings),
        files=sum(row.n for row in files),
        scanned=sum(row.n for row in files if row.scanned),
        unreadable=_counted(((row.unreadable,), row.n) for row in files if row.unreadable),
        articles=tuple(_page(connection, query)),
    )


_NEWEST = and_(
    articles.c.id == version_spans.c.article_id, articles.c.versions == version_spans.c.number
)


def _doubted(*columns: Any) -> Select[Any]:
    """The newest versions that were read with doubts or by our own walker: from the index of the
    contents that were, so that those that were not cost nothing."""
    doubted = select(contents.c.id).where(DOUBTED)
    return (
        select(*columns)
        .select_from(version_spans)
        .join(contents, contents.c.id == version_spans.c.content_id)
        .join(articles, _NEWEST)
        .where(version_spans.c.content_id.in_(doubted))
    )


def _of(selected: Select[Any], query: DoubtQuery) -> Select[Any]:
    if query.host is not None:
        selected = selected.where(articles.c.site_id == id_of_site(query.host))
    return selected


def _read(query: DoubtQuery) -> Select[Any]:
    return _of(select(func.count()).select_from(articles).where(articles.c.versions > 0), query)


def _readings(query: DoubtQuery) -> Select[Any]:
    walked, doubts = contents.c.origins["body"].as_string(), cast(contents.c.doubts, Text)
    told = _doubted(walked.label("origin"), doubts.label("doubts"), func.count().label("n"))
    return _of(told, query).group_by(walked, doubts)


def _reading(row: Row[Any]) -> tuple[str | None, tuple[str, ...], int]:
    return row.origin, tuple(json.loads(row.doubts)), row.n


def _files(query: DoubtQuery) -> Select[Any]:
    its = document_texts.c.scanned, document_texts.c.unreadable
    known = or_(document_texts.c.format.is_not(None), document_texts.c.unreadable.is_not(None))
    fetched = (
        select(*its, func.count().label("n"))
        .select_from(version_files)
        .join(document_texts, document_texts.c.payload_digest == version_files.c.payload_digest)
        .join(version_spans, version_spans.c.id == version_files.c.version_id)
        .join(articles, _NEWEST)
        .where(known)
    )
    return _of(fetched, query).group_by(*its)


def _page(connection: Connection, query: DoubtQuery) -> Iterable[Doubted]:
    # Both databases keep a list of words in the same form.
    doubts = cast(contents.c.doubts, Text)
    its = (
        articles.c.id,
        articles.c.url,
        sites.c.host,
        contents.c.title,
        version_spans.c.number,
        contents.c.doubts,
    )
    selected = _of(_doubted(*its).join(sites, sites.c.id == articles.c.site_id), query).where(
        doubts != "[]", articles.c.id > query.after
    )
    if query.doubt is not None:
        selected = selected.where(doubts.contains(f'"{query.doubt}"'))
    for row in connection.execute(selected.order_by(articles.c.id).limit(query.limit)):
        yield Doubted(row.id, row.host, row.url, row.title, row.number, tuple(row.doubts))


def _counted(told: Iterable[tuple[tuple[str, ...], int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for words, count in told:
        for word in words:
            counts[word] += count
    return dict(counts.most_common())
