"""What a crawl met of a site's articles: the questions behind the guard's numbers.

Asked of what the crawl shows while it is taken in, and of nothing that came after it.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, or_, select

from storage.history import EventKind
from storage.judging import Outcome
from storage.schema import articles, capture_facts, capture_readings, events, frontier
from storage.writers.scope import Scope
from storage.writers.visits import Visit


class PagesMet:
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


def _at(url: ColumnElement[str], host: str) -> ColumnElement[bool]:
    return or_(
        *(url.startswith(f"{scheme}://{host}/", autoescape=True) for scheme in ("http", "https"))
    )
