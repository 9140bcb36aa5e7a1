"""The queue of what is to be captured again: what the archive knows, put to the policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from storage.article import ArticleKey
from storage.history import EventKind, State
from storage.judging import Outcome
from storage.revisits import Decision, Policy, Watched, Why, decide
from storage.schema import articles, crawls, events, frontier, placements, sites

_CHANGES = (EventKind.EDITED.value, EventKind.MISSING.value)
_IN_VAIN = (
    Outcome.FAILED,
    Outcome.CHALLENGED,
    Outcome.DISALLOWED,
    Outcome.OFF_SITE,
    Outcome.NOT_AN_ARTICLE,
)
_PUT_OFF = timedelta(days=3)
_GONE = "gone"
_AT_ONCE = 500
_DAY = timedelta(days=1)
_MIDNIGHT_IN_BEIJING = time(tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True, slots=True)
class DueQuery:
    """What to ask of the queue: one site or all; the requests that a night may spend, None for
    all that is due; or everything that is held."""

    host: str | None = None
    budget: int | None = None
    everything: bool = False
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True, slots=True)
class Due:
    """An article to capture again: why, how likely it has changed since it was seen, how often it
    did before, and the moment until which it may stay unseen."""

    article_id: int
    key: ArticleKey
    url: str
    title: str | None
    state: str
    why: Why
    chance: float
    changes: int
    last_sighting_at: datetime
    bound_at: datetime


def due(connection: Connection, now: datetime, query: DueQuery) -> list[Due]:
    """What should be captured again, in order."""
    rows = connection.execute(_articles(query.host)).all()
    changes, channels = _changes(connection), _channels(connection)
    failed = _failed(connection, now)
    watched = [_watched(row, now, changes.get(row.id, 0), channels.get(row.id)) for row in rows]
    for place, row in enumerate(rows):
        if row.id in failed:
            watched[place] = watched[place]._replace(put_off=True)
    if query.everything:
        decisions = _all(watched, query)
    else:
        decisions = decide(watched, query.policy, query.budget)
    chosen = [(rows[each.index], each) for each in decisions]
    names = _names(connection, [row.id for row, _ in chosen])
    bound = timedelta(days=query.policy.bound)
    return [
        _due(row, names[row.id], each, changes.get(row.id, 0), row.last_sighting_at + bound)
        for row, each in chosen
    ]


def _all(watched: Sequence[Watched], query: DueQuery) -> list[Decision]:
    """Everything: first what is due, then the rest, the longest unseen first."""
    first = decide(watched, query.policy)
    taken = {decision.index for decision in first}
    others = set(range(len(watched))) - taken
    rest = sorted(others, key=lambda index: (-round(watched[index].unseen, 9), index))
    return [*first, *(Decision(index, Why.ALL, 0.0) for index in rest)][: query.budget]


def _articles(host: str | None) -> Select[Any]:
    query = (
        select(
            articles.c.id,
            articles.c.published,
            articles.c.state,
            articles.c.absent_since,
            articles.c.first_captured_at,
            articles.c.last_sighting_at,
            articles.c.site_id,
        )
        .where(articles.c.versions > 0)
        .order_by(articles.c.id)
    )
    if host is None:
        return query
    return query.join(sites, sites.c.id == articles.c.site_id).where(sites.c.host == host)


def _names(connection: Connection, ids: Sequence[int]) -> Mapping[int, Row[Any]]:
    """What is told of the few that are due, and need not be read of all."""
    query = select(
        articles.c.id, articles.c.cms_id, articles.c.url, articles.c.title, sites.c.host
    ).join(sites, sites.c.id == articles.c.site_id)
    found: dict[int, Row[Any]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = query.where(articles.c.id.in_(ids[start : start + _AT_ONCE]))
        found |= {row.id: row for row in connection.execute(some)}
    return found


def _changes(connection: Connection) -> Mapping[int, int]:
    """How often each article was edited or went missing."""
    counted = select(events.c.article_id, func.count()).where(events.c.kind.in_(_CHANGES))
    return {row[0]: row[1] for row in connection.execute(counted.group_by(events.c.article_id))}


def _channels(connection: Connection) -> Mapping[int, int]:
    """The channel that listed each article last."""
    its = placements.c
    query = select(its.article_id, its.channel_id)
    rows = connection.execute(query.order_by(its.last_listed_at, its.first_listed_at, its.id))
    return {row[0]: row[1] for row in rows}


def _failed(connection: Connection, now: datetime) -> frozenset[int]:
    """Articles whose addresses were asked for in vain lately: a site that is down, or that turns
    us away, must not use up every night's budget."""
    lately = now - _PUT_OFF
    query = (
        select(articles.c.id)
        .join(frontier, frontier.c.url == articles.c.url)
        .join(crawls, crawls.c.id == frontier.c.crawl_id)
        .where(
            crawls.c.started_at >= lately - _DAY,
            frontier.c.kind == "article",
            frontier.c.outcome.in_(_IN_VAIN),
            frontier.c.ended_at >= lately,
        )
    )
    return frozenset(connection.scalars(query))


def _watched(row: Row[Any], now: datetime, changes: int, channel: int | None) -> Watched:
    if row.state == State.GONE:
        # Gone pages come back soon or hardly ever: their age is that of their absence.
        since = row.absent_since
        return Watched(_GONE, 0.0, _days(since, row.last_sighting_at), _days(since, now))
    born = _born(row.published, row.first_captured_at)
    return Watched(
        channel if channel is not None else ("site", row.site_id),
        _days(born, row.first_captured_at),
        _days(born, row.last_sighting_at),
        _days(born, now),
        changes,
        _days(row.absent_since, now) if row.state == State.MISSING else None,
    )


def _born(published: str | None, first_captured_at: datetime) -> datetime:
    """When the article was new: the day that the page claims, unless it is none or to come."""
    claimed = _claimed(published[:10]) if published else None
    return min(claimed, first_captured_at) if claimed else first_captured_at


@lru_cache(maxsize=10_000)
def _claimed(day: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(day), _MIDNIGHT_IN_BEIJING)
    except ValueError:
        return None


def _days(since: datetime, until: datetime) -> float:
    return (until - since) / _DAY


def _due(row: Row[Any], name: Row[Any], each: Decision, changes: int, bound_at: datetime) -> Due:
    return Due(
        row.id,
        ArticleKey(name.host, name.cms_id),
        name.url,
        name.title,
        row.state,
        each.why,
        each.chance,
        changes,
        row.last_sighting_at,
        bound_at,
    )
