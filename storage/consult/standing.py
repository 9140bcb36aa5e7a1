"""The query behind an answer as of an instant: each article's state and version at that time."""

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select

from storage.consult.moments import BEIJING
from storage.consult.site_ids import id_of_site
from storage.consult.versions import UNKNOWN
from storage.history import CAPTURE_EVENTS, EventKind, State
from storage.schema import (
    articles,
    capture_facts,
    channels,
    contents,
    events,
    placements,
    sites,
    version_spans,
)


class Asked(Protocol):
    """What is asked: see `storage.consult.as_of.AsOfQuery`."""

    @property
    def at(self) -> datetime: ...
    @property
    def host(self) -> str | None: ...
    @property
    def channel(self) -> str | None: ...
    @property
    def state(self) -> str | None: ...
    @property
    def clock(self) -> str: ...


def standing_query(asked: Asked) -> Select[Any]:
    """Articles with what stood at `asked.at`. All look-ups are by index, some rows an article."""
    at, by_site = asked.at, asked.clock == "published"
    number = _number_at(at)
    if by_site:
        # What was read later only says the least that is known of a text that was there before.
        number = func.coalesce(number, case((articles.c.versions > 0, 1)))
    shown = and_(version_spans.c.article_id == articles.c.id, version_spans.c.number == number)
    state = state_at(at)
    query = (
        select(
            articles.c.id,
            sites.c.host,
            articles.c.cms_id,
            articles.c.url,
            articles.c.title.label("known_title"),
            state.label("state"),
            version_spans.c.number.label("version"),
            version_spans.c.first_captured_at.label("captured_at"),
            capture_facts.c.recorded_at,
            contents.c.title,
            contents.c.published,
            _last_event_at(at).label("seen_at"),
        )
        .join(sites, sites.c.id == articles.c.site_id)
        .outerjoin(version_spans, shown)
        .outerjoin(contents, contents.c.id == version_spans.c.content_id)
        .outerjoin(capture_facts, capture_facts.c.id == version_spans.c.first_capture_id)
        .where(_claimed_by(at) if by_site else _observed_by(at))
    )
    if asked.host is not None:
        query = query.where(articles.c.site_id == id_of_site(asked.host))
    if asked.channel is not None:
        query = query.where(_listed_in(asked.channel, None if by_site else at))
    return query if asked.state is None else query.where(state == asked.state)


def _number_at(at: datetime) -> Any:
    spans = version_spans.alias()
    return (
        select(func.max(spans.c.number))
        .where(spans.c.article_id == articles.c.id, spans.c.first_captured_at <= at)
        .correlate(articles)
        .scalar_subquery()
    )


def _last_event(at: datetime, column: Any) -> Any:
    return (
        select(column)
        .where(
            events.c.article_id == articles.c.id,
            events.c.at <= at,
            events.c.kind.in_([kind.value for kind in CAPTURE_EVENTS]),
        )
        .order_by(events.c.at.desc(), events.c.id.desc())
        .limit(1)
        .correlate(articles)
        .scalar_subquery()
    )


def _last_event_at(at: datetime) -> Any:
    return _last_event(at, events.c.at)


def state_at(at: datetime) -> ColumnElement[str]:
    """The state of an article at an instant, in a query over `articles`."""
    kind = _last_event(at, events.c.kind)
    return case(
        (kind.is_(None), literal(UNKNOWN)),
        (kind.in_([EventKind.MISSING.value, EventKind.GONE.value]), kind),
        else_=literal(State.PRESENT.value),
    )


def _observed_by(at: datetime) -> ColumnElement[bool]:
    """A list had named it by then, or a capture had shown something of it."""
    entry = placements.alias()
    listed = exists().where(entry.c.article_id == articles.c.id, entry.c.first_listed_at <= at)
    return or_(_last_event_at(at).is_not(None), listed)


def _claimed_by(at: datetime) -> ColumnElement[bool]:
    """The text that is shown is dated up to then; of what was never read, an entry of a list."""
    moment = at.astimezone(BEIJING)
    # A day alone is a beginning of every moment of that day, so that it comes before them all.
    text = f"{moment:%Y-%m-%dT%H:%M+08:00}"
    entry = placements.alias()
    listed = exists().where(
        entry.c.article_id == articles.c.id, entry.c.listed_on <= f"{moment:%Y-%m-%d}"
    )
    unread = version_spans.c.id.is_(None)
    return or_(contents.c.published <= text, and_(unread, listed))


def _listed_in(channel: str, by: datetime | None) -> ColumnElement[bool]:
    """Whether the channel had listed it by then; at any time where no moment is given."""
    query = (
        select(placements.c.article_id)
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(channels.c.cms_id == channel)
    )
    if by is not None:
        query = query.where(placements.c.first_listed_at <= by)
    return articles.c.id.in_(query)
