"""Measuring: what a crawl met at one site, in the numbers by which the guard judges it.

All is asked of what the crawl shows while it is taken in, and of nothing that came after it: so
it can be asked again later, when a better reader has read it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, exists, func, or_, select

from storage.guard import SHRANK, Met
from storage.history import EventKind
from storage.judging import Outcome
from storage.schema import (
    articles,
    capture_facts,
    capture_readings,
    channels,
    crawls,
    events,
    frontier,
    placements,
    sites,
    walks,
)
from storage.writers.scope import Scope


@dataclass(frozen=True, slots=True)
class Visit:
    """One crawl at one site, from its beginning to its end, or until now."""

    crawl_id: int
    site_id: int
    host: str
    started_at: datetime
    until: datetime


def visits(scope: Scope) -> list[Visit]:
    """The crawl of a scope at each of the sites that it met."""
    captured = (
        select(articles.c.site_id)
        .join(capture_facts, capture_facts.c.article_id == articles.c.id)
        .where(capture_facts.c.crawl_id == scope.crawl_id)
    )
    walked = (
        select(channels.c.site_id)
        .join(walks, walks.c.channel_id == channels.c.id)
        .where(walks.c.crawl_id == scope.crawl_id)
    )
    asked = select(frontier.c.url).where(
        frontier.c.crawl_id == scope.crawl_id, frontier.c.kind == "article"
    )
    hosts = {url.split("/")[2] for url in scope.connection.scalars(asked) if "//" in url}
    met = or_(sites.c.id.in_(captured.union(walked)), sites.c.host.in_(hosts))
    crawl = scope.connection.execute(
        select(crawls.c.started_at, crawls.c.finished_at).where(crawls.c.id == scope.crawl_id)
    ).one()
    until = crawl.finished_at or scope.recorded_at
    rows = scope.connection.execute(
        select(sites.c.id, sites.c.host).where(met).order_by(sites.c.id)
    )
    return [Visit(scope.crawl_id, row.id, row.host, crawl.started_at, until) for row in rows]


def measure(scope: Scope, visit: Visit) -> Met:
    """What the crawl met there. Each site stands for itself: that another one answers well says
    nothing of this one's outage."""
    ask = _Asking(scope, visit)
    captured, listed, known = ask.captured(), ask.listed(), ask.held_before()
    checked = captured | listed
    missed = ask.missed()
    shown = ask.shown() & known
    compared = shown - ask.announced()
    changed = ask.changed() & known
    asked, failed = ask.asked(), ask.failed()
    known_ids = ask.ids_of(known)
    rows, rows_now = ask.rows()
    return Met(
        checked=len(checked | missed),
        revisited=len((checked | missed) & known),
        changed=len(changed),
        vanished=len(missed & known),
        compared=len(compared),
        differing=len(changed & compared),
        rebuilt=len(ask.rebuilt() & compared),
        asked=len(asked),
        failed=len(failed),
        asked_again=sum(cms_id in known_ids for _, cms_id in asked),
        failed_again=sum(cms_id in known_ids for _, cms_id in failed),
        signs=ask.signs(),
        missed=len(missed),
        rows=rows,
        rows_now=rows_now,
        good=ask.good(),
    )


