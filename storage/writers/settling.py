"""Settling a crawl at its end: which signals of absence count, and what the listings show.

One signal says little by itself: only when a crawl is over is it known whether the host was
otherwise healthy, and where an article that left one list has gone.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from storage.history import Sighting
from storage.schema import articles, capture_facts, capture_readings, crawls, sites
from storage.writers import histories
from storage.writers.health import Guard, health
from storage.writers.relistings import write_relistings
from storage.writers.scope import Scope


@dataclass(frozen=True, slots=True)
class _Signal:
    """A sign of absence that a crawl met, not counted yet."""

    site_id: int
    host: str
    article_id: int
    sighting: Sighting


def settle(scope: Scope, started_at: datetime, guard: Guard) -> str | None:
    """Count the crawl's signals of absence, site by site, and write what its listings show.

    Returns why the crawl is held, None where it is not. The signals of a site that is not
    believed are kept, uncounted.
    """
    reasons = count_signals(scope, started_at, guard)
    write_relistings(scope, started_at)
    return "; ".join(reasons) or None


def count_signals(scope: Scope, started_at: datetime, guard: Guard) -> list[str]:
    """Count the crawl's signals of absence that are believed; why those of a site are not."""
    reasons = []
    for (site_id, host), signals in _signals_by_site(scope).items():
        vanished = len({signal.article_id for signal in signals})
        met = health(scope, site_id, host, started_at, vanished)
        if reason := met.distrust(guard):
            reasons.append(f"{host}: {reason}")
            continue
        for signal in signals:
            _count(scope, signal)
    return reasons


def unsettled_crawls() -> Select[Any]:
    """Ended crawls with signals of absence that are not counted, and when they began."""
    uncounted = (
        select(capture_facts.c.crawl_id)
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .where(capture_readings.c.absence.is_not(None), capture_readings.c.counted.is_(False))
    )
    return (
        select(crawls.c.id, crawls.c.started_at)
        .where(crawls.c.finish_reason.is_not(None), crawls.c.id.in_(uncounted))
        .order_by(crawls.c.id)
    )


def _signals_by_site(scope: Scope) -> dict[tuple[int, str], list[_Signal]]:
    by_site = defaultdict(list)
    for signal in _signals(scope):
        by_site[signal.site_id, signal.host].append(signal)
    return by_site


def _signals(scope: Scope) -> list[_Signal]:
    rows = scope.connection.execute(
        select(
            capture_facts.c.id,
            capture_facts.c.article_id,
            capture_facts.c.captured_at,
            capture_readings.c.absence,
            articles.c.site_id,
            sites.c.host,
        )
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(articles, articles.c.id == capture_facts.c.article_id)
        .join(sites, sites.c.id == articles.c.site_id)
        .where(
            capture_facts.c.crawl_id == scope.crawl_id,
            capture_readings.c.absence.is_not(None),
            capture_readings.c.counted.is_(False),
        )
        .order_by(capture_facts.c.captured_at, capture_facts.c.id)
    )
    return [
        _Signal(
            row.site_id,
            row.host,
            row.article_id,
            Sighting(row.id, row.captured_at, absence=row.absence),
        )
        for row in rows
    ]


def _count(scope: Scope, signal: _Signal) -> None:
    scope.connection.execute(
        update(capture_readings)
        .where(capture_readings.c.capture_id == signal.sighting.capture_id)
        .values(counted=True)
    )
    histories.take_in(scope, signal.article_id, signal.sighting)
