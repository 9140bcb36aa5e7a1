"""Relistings: what the lists that a crawl walked show of where articles stand."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, or_, select

from storage.history import CAPTURE_EVENTS
from storage.placing import relisting
from storage.schema import articles, channels, events, listing_journal, placements, walks
from storage.windows import tells_of_window
from storage.writers.scope import Scope

_COLUMNS = ("article_id", "at", "kind", "fields", "evidence")


@dataclass(frozen=True, slots=True)
class Seen:
    """When a crawl saw lists, and the moment from which on its archive tells what they showed."""

    since: datetime
    until: datetime
    told_at: datetime


def write_relistings(scope: Scope, started_at: datetime) -> None:
    """Write the events that the crawl's listings alone show."""
    for event in _shown(scope, _seen(scope, started_at)):
        scope.connection.execute(events.insert().values(**event))


def rewrite_relistings(
    scope: Scope, site_id: int, started_at: datetime, *, held: bool = False
) -> None:
    """Make these events of an ended crawl what its lists show now; none where it is held. What was
    written before and is still so stays as it is."""
    seen = _seen(scope, started_at)
    shown = [] if held else _shown(scope, seen)
    for old in scope.connection.execute(_written(scope, site_id, seen)).all():
        written = {name: getattr(old, name) for name in _COLUMNS}
        if written in shown:
            shown.remove(written)
        else:
            scope.connection.execute(delete(events).where(events.c.id == old.id))
    for event in shown:
        scope.connection.execute(events.insert().values(**event))


def _seen(scope: Scope, started_at: datetime) -> Seen:
    """A crawl tells at its end what it saw; one of lists that were found late, all of them seen
    before it began, as of the last of them."""
    first, last = scope.connection.execute(
        select(func.min(listing_journal.c.at), func.max(listing_journal.c.at)).where(
            listing_journal.c.crawl_id == scope.crawl_id
        )
    ).one()
    if last is not None and last < started_at:
        return Seen(first, last, last)
    until = max(scope.recorded_at, last or scope.recorded_at)
    return Seen(min(started_at, first or started_at), until, scope.recorded_at)


def _written(scope: Scope, site_id: int, seen: Seen) -> Select[Any]:
    return (
        select(events)
        .join(articles, articles.c.id == events.c.article_id)
        .where(
            articles.c.site_id == site_id,
            events.c.kind.not_in([kind.value for kind in CAPTURE_EVENTS]),
            events.c.at == seen.told_at,
            events.c.evidence["crawl_id"].as_integer() == scope.crawl_id,
        )
    )


def _shown(scope: Scope, seen: Seen) -> list[dict[str, Any]]:
    pushed, found = _pushed_off(scope), []
    for article_id, (before, after, earlier) in _placed(scope, seen).items():
        from_windows = pushed.get(article_id, ())
        if shown := relisting(before, after, listed_earlier=earlier, pushed_off=from_windows):
            event = {
                "article_id": article_id,
                "at": seen.told_at,
                "kind": shown.kind.value,
                "fields": [],
                "evidence": dict(shown.evidence) | {"crawl_id": scope.crawl_id},
            }
            found.append(event)
    return found


def _placed(scope: Scope, seen: Seen) -> Mapping[int, tuple[dict[str, str], dict[str, str], bool]]:
    """For each article whose placements changed while the crawl saw lists: the address by channel
    before that, the same after it, and whether it was listed at all before."""
    touched = (
        select(placements.c.article_id)
        .join(articles, articles.c.id == placements.c.article_id)
        .where(
            or_(
                placements.c.first_listed_at.between(seen.since, seen.until),
                placements.c.left_at.between(seen.since, seen.until),
            ),
            articles.c.site_id.in_(_sites_walked(scope)),
        )
    )
    rows = scope.connection.execute(
        select(placements, channels.c.cms_id.label("channel"))
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(placements.c.article_id.in_(touched))
        .order_by(placements.c.first_listed_at, placements.c.id)
    )
    placed: dict[int, tuple[dict[str, str], dict[str, str], bool]] = defaultdict(
        lambda: ({}, {}, False)
    )
    for row in rows:
        before, after, earlier = placed[row.article_id]
        old = row.first_listed_at < seen.since
        if old and (row.left_at is None or row.left_at >= seen.since):
            before[row.channel] = row.url
        if row.first_listed_at <= seen.until and (row.left_at is None or row.left_at > seen.until):
            after[row.channel] = row.url
        placed[row.article_id] = (before, after, earlier or old)
    return placed


def _pushed_off(scope: Scope) -> Mapping[int, list[str]]:
    """For each article that newer ones pushed off the end of a list that its site cuts: the
    channels where the crawl saw that."""
    rows = scope.connection.execute(
        select(
            placements.c.article_id,
            channels.c.cms_id.label("channel"),
            walks.c.verdict,
            walks.c.stop_reason,
        )
        .join(channels, channels.c.id == placements.c.channel_id)
        .join(walks, walks.c.channel_id == placements.c.channel_id)
        .where(walks.c.crawl_id == scope.crawl_id, placements.c.left_at == walks.c.walked_at)
    )
    pushed: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if tells_of_window(row.verdict, row.stop_reason):
            pushed[row.article_id].append(row.channel)
    return pushed


def _sites_walked(scope: Scope) -> Select[tuple[int]]:
    return (
        select(channels.c.site_id)
        .join(walks, walks.c.channel_id == channels.c.id)
        .where(walks.c.crawl_id == scope.crawl_id)
    )
