"""Versions that hold words, the one seen last first: what is new of a search."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, literal, select, tuple_

from storage.consult.articles import ArticleHeld, held
from storage.consult.candidates import frequency
from storage.consult.matched import article_conditions, version_conditions
from storage.consult.query import Query, Within
from storage.consult.search import shows
from storage.consult.snippets import Snippet, snippet
from storage.schema import articles, contents, sites, version_spans, whole_body
from storage.search_index import terms

_CHUNK = 100
_KEY = (version_spans.c.first_captured_at, version_spans.c.id)


@dataclass(frozen=True, slots=True)
class VersionFound:
    """A version that fits a search, and where its words stand."""

    article: ArticleHeld
    number: int
    first_captured_at: datetime
    title: str
    snippet: Snippet


def new_versions(connection: Connection, query: Query) -> list[VersionFound]:
    """The versions that fit, the one first captured last first; at most `query.limit`. Its sort
    and its cursor do not matter. Nothing where nothing searchable is asked for."""
    in_title = query.within is Within.TITLE
    asked = terms(query.words, in_title=in_title)
    if not asked and (query.words or not query.narrows):
        return []
    common = frequency(connection, query.words)
    # Of frequent words the newest versions are looked through, instead of naming most of them all.
    sought = () if (common.in_titles if in_title else common.in_texts) else asked
    chosen = (
        select(version_spans, contents.c.title, whole_body)
        .join(contents, contents.c.id == version_spans.c.content_id)
        .join(articles, articles.c.id == version_spans.c.article_id)
        .join(sites, sites.c.id == articles.c.site_id)
        .where(*version_conditions(connection, query, sought))
        .where(*article_conditions(connection, query, sought))
    )
    rows: list[Any] = []
    for row in _newest_first(connection, chosen):
        if len(rows) == query.limit:
            break
        if shows(row, query):
            rows.append(row)
    return _told(connection, rows, query.words)


def _newest_first(connection: Connection, chosen: Select[Any]) -> Iterator[Any]:
    ordered = chosen.order_by(*(column.desc() for column in _KEY)).limit(_CHUNK)
    page = ordered
    while rows := connection.execute(page).all():
        yield from rows
        last = (literal(rows[-1]._mapping[column], column.type) for column in _KEY)
        page = ordered.where(tuple_(*_KEY) < tuple_(*last))


def _told(connection: Connection, rows: list[Any], words: tuple[str, ...]) -> list[VersionFound]:
    known = held(connection, {row.article_id for row in rows})
    return [
        VersionFound(
            known[row.article_id],
            row.number,
            row.first_captured_at,
            row.title,
            snippet(row.body, words),
        )
        for row in rows
    ]
