"""Searching by words: the texts of all versions, one result per article, hits in titles first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from storage.consult.articles import ArticleHeld, held
from storage.consult.fts import contents_matching
from storage.consult.snippets import Place, Snippet, places, snippet
from storage.schema import articles, channels, contents, placements, sites, version_spans
from storage.search_index import folded, holds, match_expression, tokens

_CHUNK = 50
_TITLE, _TEXT = 0, 1


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of results ended. Written and read as text by `str` and `parse`."""

    stage: int
    published: str
    article_id: int

    def __str__(self) -> str:
        return f"{self.stage}_{self.published}_{self.article_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for what was not written by `str`."""
        stage, published, article_id = text.split("_")
        return cls(int(stage), published, int(article_id[:18]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: all words must be present. `since` and `until` are days of
    publication; `channel` is the CMS's id of a channel that lists the article now."""

    words: tuple[str, ...]
    host: str | None = None
    channel: str | None = None
    state: str | None = None
    since: date | None = None
    until: date | None = None
    limit: int = 20
    after: Cursor | None = None

    @classmethod
    def of(cls, *words: str, **filters: Any) -> Self:
        """A query of words as typed: white space of any width separates them."""
        return cls(words=tuple(part for word in words for part in word.split()), **filters)


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
    """Articles with a version that holds all the words; title hits first, then newest published.

    Whatever is typed is taken as words: nothing is query syntax, nothing raises.
    """
    expression = match_expression(list(query.words))
    if expression is None:
        return Found((), 0, 0, None)
    hits: list[tuple[Cursor, Hit]] = []
    for found in _stream(connection, query, expression):
        hits.append(found)
        if len(hits) > query.limit:
            break
    page, more = hits[: query.limit], len(hits) > query.limit
    at_most = _candidates(connection, query, expression)
    exact = all(_is_one_token(word) for word in query.words)
    total = at_most if exact else len(page) if not more and query.after is None else None
    after = page[-1][0] if more and page else None
    return Found(tuple(hit for _, hit in page), total, at_most, after)


def _stream(connection: Connection, query: Query, expression: str) -> Iterator[tuple[Cursor, Hit]]:
    in_title = _title_expression(query.words)
    first = query.after.stage if query.after else _TITLE
    for stage, stage_expression in ((_TITLE, in_title), (_TEXT, expression)):
        if stage < first:
            continue
        after = query.after if stage == first else None
        for rows in _chunks(connection, replace(query, after=after), stage_expression):
            hits = _hits(connection, query.words, expression, [row.id for row in rows])
            for row in rows:
                hit = hits.get(row.id)
                if hit and hit.in_title == (stage == _TITLE):
                    yield Cursor(stage, row.published, row.id), hit


def _chunks(connection: Connection, query: Query, expression: str) -> Iterator[list[Any]]:
    """Articles that may match, in the order of results, some at a time."""
    published = func.coalesce(articles.c.published, "")
    chosen = (
        select(articles.c.id, published.label("published"))
        .join(sites, sites.c.id == articles.c.site_id)
        .where(*_conditions(query, expression))
        .order_by(published.desc(), articles.c.id.desc())
        .limit(_CHUNK)
    )
    after = query.after
    while True:
        page = chosen
        if after is not None:
            earlier = and_(published == after.published, articles.c.id < after.article_id)
            page = chosen.where(or_(published < after.published, earlier))
        rows = list(connection.execute(page))
        if rows:
            yield rows
        if len(rows) < _CHUNK:
            return
        after = Cursor(0, rows[-1].published, rows[-1].id)


def _conditions(query: Query, expression: str) -> list[ColumnElement[bool]]:
    matching = select(version_spans.c.article_id).where(
        version_spans.c.content_id.in_(contents_matching(expression))
    )
    conditions: list[ColumnElement[bool]] = [articles.c.id.in_(matching)]
    if query.host is not None:
        conditions.append(sites.c.host == query.host)
    if query.channel is not None:
        conditions.append(articles.c.id.in_(_listed_in(query.channel)))
    if query.state is not None:
        conditions.append(articles.c.state == query.state)
    if query.since is not None:
        conditions.append(articles.c.published >= query.since.isoformat())
    if query.until is not None:
        # The day after: `published` may go on with a time of day.
        conditions.append(articles.c.published < (query.until + timedelta(days=1)).isoformat())
    return conditions


def _listed_in(channel: str) -> Any:
    return (
        select(placements.c.article_id)
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(channels.c.cms_id == channel, placements.c.left_at.is_(None))
    )


def _hits(
    connection: Connection, words: tuple[str, ...], expression: str, ids: list[int]
) -> dict[int, Hit]:
    """The hit of each of these articles that really holds the words, by article id."""
    titled = contents.c.id.in_(contents_matching(_title_expression(words)))
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
        .where(
            version_spans.c.article_id.in_(ids),
            contents.c.id.in_(contents_matching(expression)),
        )
        .order_by(version_spans.c.number.desc())
    )
    newest = _newest_that_hold(rows, words)
    known = held(connection, newest)
    return {article_id: _hit(row, known[article_id], words) for article_id, row in newest.items()}


def _title_expression(words: tuple[str, ...]) -> str:
    expression = match_expression(list(words), in_title=True)
    assert expression is not None
    return expression


def _newest_that_hold(rows: Iterable[Any], words: tuple[str, ...]) -> dict[int, Any]:
    newest: dict[int, Any] = {}
    for row in rows:
        if row.article_id not in newest and holds(f"{row.title}\n{row.body}", list(words)):
            newest[row.article_id] = row
    return newest


def _hit(row: Any, article: ArticleHeld, words: tuple[str, ...]) -> Hit:
    return Hit(
        article=article,
        version=row.number,
        current=row.number == article.versions,
        title=row.title,
        title_hits=places(row.title, words),
        # Both: the index finds a Latin word by its beginning, `holds` anywhere in the text.
        in_title=bool(row.titled) and holds(row.title, list(words)),
        first_captured_at=row.first_captured_at,
        last_captured_at=row.last_captured_at,
        snippet=snippet(row.body, words),
    )


def _candidates(connection: Connection, query: Query, expression: str) -> int:
    return (
        connection.scalar(
            select(func.count(articles.c.id))
            .join(sites, sites.c.id == articles.c.site_id)
            .where(*_conditions(query, expression))
        )
        or 0
    )


def _is_one_token(word: str) -> bool:
    """Whether the index alone decides: a text holds the word where it holds its token."""
    form = folded(word)
    return form in tokens(word)
