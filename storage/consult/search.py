"""Searching by words: the texts of all versions, one result per article, hits in titles first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from storage.consult import candidates
from storage.consult.articles import ArticleHeld, held
from storage.consult.candidates import Frequent
from storage.consult.matched import version_conditions
from storage.consult.query import Cursor, Query, Sort, Within
from storage.consult.snippets import Place, Snippet, places, snippet
from storage.schema import contents, version_spans, whole_body
from storage.search_index import Term, folded, holds, indexed, terms, tokens

FEW = 60
"""So many articles are looked through to say how many there are, where the index alone cannot."""

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
    """One page of results. `total` is None where counting would mean reading very many texts;
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
    common = candidates.frequency(connection, query.words)
    total, at_most = _counted(connection, query, asked, common)
    hits = list(islice(_stream(connection, query, common), query.limit + 1))
    page, more = hits[: query.limit], len(hits) > query.limit
    if total is None and query.after is None and not more:
        total = len(page)
    elif total is None and at_most <= FEW:
        total = sum(1 for _ in _stream(connection, replace(query, after=None), common))
    at_most = at_most if total is None else total
    after = page[-1][0] if more and page else None
    return Found(tuple(hit for _, hit in page), total, at_most, after)


def _counted(
    connection: Connection, query: Query, asked: tuple[Term, ...], common: Frequent
) -> tuple[int | None, int]:
    """How many articles there are, and what is never too small. Those that hold a frequent word
    are not counted: that would take longer than finding the first."""
    if common.in_titles if query.within is Within.TITLE else common.in_texts:
        return None, candidates.all_held(connection)
    at_most = candidates.count(connection, query, asked)
    exact = query.within is not Within.BODY and all(map(_is_one_token, query.words))
    return at_most if exact else None, at_most


def _stream(connection: Connection, query: Query, common: Frequent) -> Iterator[tuple[Cursor, Hit]]:
    """The hits in their order, each with the cursor that continues after it."""
    stages = _stages(query)
    first = query.after.stage if query.after else stages[0]
    for stage in stages:
        if stage < first:
            continue
        after = query.after if stage == first else None
        of_stage = terms(query.words, in_title=stage == _TITLE)
        asked = replace(query, after=after)
        in_title = stage == _TITLE
        frequent = common.in_titles if in_title else common.in_texts
        for rows in candidates.chunks(connection, asked, of_stage, frequent=frequent):
            found = _found(connection, query, [row.id for row in rows])
            known = held(connection, found)
            for row in rows:
                version = found.get(row.id)
                if version and (len(stages) == 1 or version.in_title == in_title):
                    hit = _hit(version, known[row.id], query.words)
                    yield Cursor(stage, row.published, row.id), hit


def _stages(query: Query) -> tuple[int, ...]:
    """Which hits come before which: those in titles are a stage of their own, or all there is."""
    if query.within is Within.TITLE and query.words:
        return (_TITLE,)
    alone = query.within is Within.BODY or query.sort is Sort.DATE or not query.words
    return (_TEXT,) if alone else (_TITLE, _TEXT)


@dataclass(frozen=True, slots=True)
class _Version:
    """The newest version of an article that holds the words."""

    row: Any
    in_title: bool


def _found(connection: Connection, query: Query, ids: list[int]) -> dict[int, _Version]:
    """Those of these articles that really hold the words, by article id."""
    rows = connection.execute(
        select(
            version_spans.c.article_id,
            version_spans.c.number,
            version_spans.c.first_captured_at,
            version_spans.c.last_captured_at,
            contents.c.title,
            whole_body,
        )
        .join(contents, contents.c.id == version_spans.c.content_id)
        .where(
            version_spans.c.article_id.in_(ids),
            *version_conditions(connection, query, (), met=True),
        )
        .order_by(version_spans.c.number.desc())
    )
    newest: dict[int, _Version] = {}
    for row in rows:
        if row.article_id not in newest and shows(row, query):
            in_title = bool(query.words) and _stands_in(row.title, query.words)
            newest[row.article_id] = _Version(row, in_title)
    return newest


def shows(row: Any, query: Query) -> bool:
    """Whether a version holds the words where they must stand, and is found by them."""
    if not holds(looked_at(row, query.within), query.words):
        return False
    whole = row.title if query.within is Within.TITLE else f"{row.title}\n{row.body}"
    return indexed(whole, query.words)


def _stands_in(text: str, words: tuple[str, ...]) -> bool:
    return holds(text, words) and indexed(text, words)


def looked_at(row: Any, within: Within) -> str:
    """The text of a version in which the words must stand."""
    match within:
        case Within.TITLE:
            return str(row.title)
        case Within.BODY:
            return str(row.body)
        case Within.ANYWHERE:
            return f"{row.title}\n{row.body}"


def _hit(version: _Version, article: ArticleHeld, words: tuple[str, ...]) -> Hit:
    row = version.row
    return Hit(
        article=article,
        version=row.number,
        current=row.number == article.versions,
        title=row.title,
        title_hits=places(row.title, words),
        in_title=version.in_title,
        first_captured_at=row.first_captured_at,
        last_captured_at=row.last_captured_at,
        snippet=snippet(row.body, words),
    )


def _is_one_token(word: str) -> bool:
    """Whether the index alone decides: a text holds the word where it holds its token."""
    form = folded(word)
    return form in tokens(word)
