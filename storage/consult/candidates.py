"""Articles that may match a search, in the order of its results, before their texts are read.

Of rare words the search index tells which articles those are. Of frequent ones it would name most
of the archive, only for the first page to be cut from it: there articles are taken in the order of
results, whether or not the words are in them, and their texts decide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, func, literal, select, tuple_

from storage.consult.matched import article_conditions, listed
from storage.consult.query import Cursor, Query
from storage.schema import articles, contents, shown_order, sites, whole_body
from storage.search_index import Term

COUNTED = 2000
"""Archives of no more contents than these are always asked by the index, and counted."""

_SAMPLE = 64
_FREQUENT = 4
"""Words in so many of a sample are frequent: in about one text of sixteen."""
_WALKED = 1500
"""After so many articles in order the index is asked after all: the filters let few through."""
_LEAST, _MOST = 50, 400
"""Articles of which the texts are read at once: at first, and as it goes on in vain."""
_LISTED = 2000
"""So many are taken at once of what an index names: each time it is asked, it names all."""


@dataclass(frozen=True, slots=True)
class Frequent:
    """Whether many titles hold the words, and whether many texts do."""

    in_titles: bool
    in_texts: bool


def frequency(connection: Connection, words: Sequence[str]) -> Frequent:
    """How common words are, by a sample of what is held, evenly spread. No more than a guess: it
    chooses the way to the answer, not the answer."""
    newest = connection.scalar(select(func.max(contents.c.id))) or 0
    if newest <= COUNTED or not words:
        return Frequent(False, False)
    ids = [newest * part // _SAMPLE for part in range(1, _SAMPLE + 1)]
    sampled = select(contents.c.title, whole_body).where(contents.c.id.in_(ids))
    titles, texts = 0, 0
    for title, body in connection.execute(sampled):
        titles += all(word in title for word in words)
        texts += all(word in title or word in body for word in words)
    return Frequent(titles >= _FREQUENT, texts >= _FREQUENT)


def chunks(
    connection: Connection, query: Query, terms: Sequence[Term], *, frequent: bool
) -> Iterator[list[Any]]:
    """Articles that may match, in the order of results, some at a time."""
    if frequent:
        walked = 0
        for rows in _in_order(connection, query, ()):
            yield rows
            walked += len(rows)
            if walked >= _WALKED:
                query = replace(query, after=_cursor(query, rows[-1]))
                break
        else:
            return
    yield from _in_order(connection, query, terms)


def _in_order(connection: Connection, query: Query, terms: Sequence[Term]) -> Iterator[list[Any]]:
    key = (shown_order, articles.c.id)
    chosen = (
        select(articles.c.id, shown_order.label("published"))
        .join(sites, sites.c.id == articles.c.site_id)
        .where(*article_conditions(connection, query, terms))
        .order_by(*(column.desc() for column in key))
    )
    after, size = query.after, min(query.limit + 1, _LEAST)
    while True:
        asked = _LISTED if listed(query, terms) else size
        page = chosen.limit(asked)
        if after is not None:
            last = literal(after.published, articles.c.published.type), after.article_id
            page = page.where(tuple_(*key) < tuple_(*last))
        rows = list(connection.execute(page))
        at = 0
        while at < len(rows):
            yield rows[at : at + size]
            at, size = at + size, min(size * 2, _MOST)
        if len(rows) < asked:
            return
        after = _cursor(query, rows[-1])


def _cursor(query: Query, row: Any) -> Cursor:
    return Cursor(query.after.stage if query.after else 0, row.published, row.id)


def count(connection: Connection, query: Query, terms: Sequence[Term]) -> int:
    """How many articles may match."""
    return (
        connection.scalar(
            select(func.count(articles.c.id))
            .join(sites, sites.c.id == articles.c.site_id)
            .where(*article_conditions(connection, query, terms))
        )
        or 0
    )


def all_held(connection: Connection) -> int:
    """No fewer than there are articles."""
    return connection.scalar(select(func.max(articles.c.id))) or 0
