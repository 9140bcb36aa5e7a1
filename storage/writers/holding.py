"""Holding: a crawl that is not believed at a site is put aside there, and given back its place.

Its captures stay: they are facts. Put aside, they show nothing: the site's histories and lists are
what they were before it, whatever they had become while it went on.
"""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, Select, and_, select, update

from storage.guard import Reason
from storage.judging import Outcome
from storage.schema import articles, capture_facts, capture_readings, crawls, holds
from storage.writers import histories, journal
from storage.writers.scope import Scope
from storage.writers.seals import seal_captures, unseal_sites
from storage.writers.visits import Visit


def hold(scope: Scope, visit: Visit, reasons: Sequence[Reason], *, whole: bool) -> None:
    """Put aside what a crawl met at a site: all of it, or its signs of absence alone."""
    unseal_sites(scope.connection, [visit.site_id])
    scope.connection.execute(
        holds.insert().values(
            crawl_id=visit.crawl_id,
            site_id=visit.site_id,
            whole=whole,
            because=[asdict(reason) for reason in reasons],
            held_at=scope.recorded_at,
        )
    )
    if whole:
        journal.replay(scope, visit.site_id, visit.crawl_id)
    _put_aside(scope, visit, whole=whole)


def let_go(scope: Scope, visit: Visit, by: str) -> int:
    """Give what was put aside its place again, as if it had never been; how many articles it
    concerns. Raises nothing where nothing was put aside."""
    unseal_sites(scope.connection, [visit.site_id])
    held = _this(visit) & holds.c.released_at.is_(None)
    whole = scope.connection.scalar(select(holds.c.whole).where(held))
    scope.connection.execute(
        update(holds).where(held).values(released_at=scope.recorded_at, released_by=by)
    )
    if whole:
        journal.replay(scope, visit.site_id, visit.crawl_id)
    return _take_in(scope, visit)


def tell_crawl(scope: Scope, crawl_id: int) -> None:
    """Write to the row of a crawl whether it is held at any site."""
    still = select(holds.c.site_id).where(
        holds.c.crawl_id == crawl_id, holds.c.released_at.is_(None)
    )
    held = scope.connection.scalar(still.limit(1)) is not None
    scope.connection.execute(update(crawls).where(crawls.c.id == crawl_id).values(held=held))


def _put_aside(scope: Scope, visit: Visit, *, whole: bool) -> None:
    readings = capture_readings.c
    which = readings.counted if whole else readings.counted & readings.absence.is_not(None)
    touched = _articles(scope, visit, which)
    ids = _captures(visit)
    _update(scope, ids, readings.counted & readings.absence.is_not(None), Outcome.GONE_SIGNAL)
    if whole:
        _update(scope, ids, readings.counted & readings.absence.is_(None), Outcome.HELD)
    _seal(scope, visit)
    for article_id in touched:
        histories.refold(scope, article_id, withdraw=False)


def _update(
    scope: Scope, ids: Select[tuple[int]], which: ColumnElement[bool], outcome: Outcome
) -> None:
    scope.connection.execute(
        update(capture_readings)
        .where(capture_readings.c.capture_id.in_(ids), which)
        .values(counted=False, version_id=None, outcome=outcome.value)
    )


def _take_in(scope: Scope, visit: Visit) -> int:
    readings = capture_readings.c
    aside = (readings.outcome == Outcome.HELD.value) | readings.absence.is_not(None)
    which = aside & readings.counted.is_(False)
    touched = _articles(scope, visit, which)
    scope.connection.execute(
        update(capture_readings)
        .where(capture_readings.c.capture_id.in_(_captures(visit)), which)
        .values(counted=True)
    )
    _seal(scope, visit)
    for article_id in touched:
        histories.refold(scope, article_id)
    return len(touched)


def _seal(scope: Scope, visit: Visit) -> None:
    seal_captures(scope.connection, [row.id for row in scope.connection.execute(_captures(visit))])


def _articles(scope: Scope, visit: Visit, which: ColumnElement[bool]) -> list[int]:
    query = (
        select(capture_facts.c.article_id)
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(articles, articles.c.id == capture_facts.c.article_id)
        .where(
            capture_facts.c.crawl_id == visit.crawl_id, articles.c.site_id == visit.site_id, which
        )
        .distinct()
        .order_by(capture_facts.c.article_id)
    )
    return [id_ for id_ in scope.connection.scalars(query) if id_ is not None]


def _captures(visit: Visit) -> Select[tuple[int]]:
    return (
        select(capture_facts.c.id)
        .join(articles, articles.c.id == capture_facts.c.article_id)
        .where(capture_facts.c.crawl_id == visit.crawl_id, articles.c.site_id == visit.site_id)
    )


def _this(visit: Visit) -> ColumnElement[bool]:
    return and_(holds.c.crawl_id == visit.crawl_id, holds.c.site_id == visit.site_id)
