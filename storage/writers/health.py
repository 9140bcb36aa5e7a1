"""Health: what a crawl met at one site, and whether its signs of absence are believed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CompoundSelect, func, or_, select

from storage.judging import Outcome
from storage.schema import articles, capture_facts, capture_readings, frontier, placements, walks
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


def health(scope: Scope, site_id: int, host: str, started_at: datetime, vanished: int) -> Health:
    """What the crawl met at one site so far. Each site stands for itself: that another one
    answers well says nothing of this one's outage."""
    tally = _outcomes(scope, host)
    return Health(
        checked=_checked(scope, site_id, started_at),
        vanished=vanished,
        fetched=sum(tally.values()),
        failed=tally.get(Outcome.FAILED.value, 0),
        good=_good(scope, host),
    )


def _outcomes(scope: Scope, host: str) -> dict[str, int]:
    rows = scope.connection.execute(
        select(frontier.c.outcome, func.count())
        .where(
            frontier.c.crawl_id == scope.crawl_id,
            frontier.c.outcome.is_not(None),
            _at(frontier.c.url, host),
        )
        .group_by(frontier.c.outcome)
    )
    return {row[0]: row[1] for row in rows}


def _checked(scope: Scope, site_id: int, started_at: datetime) -> int:
    both = _looked_at(scope, started_at).subquery()
    return (
        scope.connection.scalar(
            select(func.count())
            .select_from(both)
            .join(articles, articles.c.id == both.c.article_id)
            .where(articles.c.site_id == site_id)
        )
        or 0
    )


def _looked_at(scope: Scope, started_at: datetime) -> CompoundSelect[tuple[int]]:
    """Articles that this crawl captured, and those that stand in a list that it walked."""
    captured = select(capture_facts.c.article_id).where(
        capture_facts.c.crawl_id == scope.crawl_id, capture_facts.c.article_id.is_not(None)
    )
    walked = select(walks.c.channel_id).where(walks.c.crawl_id == scope.crawl_id)
    listed = select(placements.c.article_id).where(
        placements.c.channel_id.in_(walked),
        placements.c.last_listed_at >= started_at,
        placements.c.left_at.is_(None),
    )
    return captured.union(listed)


def _good(scope: Scope, host: str) -> int:
    good = (Outcome.READ.value, Outcome.NEW.value, Outcome.CHANGED.value, Outcome.UNCHANGED.value)
    return (
        scope.connection.scalar(
            select(func.count())
            .select_from(capture_readings)
            .join(capture_facts, capture_facts.c.id == capture_readings.c.capture_id)
            .where(
                capture_facts.c.crawl_id == scope.crawl_id,
                _at(capture_facts.c.url, host),
                capture_readings.c.outcome.in_(good),
                capture_readings.c.page_kind.in_(("article", "channel", "listing")),
            )
        )
        or 0
    )


def _at(url: ColumnElement[str], host: str) -> ColumnElement[bool]:
    return or_(
        *(url.startswith(f"{scheme}://{host}/", autoescape=True) for scheme in ("http", "https"))
    )
