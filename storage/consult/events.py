"""What happened: events over the whole archive, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Text,
    cast,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from storage.consult.site_ids import id_of_site
from storage.history import EventKind
from storage.schema import articles, channels, contents, events, placements, sites, version_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """Which events. `channel` is the CMS's id of a channel that lists or listed the article;
    `before` is the last event of the page before this one, `before_at` its moment: with it, a page
    goes on there even where the event has been withdrawn since. `field` is one that differs;
    `article` is an article's id."""

    kinds: tuple[str, ...] = ()
    field: str | None = None
    host: str | None = None
    channel: str | None = None
    article: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 20
    before: int | None = None
    before_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EventHeld:
    """One event, and the article it happened to. `title` is that of the version it names,
    `capture_id` the look that showed it, None where lists did."""

    id: int
    at: datetime
    kind: str
    article_id: int
    host: str
    cms_id: str
    title: str | None
    url: str
    version: int | None
    previous_version: int | None
    fields: tuple[str, ...]
    evidence: Mapping[str, Any]
    capture_id: int | None


def events_held(connection: Connection, query: EventQuery) -> list[EventHeld]:
    """The events asked for, newest first."""
    rows = connection.execute(
        _chosen(event_columns(), query)
        .order_by(events.c.at.desc(), events.c.id.desc())
        .limit(query.limit)
    )
    return [
        EventHeld(
            id=row.id,
            at=row.at,
            kind=row.kind,
            article_id=row.article_id,
            host=row.host,
            cms_id=row.cms_id,
            title=row.title,
            url=row.url,
            version=row.version,
            previous_version=row.previous,
            fields=tuple(row.fields),
            evidence=row.evidence,
            capture_id=row.capture_id,
        )
        for row in rows
    ]


def event_columns() -> Select[Any]:
    """A query for events, each with its article and the numbers of its versions."""
    shown, before = version_spans.alias(), version_spans.alias()
    return (
        select(
            events.c.id,
            events.c.at,
            events.c.kind,
            events.c.article_id,
            events.c.fields,
            events.c.evidence,
            events.c.capture_id,
            sites.c.host,
            articles.c.cms_id,
            articles.c.url,
            func.coalesce(contents.c.title, articles.c.title).label("title"),
            shown.c.number.label("version"),
            before.c.number.label("previous"),
        )
        .join(articles, articles.c.id == events.c.article_id)
        .join(sites, sites.c.id == articles.c.site_id)
        .outerjoin(shown, shown.c.id == events.c.version_id)
        .outerjoin(before, before.c.id == events.c.previous_version_id)
        .outerjoin(contents, contents.c.id == shown.c.content_id)
    )


def _chosen(wanted: Select[Any], query: EventQuery) -> Select[Any]:
    """Those asked for. What there is of a site, or of some kinds, may lie far back: the newest of
    each kind are taken from an index of that kind's, and put together."""
    some = query.host is not None or query.kinds
    if not some or query.article is not None or query.channel is not None:
        return _filtered(wanted, query, query.kinds)
    kinds = query.kinds or tuple(kind.value for kind in EventKind)
    of_each = (select(_newest(query, kind).subquery()) for kind in dict.fromkeys(kinds))
    return wanted.where(events.c.id.in_(union_all(*of_each)))


def _newest(query: EventQuery, kind: str) -> Select[Any]:
    """The ids of the newest of a kind: no more of them can be on a page."""
    chosen = select(events.c.id).order_by(events.c.at.desc(), events.c.id.desc())
    return _filtered(chosen, query, (kind,)).limit(query.limit)


def _filtered(wanted: Select[Any], query: EventQuery, kinds: tuple[str, ...]) -> Select[Any]:
    if kinds:
        wanted = wanted.where(events.c.kind.in_(kinds))
    if query.host is not None:
        wanted = wanted.where(events.c.site_id == id_of_site(query.host))
    if query.channel is not None:
        wanted = wanted.where(events.c.article_id.in_(ever_listed_in(query.channel)))
    if query.article is not None:
        wanted = wanted.where(events.c.article_id == query.article)
    if query.since is not None:
        wanted = wanted.where(events.c.at >= query.since)
    if query.until is not None:
        wanted = wanted.where(events.c.at <= query.until)
    if query.field is not None:
        # Both databases keep a list of words in the same form.
        wanted = wanted.where(cast(events.c.fields, Text).contains(f'"{query.field}"'))
    if query.before is not None:
        at: Any = (
            select(events.c.at).where(events.c.id == query.before).scalar_subquery()
            if query.before_at is None
            else literal(query.before_at, events.c.at.type)
        )
        last = literal(query.before, events.c.id.type)
        wanted = wanted.where(tuple_(events.c.at, events.c.id) < tuple_(at, last))
    return wanted


def ever_listed_in(channel: str) -> Select[Any]:
    """Ids of the articles that a channel (the CMS's id) lists or listed."""
    return (
        select(placements.c.article_id)
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(channels.c.cms_id == channel)
    )
