"""Articles that may match a search, in the order of its results, before their texts are read."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from storage.consult.query import Cursor, Query
from storage.fulltext import matching
from storage.schema import articles, channels, placements, sites, version_spans
from storage.search_index import Term

_CHUNK = 50


def chunks(connection: Connection, query: Query, terms: Sequence[Term]) -> Iterator[list[Any]]:
    """Articles that may match, in the order of results, some at a time."""
    published = func.coalesce(articles.c.published, "")
    chosen = (
        select(articles.c.id, published.label("published"))
        .join(sites, sites.c.id == articles.c.site_id)
        .where(*_conditions(connection, query, terms))
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


def _conditions(
    connection: Connection, query: Query, terms: Sequence[Term]
) -> list[ColumnElement[bool]]:
    found = select(version_spans.c.article_id).where(
        version_spans.c.content_id.in_(matching(connection, terms))
    )
    conditions: list[ColumnElement[bool]] = [articles.c.id.in_(found)]
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


def count(connection: Connection, query: Query, terms: Sequence[Term]) -> int:
    """How many articles may match."""
    return (
        connection.scalar(
            select(func.count(articles.c.id))
            .join(sites, sites.c.id == articles.c.site_id)
            .where(*_conditions(connection, query, terms))
        )
        or 0
    )
