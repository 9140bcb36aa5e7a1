"""Settling a crawl at its end: which signals of absence count, and what the listings show.

One signal says little by itself: only when a crawl is over is it known whether the host was
otherwise healthy, and where an article that left one list has gone.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select, update

from storage.history import Sighting
from storage.judging import Outcome
from storage.placing import relisting
from storage.schema import (
    articles,
    capture_facts,
    capture_readings,
    channels,
    events,
    frontier,
    placements,
    walks,
)
from storage.writers import histories
from storage.writers.scope import Scope


@dataclass(frozen=True, slots=True)
class Guard:
    """When a crawl is not believed. Shares of what was checked, from `at_least` articles on."""

    at_least: int = 20
    vanished: float = 0.05
    failed: float = 0.20


@dataclass(frozen=True, slots=True)
class Health:
    """What a crawl met: how many articles it checked and missed, how many addresses failed."""

    checked: int
    vanished: int
    fetched: int
    failed: int
    good: int

    def distrust(self, guard: Guard) -> str | None:
        """Why signals of absence do not count; None where the host was healthy."""
        if self.good == 0:
            return "the host served no page that could be read"
        if self.fetched >= guard.at_least and self.failed > guard.failed * self.fetched:
            return f"{self.failed} of {self.fetched} addresses failed"
        if self.checked >= guard.at_least and self.vanished > guard.vanished * self.checked:
            return f"{self.vanished} of {self.checked} articles seemed to have vanished at once"
        return None


def settle(scope: Scope, started_at: datetime, guard: Guard) -> str | None:
    """Count the crawl's signals of absence and write what its listings show.

    Returns why the crawl is held, None where it is not. A held crawl's signals are kept, uncounted.
    """
    signals = _signals(scope)
    distrust = health(scope, started_at).distrust(guard) if signals else None
    if distrust is None:
        for article_id, sighting in signals:
            _count(scope, article_id, sighting)
    _write_relistings(scope, started_at)
    return distrust


def health(scope: Scope, started_at: datetime) -> Health:
    """What this crawl met so far."""
    tally = _outcomes(scope)
    return Health(
        checked=_checked(scope, started_at),
        vanished=len({article_id for article_id, _ in _signals(scope)}),
        fetched=sum(tally.values()),
        failed=tally.get(Outcome.FAILED.value, 0),
        good=_good(scope),
    )


def _signals(scope: Scope) -> list[tuple[int, Sighting]]:
    rows = scope.connection.execute(
        select(
            capture_facts.c.id,
            capture_facts.c.article_id,
            capture_facts.c.captured_at,
            capture_readings.c.absence,
        )
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .where(
            capture_facts.c.crawl_id == scope.crawl_id,
            capture_readings.c.absence.is_not(None),
            capture_readings.c.counted.is_(False),
            capture_facts.c.article_id.is_not(None),
        )
        .order_by(capture_facts.c.captured_at, capture_facts.c.id)
    )
    return [(r.article_id, Sighting(r.id, r.captured_at, absence=r.absence)) for r in rows]


def _count(scope: Scope, article_id: int, sighting: Sighting) -> None:
    scope.connection.execute(
        update(capture_readings)
        .where(capture_readings.c.capture_id == sighting.capture_id)
        .values(counted=True)
    )
    histories.take_in(scope, article_id, sighting)


def _outcomes(scope: Scope) -> dict[str, int]:
    rows = scope.connection.execute(
        select(frontier.c.outcome, func.count())
        .where(frontier.c.crawl_id == scope.crawl_id, frontier.c.outcome.is_not(None))
        .group_by(frontier.c.outcome)
    )
    return {row[0]: row[1] for row in rows}


def _checked(scope: Scope, started_at: datetime) -> int:
    captured = select(capture_facts.c.article_id).where(
        capture_facts.c.crawl_id == scope.crawl_id, capture_facts.c.article_id.is_not(None)
    )
    listed = select(placements.c.article_id).where(
        placements.c.last_listed_at >= started_at, placements.c.left_at.is_(None)
    )
    both = captured.union(listed).subquery()
    return scope.connection.scalar(select(func.count()).select_from(both)) or 0


def _good(scope: Scope) -> int:
    good = (Outcome.READ.value, Outcome.NEW.value, Outcome.CHANGED.value, Outcome.UNCHANGED.value)
    return (
        scope.connection.scalar(
            select(func.count())
            .select_from(capture_readings)
            .join(capture_facts, capture_facts.c.id == capture_readings.c.capture_id)
            .where(
                capture_facts.c.crawl_id == scope.crawl_id,
                capture_readings.c.outcome.in_(good),
                capture_readings.c.page_kind.in_(("article", "channel", "listing")),
            )
        )
        or 0
    )


def _write_relistings(scope: Scope, started_at: datetime) -> None:
    for article_id, (before, after, earlier) in _placed(scope, started_at).items():
        if shown := relisting(before, after, listed_earlier=earlier):
            scope.connection.execute(
                events.insert().values(
                    article_id=article_id,
                    at=scope.recorded_at,
                    kind=shown.kind.value,
                    fields=[],
                    evidence=dict(shown.evidence) | {"crawl_id": scope.crawl_id},
                )
            )


def _placed(
    scope: Scope, started_at: datetime
) -> Mapping[int, tuple[dict[str, str], dict[str, str], bool]]:
    """For each article whose placements changed in this crawl: the address by channel before it,
    the same after it, and whether it was listed at all before."""
    touched = (
        select(placements.c.article_id)
        .join(articles, articles.c.id == placements.c.article_id)
        .where(
            or_(placements.c.first_listed_at >= started_at, placements.c.left_at >= started_at),
            articles.c.site_id.in_(_sites_walked(scope)),
        )
    )
    rows = scope.connection.execute(
        select(placements, channels.c.cms_id.label("channel"))
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(placements.c.article_id.in_(touched))
        .order_by(placements.c.id)
    )
    placed: dict[int, tuple[dict[str, str], dict[str, str], bool]] = defaultdict(
        lambda: ({}, {}, False)
    )
    for row in rows:
        before, after, earlier = placed[row.article_id]
        old = row.first_listed_at < started_at
        if old and (row.left_at is None or row.left_at >= started_at):
            before[row.channel] = row.url
        if row.left_at is None:
            after[row.channel] = row.url
        placed[row.article_id] = (before, after, earlier or old)
    return placed


def _sites_walked(scope: Scope) -> Select[tuple[int]]:
    return (
        select(channels.c.site_id)
        .join(walks, walks.c.channel_id == channels.c.id)
        .where(walks.c.crawl_id == scope.crawl_id)
    )
