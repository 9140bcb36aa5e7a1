"""What a crawl met in a site's lists: the questions behind the guard's numbers."""

from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select

from storage.guard import SHRANK
from storage.schema import channels, placements, walks
from storage.writers.scope import Scope
from storage.writers.visits import Visit


class ListsMet:
    """The questions, each one query; articles are named by their ids."""

    def __init__(self, scope: Scope, visit: Visit) -> None:
        self._connection = scope.connection
        self._visit = visit

    def listed(self) -> set[int]:
        """Seen in a list that this crawl walked."""
        return self._ids(
            select(placements.c.article_id).where(
                placements.c.channel_id.in_(self._walked()),
                placements.c.last_listed_at >= self._visit.started_at,
                placements.c.first_listed_at <= self._visit.until,
            )
        )

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

    def _walked(self) -> Select[Any]:
        return (
            select(walks.c.channel_id)
            .join(channels, channels.c.id == walks.c.channel_id)
            .where(
                walks.c.crawl_id == self._visit.crawl_id,
                channels.c.site_id == self._visit.site_id,
            )
        )

    def _ids(self, query: Select[Any]) -> set[int]:
        return set(self._connection.scalars(query))


def _length(walk: Any) -> int | None:
    """How many rows a list has, as far as a walk learnt it."""
    if walk.whole or walk.stop_reason.startswith(SHRANK):
        return int(walk.articles_seen)
    if walk.verdict == "failed":
        return None
    return int(walk.claimed_total) if walk.claimed_total is not None else None
