"""Searching by words: the texts of all versions, one result per article, hits in titles first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, false, select

from storage.consult import candidates
from storage.consult.articles import ArticleHeld, held
from storage.consult.matched import version_conditions
from storage.consult.query import Cursor, Query, Sort, Within
from storage.consult.snippets import Place, Snippet, places, snippet
from storage.fulltext import matching
from storage.schema import contents, version_spans
from storage.search_index import folded, holds, terms, tokens

_TITLE, _TEXT = 0, 1


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. `version` is its newest version that holds the words, `current` says
    whether that is the one that stands; `title` is that version's."""

    article: ArticleHeld
    version: int
    current: bool
    title: str
    title_hits: tuple[Place, ...]
    in_title: bool
    first_captured_at: datetime
    last_captured_at: datetime
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results. `total` is None where counting would mean reading every text;
    `at_most` is never too small. `next` continues, None at the end."""

    hits: tuple[Hit, ...]
    total: int | None
    at_most: int
    next: Cursor | None


def search(connection: Connection, query: Query) -> Found:
    """Articles with a version that holds all the words; title hits first, then newest published,
    or the newest alone.

    Whatever is typed is taken as words: nothing is query syntax, nothing raises.
    """
    asked = terms(query.words, in_title=query.within is Within.TITLE)
    if not asked and (query.words or not query.narrows):
        return Found((), 0, 0, None)
    hits: list[tuple[Cursor, Hit]] = []
    for found in _stream(connection, query):
        hits.append(found)
        if len(hits) > query.limit:
            break
    page, more = hits[: query.limit], len(hits) > query.limit
    at_most = candidates.count(connection, query, asked)
    exact = query.within is not Within.BODY and all(map(_is_one_token, query.words))
    total = at_most if exact else len(page) if not more and query.after is None else None
    after = page[-1][0] if more and page else None
    return Found(tuple(hit for _, hit in page), total, at_most, after)


def _stream(connection: Connection, query: Query) -> Iterator[tuple[Cursor, Hit]]:
    """The hits in their order, each with the cursor that continues after it."""
    stages = _stages(query)
    first = query.after.stage if query.after else stages[0]
    for stage in stages:
        if stage < first:
            continue
        after = query.after if stage == first else None
        of_stage = terms(query.words, in_title=stage == _TITLE)
        for rows in candidates.chunks(connection, replace(query, after=after), of_stage):
            hits = _hits(connection, query, [row.id for row in rows])
            for row in rows:
                hit = hits.get(row.id)
                if hit and (len(stages) == 1 or hit.in_title == (stage == _TITLE)):
                    yield Cursor(stage, row.published, row.id), hit


def _stages(query: Query) -> tuple[int, ...]:
    """Which hits come before which: those in titles are a stage of their own, or all there is."""
    if query.within is Within.TITLE and query.words:
        return (_TITLE,)
    alone = query.within is Within.BODY or query.sort is Sort.DATE or not query.words
    return (_TEXT,) if alone else (_TITLE, _TEXT)


def _hits(connection: Connection, query: Query, ids: list[int]) -> dict[int, Hit]:
    """The hit of each of these articles that really holds the words, by article id."""
    words = query.words
    in_title = terms(words, in_title=True)
    titled = contents.c.id.in_(matching(connection, in_title)) if in_title else false()
    asked = in_title if query.within is Within.TITLE else terms(words)
    rows = connection.execute(
        select(
            version_spans.c.article_id,
            version_spans.c.number,
            version_spans.c.first_captured_at,
            version_spans.c.last_captured_at,
            contents.c.title,
            contents.c.body,
            titled.label("titled"),
        )
        .join(contents, contents.c.id == version_spans.c.content_id)
        .where(version_spans.c.article_id.in_(ids), *version_conditions(connection, query, asked))
        .order_by(version_spans.c.number.desc())
    )
    newest = _newest_that_hold(rows, query)
    known = held(connection, newest)
    return {article_id: _hit(row, known[article_id], words) for article_id, row in newest.items()}


def _newest_that_hold(rows: Iterable[Any], query: Query) -> dict[int, Any]:
    newest: dict[int, Any] = {}
    for row in rows:
        if row.article_id not in newest and holds(looked_at(row, query.within), query.words):
            newest[row.article_id] = row
    return newest


def looked_at(row: Any, within: Within) -> str:
    """The text of a version in which the words must stand."""
    match within:
        case Within.TITLE:
            return str(row.title)
        case Within.BODY:
            return str(row.body)
        case Within.ANYWHERE:
            return f"{row.title}\n{row.body}"


def _hit(row: Any, article: ArticleHeld, words: tuple[str, ...]) -> Hit:
    return Hit(
        article=article,
        version=row.number,
        current=row.number == article.versions,
        title=row.title,
        title_hits=places(row.title, words),
        # Both: the index finds a Latin word by its beginning, `holds` anywhere in the text.
        in_title=bool(row.titled) and holds(row.title, words),
        first_captured_at=row.first_captured_at,
        last_captured_at=row.last_captured_at,
        snippet=snippet(row.body, words),
    )


def _is_one_token(word: str) -> bool:
    """Whether the index alone decides: a text holds the word where it holds its token."""
    form = folded(word)
    return form in tokens(word)
