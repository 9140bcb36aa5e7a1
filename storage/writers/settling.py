"""Settling a crawl at its end: which signals of absence count, whether it is believed at all, and
what the listings show.

One signal says little by itself: only when a crawl is over is it known whether the host was
otherwise healthy, and where an article that left one list has gone. A crawl is judged by what it
would show: everything is taken in first, and put aside again where the guard trips.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, update

from storage.guard import Guard, Reason, told, tripped, unbelieved_signs
from storage.history import Sighting
from storage.schema import articles, capture_facts, capture_readings, crawls, holds
from storage.writers import histories
from storage.writers.held import is_held
from storage.writers.holding import hold, let_go, tell_crawl
from storage.writers.late import take_in_late
from storage.writers.measuring import measure
from storage.writers.relistings import write_relistings
from storage.writers.scope import Scope
from storage.writers.visits import Visit, visits


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a crawl is not believed at a site; `whole` where nothing of it is, else its signs of
    absence are not. No reasons where it is believed."""

    reasons: tuple[Reason, ...] = ()
    whole: bool = False


def settle(scope: Scope, guard: Guard) -> str | None:
    """Count the crawl's signals of absence, judge site by site what it met, and write what its
    listings show. Returns why it is held, None where it is not."""
    take_in_late(scope)
    count_signals(scope)
    reasons = [held for visit in visits(scope) if (held := _settled(scope, visit, guard))]
    started_at = scope.connection.scalar(
        select(crawls.c.started_at).where(crawls.c.id == scope.crawl_id)
    )
    assert started_at is not None
    write_relistings(scope, started_at)
    return "; ".join(reasons) or None


def judge(scope: Scope, visit: Visit, guard: Guard) -> Verdict:
    """Whether what a crawl met at a site is believed, by what it shows when all is taken in."""
    met = measure(scope, visit)
    if reasons := tripped(met, guard):
        return Verdict(reasons, whole=True)
    return Verdict(unbelieved_signs(met, guard))


def settle_again(scope: Scope, guard: Guard) -> None:
    """Count the signals of absence that only a better reader saw, of a crawl that ended long ago;
    where they are not believed, they go on waiting."""
    attempt = scope.connection.begin_nested()
    count_signals(scope)
    if any(judge(scope, visit, guard).reasons for visit in visits(scope)):
        attempt.rollback()
    else:
        attempt.commit()


def judge_again(scope: Scope, guard: Guard, by: str) -> bool:
    """Release a held crawl wherever it is believed as it reads today; whether it was, anywhere."""
    released = [_released(scope, visit, guard, by) for visit in held_visits(scope)]
    tell_crawl(scope, scope.crawl_id)
    return any(released)


def held_visits(scope: Scope) -> list[Visit]:
    """Where the crawl of a scope is held."""
    still = select(holds.c.site_id).where(
        holds.c.crawl_id == scope.crawl_id, holds.c.released_at.is_(None)
    )
    held = set(scope.connection.scalars(still))
    return [visit for visit in visits(scope) if visit.site_id in held]


def count_signals(scope: Scope) -> None:
    """Count the signals of absence that a crawl met and that are not counted yet, but for those of
    a site where it is held."""
    for article_id, sighting in _signals(scope):
        scope.connection.execute(
            update(capture_readings)
            .where(capture_readings.c.capture_id == sighting.capture_id)
            .values(counted=True)
        )
        histories.take_in(scope, article_id, sighting)


def unsettled_crawls() -> Select[Any]:
    """Ids of ended crawls with signals of absence that are not counted and not held."""
    return (
        _uncounted(capture_facts.c.crawl_id)
        .join(crawls, crawls.c.id == capture_facts.c.crawl_id)
        .where(crawls.c.finish_reason.is_not(None))
        .distinct()
        .order_by(capture_facts.c.crawl_id)
    )


def _settled(scope: Scope, visit: Visit, guard: Guard) -> str | None:
    verdict = judge(scope, visit, guard)
    if not verdict.reasons:
        return None
    hold(scope, visit, verdict.reasons, whole=verdict.whole)
    return f"{visit.host}: {told(verdict.reasons)}"


def _released(scope: Scope, visit: Visit, guard: Guard, by: str) -> bool:
    attempt = scope.connection.begin_nested()
    let_go(scope, visit, by)
    if judge(scope, visit, guard).reasons:
        attempt.rollback()
        return False
    attempt.commit()
    return True


def _signals(scope: Scope) -> list[tuple[int, Sighting]]:
    rows = scope.connection.execute(
        _uncounted(
            capture_facts.c.id,
            capture_facts.c.article_id,
            capture_facts.c.captured_at,
            capture_readings.c.absence,
        )
        .where(capture_facts.c.crawl_id == scope.crawl_id)
        .order_by(capture_facts.c.captured_at, capture_facts.c.id)
    )
    return [
        (row.article_id, Sighting(row.id, row.captured_at, absence=row.absence)) for row in rows
    ]


def _uncounted(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(articles, articles.c.id == capture_facts.c.article_id)
        .where(
            capture_readings.c.absence.is_not(None),
            capture_readings.c.counted.is_(False),
            ~is_held(capture_facts.c.crawl_id, articles.c.site_id, whole=False),
        )
    )
