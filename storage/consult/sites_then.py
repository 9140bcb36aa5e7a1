"""What was held of each site at an instant: by what had happened by then, counted, so that it takes
no longer than counting it now."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from storage.consult.sites import SiteHeld
from storage.history import CAPTURE_EVENTS, EventKind, State
from storage.schema import articles, channels, events, placements, sites, version_spans, walks


def sites_then(connection: Connection, at: datetime) -> list[SiteHeld]:
    """The sites that were known by then, by host. Of an article, what was captured by then counts:
    its versions, and its state; `unread` ones were named by a list, and not read yet.
    `last_crawled_at` is the last walk over one of its lists."""
    of_sites = [each(at).subquery() for each in (_walked, _channels, _states, _versions, _unread)]
    walked, known, state, spans, unread = of_sites
    query: Select[Any] = select(
        sites.c.id,
        sites.c.host,
        sites.c.name,
        sites.c.generation,
        sites.c.first_seen_at,
        walked.c.at,
        func.coalesce(known.c.n, 0),
        func.coalesce(state.c.articles, 0),
        func.coalesce(spans.c.n, 0),
        *(func.coalesce(state.c[each.value], 0) for each in State),
        func.coalesce(unread.c.n, 0),
    )
    for each in of_sites:
        query = query.outerjoin(each, each.c.site_id == sites.c.id)
    rows = connection.execute(query.where(sites.c.first_seen_at <= at).order_by(sites.c.host))
    return [SiteHeld(*row) for row in rows]


def _states(at: datetime) -> Select[Any]:
    """How many articles that had been read were in which state: each event takes one of them from
    one state to another. Articles that were never read have none of these events, or such as name
    no version."""
    was = events.c.evidence["was"].as_string()
    restored = _count(events.c.kind == EventKind.RESTORED.value)
    from_gone = _count(events.c.kind == EventKind.RESTORED.value, was == State.GONE.value)
    published = _count(events.c.kind == EventKind.PUBLISHED.value)
    read = events.c.previous_version_id.is_not(None)
    missing = _count(events.c.kind == EventKind.MISSING.value, read)
    gone = _count(events.c.kind == EventKind.GONE.value, read)
    return (
        select(
            articles.c.site_id,
            published.label("articles"),
            (published - missing + restored).label(State.PRESENT.value),
            (missing - gone - (restored - from_gone)).label(State.MISSING.value),
            (gone - from_gone).label(State.GONE.value),
        )
        .join(articles, articles.c.id == events.c.article_id)
        .where(events.c.at <= at)
        .group_by(articles.c.site_id)
    )


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(*conditions)


def _versions(at: datetime) -> Select[Any]:
    return (
        select(articles.c.site_id, func.count().label("n"))
        .join(version_spans, version_spans.c.article_id == articles.c.id)
        .where(version_spans.c.first_captured_at <= at)
        .group_by(articles.c.site_id)
    )


def _unread(at: datetime) -> Select[Any]:
    listed = select(placements.c.id).where(
        placements.c.article_id == articles.c.id, placements.c.first_listed_at <= at
    )
    looked_for = select(events.c.id).where(
        events.c.article_id == articles.c.id,
        events.c.at <= at,
        events.c.kind.in_([kind.value for kind in CAPTURE_EVENTS]),
    )
    first = articles.c.first_captured_at
    return (
        select(articles.c.site_id, func.count().label("n"))
        .where(or_(first.is_(None), first > at), or_(listed.exists(), looked_for.exists()))
        .group_by(articles.c.site_id)
    )


def _channels(at: datetime) -> Select[Any]:
    return (
        select(channels.c.site_id, func.count().label("n"))
        .where(channels.c.first_seen_at <= at)
        .group_by(channels.c.site_id)
    )


def _walked(at: datetime) -> Select[Any]:
    return (
        select(channels.c.site_id, func.max(walks.c.walked_at).label("at"))
        .join(walks, walks.c.channel_id == channels.c.id)
        .where(walks.c.walked_at <= at)
        .group_by(channels.c.site_id)
    )