class _Asking:
    """The questions, each one query; articles are named by their ids."""

    def __init__(self, scope: Scope, visit: Visit) -> None:
        self._connection = scope.connection
        self._visit = visit

    def captured(self) -> set[int]:
        """Captured in this crawl, whatever came; a capture that was found late is none of now."""
        return self._ids(self._captures(capture_facts.c.article_id))

    def shown(self) -> set[int]:
        """Read as articles in this crawl."""
        query = self._captures(capture_facts.c.article_id)
        return self._ids(query.where(capture_readings.c.content_id.is_not(None)))

    def changed(self) -> set[int]:
        """Shown otherwise than they stood, or offering another file."""
        query = self._captures(capture_facts.c.article_id)
        return self._ids(query.where(capture_readings.c.outcome == Outcome.CHANGED.value))

    def signs(self) -> int:
        """How many gave a sign of absence."""
        query = self._captures(func.count(distinct(capture_facts.c.article_id)))
        return self._count(query.where(capture_readings.c.absence.is_not(None)))

    def missed(self) -> set[int]:
        """Missing since this crawl."""
        return self._ids(
            select(events.c.article_id)
            .join(capture_facts, capture_facts.c.id == events.c.capture_id)
            .join(articles, articles.c.id == events.c.article_id)
            .where(
                capture_facts.c.crawl_id == self._visit.crawl_id,
                events.c.kind == EventKind.MISSING.value,
                articles.c.site_id == self._visit.site_id,
            )
        )

    def listed(self) -> set[int]:
        """Seen in a list that this crawl walked."""
        return self._ids(
            select(placements.c.article_id).where(
                placements.c.channel_id.in_(self._walked()),
                placements.c.last_listed_at >= self._visit.started_at,
                placements.c.first_listed_at <= self._visit.until,
            )
        )

    def held_before(self) -> set[int]:
        """Read before this crawl began."""
        return self._ids(
            select(articles.c.id).where(
                articles.c.site_id == self._visit.site_id,
                articles.c.first_captured_at < self._visit.started_at,
            )
        )

    def ids_of(self, known: set[int]) -> set[str]:
        """What the CMS calls these."""
        query = select(articles.c.id, articles.c.cms_id).where(
            articles.c.site_id == self._visit.site_id
        )
        return {row.cms_id for row in self._connection.execute(query) if row.id in known}

    def announced(self) -> set[int]:
        """Listed with another title or day than before, so that an edit was to be expected."""
        old = placements.alias()
        began = placements.c.first_listed_at
        other = or_(
            old.c.listed_title != placements.c.listed_title,
            old.c.listed_on.is_distinct_from(placements.c.listed_on),
        )
        same = and_(
            old.c.article_id == placements.c.article_id,
            old.c.channel_id == placements.c.channel_id,
        )
        return self._ids(
            select(placements.c.article_id).where(
                placements.c.channel_id.in_(self._walked()),
                began >= self._visit.started_at,
                began <= self._visit.until,
                exists().where(same, old.c.left_at == began, other),
            )
        )

    def rebuilt(self) -> set[int]:
        """Shown by a page whose structure no earlier page of the site had, where the structure of
        an earlier page of the same article is known."""
        skeleton = capture_readings.c.skeleton
        found = self._connection.execute(self._captures(capture_facts.c.article_id, skeleton))
        of_article = {row.article_id: row.skeleton for row in found if row.skeleton is not None}
        new = {each for each in set(of_article.values()) if not self._was_there(each)}
        known = self._known_pages() if new else set()
        return {id_ for id_, each in of_article.items() if each in new and id_ in known}

    def _known_pages(self) -> set[int]:
        article_id = capture_facts.c.article_id
        earlier, now = self._earlier(article_id), self._captures(article_id)
        return self._ids(earlier) & self._ids(now)

    def _was_there(self, skeleton: str) -> bool:
        query = self._earlier(capture_readings.c.capture_id)
        one = query.where(capture_readings.c.skeleton == skeleton).limit(1)
        return self._connection.scalar(one) is not None

    def asked(self) -> set[tuple[str, str | None]]:
        """The addresses of articles that were asked for, with what the CMS calls these."""
        return self._addresses(frontier.c.outcome.is_not(None))

    def failed(self) -> set[tuple[str, str | None]]:
        """Those that failed."""
        return self._addresses(frontier.c.outcome == Outcome.FAILED.value)

    def good(self) -> int:
        """How many pages of the host were read well."""
        good = (Outcome.READ, Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)
        return self._count(
            select(func.count())
            .select_from(capture_readings)
            .join(capture_facts, capture_facts.c.id == capture_readings.c.capture_id)
            .where(
                capture_facts.c.crawl_id == self._visit.crawl_id,
                _at(capture_facts.c.url, self._visit.host),
                capture_readings.c.outcome.in_([each.value for each in good]),
                capture_readings.c.page_kind.in_(("article", "channel", "listing")),
            )
        )

    def rows(self) -> tuple[int, int]:
        """How many articles stood in the lists whose length the crawl learnt, and stand now."""
        before = self._standing_before()
        last = (
            select(func.max(walks.c.id))
            .join(channels, channels.c.id == walks.c.channel_id)
            .where(
                walks.c.crawl_id == self._visit.crawl_id,
                channels.c.site_id == self._visit.site_id,
            )
            .group_by(walks.c.channel_id)
        )
        found = self._connection.execute(select(walks).where(walks.c.id.in_(last))).all()
        now = {row.channel_id: _length(row) for row in found}
        told = {id_: rows for id_, rows in now.items() if rows is not None and id_ in before}
        return sum(before[id_] for id_ in told), sum(told.values())

    def _standing_before(self) -> dict[int, int]:
        began = self._visit.started_at
        rows = self._connection.execute(
            select(placements.c.channel_id, func.count())
            .where(
                placements.c.channel_id.in_(self._walked()),
                placements.c.first_listed_at < began,
                or_(placements.c.left_at.is_(None), placements.c.left_at >= began),
            )
            .group_by(placements.c.channel_id)
        )
        return {row[0]: row[1] for row in rows}

    def _captures(self, *columns: Any) -> Select[Any]:
        return self._readings(*columns).where(
            capture_facts.c.crawl_id == self._visit.crawl_id,
            capture_facts.c.captured_at >= self._visit.started_at,
        )

    def _earlier(self, *columns: Any) -> Select[Any]:
        return self._readings(*columns).where(
            capture_facts.c.crawl_id < self._visit.crawl_id,
            capture_readings.c.counted,
            capture_readings.c.skeleton.is_not(None),
        )

    def _readings(self, *columns: Any) -> Select[Any]:
        return (
            select(*columns)
            .select_from(capture_facts)
            .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
            .join(articles, articles.c.id == capture_facts.c.article_id)
            .where(articles.c.site_id == self._visit.site_id)
        )

    def _walked(self) -> Select[Any]:
        return (
            select(walks.c.channel_id)
            .join(channels, channels.c.id == walks.c.channel_id)
            .where(
                walks.c.crawl_id == self._visit.crawl_id,
                channels.c.site_id == self._visit.site_id,
            )
        )

    def _addresses(self, which: ColumnElement[bool]) -> set[tuple[str, str | None]]:
        query = select(frontier.c.url, frontier.c.cms_id).where(
            frontier.c.crawl_id == self._visit.crawl_id,
            frontier.c.kind == "article",
            _at(frontier.c.url, self._visit.host),
            which,
        )
        return {(row.url, row.cms_id) for row in self._connection.execute(query)}

    def _ids(self, query: Select[Any]) -> set[int]:
        return set(self._connection.scalars(query))

    def _count(self, query: Select[Any]) -> int:
        return self._connection.scalar(query) or 0


def _length(walk: Any) -> int | None:
    """How many rows a list has, as far as a walk learnt it."""
    if walk.whole or walk.stop_reason.startswith(SHRANK):
        return int(walk.articles_seen)
    if walk.verdict == "failed":
        return None
    return int(walk.claimed_total) if walk.claimed_total is not None else None


def _at(url: ColumnElement[str], host: str) -> ColumnElement[bool]:
    return or_(
        *(url.startswith(f"{scheme}://{host}/", autoescape=True) for scheme in ("http", "https"))
    )
