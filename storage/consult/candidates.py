"""Articles that may match a search, in the order of its results, before their texts are read."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from storage.consult.matched import article_conditions
from storage.consult.query import Cursor, Query
from storage.schema import articles, sites
from storage.search_index import Term

_CHUNK = 50


def chunks(connection: Connection, query: Query, terms: Sequence[Term]) -> Iterator[list[Any]]:
    """Articles that may match, in the order of results, some at a time."""
    published = func.coalesce(articles.c.published, "")
    chosen = (
        select(articles.c.id, published.label("published"))
        .join(sites, sites.c.id == articles.c.site_id)
        .where(*article_conditions(connection, query, terms))
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
        after = Cursor(query.after.stage if query.after else 0, rows[-1].published, rows[-1].id)


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
