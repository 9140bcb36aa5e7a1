"""Before: what stood in the lists before something was taken in, so that it can be taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Row, delete, true, update

from storage.schema import articles, elsewhere, placements
from storage.writers.scope import Scope

Image = tuple[int, str, str | None]
"""A placement: its id, when it was listed last, when it left."""


@dataclass
class Before:
    """The placements that were made, and the images of what was altered, in the order in which
    that was done. Times are ISO 8601, since this is kept as JSON."""

    made: list[int] = field(default_factory=list)
    placements: list[Image] = field(default_factory=list)
    urls: list[tuple[int, str]] = field(default_factory=list)
    elsewhere: list[tuple[str, Mapping[str, Any] | None]] = field(default_factory=list)
    lasted: tuple[str, str] | None = None
    """Where nothing was done but that all that stood lasted longer: since and until when."""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """What was kept with `as_json`."""
        return cls(**kept)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def image(self, row: Row[Any]) -> Image:
        left = row.left_at.isoformat() if row.left_at else None
        return row.id, row.last_listed_at.isoformat(), left

    def row(self, url: str, old: Row[Any] | None) -> tuple[str, Mapping[str, Any] | None]:
        """An entry that leads elsewhere, None where the channel did not have it."""
        if old is None:
            return url, None
        at = old.last_listed_at.isoformat()
        return url, {"listed_title": old.listed_title, "listed_on": old.listed_on, "at": at}


def take_back(scope: Scope, channel_id: int, before: Before) -> None:
    """Make a channel's lists what they were before; the last thing done goes first."""
    connection = scope.connection
    if before.lasted is not None:
        since, until = map(datetime.fromisoformat, before.lasted)
        last_on(scope, channel_id, until, since)
    connection.execute(delete(placements).where(placements.c.id.in_(before.made)))
    for placement_id, last, left in reversed(before.placements):
        connection.execute(
            update(placements)
            .where(placements.c.id == placement_id)
            .values(last_listed_at=datetime.fromisoformat(last), left_at=_moment(left))
        )
    for article_id, url in reversed(before.urls):
        connection.execute(update(articles).where(articles.c.id == article_id).values(url=url))
    _elsewhere(scope, channel_id, reversed(before.elsewhere))


def last_on(scope: Scope, channel_id: int, since: datetime, until: datetime) -> None:
    """Let all that stands in a channel's list, told last `since` then, be told last at `until`."""
    stands = placements.c.left_at.is_(None)
    for table, which in ((placements, stands), (elsewhere, true())):
        its = (table.c.channel_id == channel_id) & (table.c.last_listed_at == since) & which
        scope.connection.execute(update(table).where(its).values(last_listed_at=until))


def _elsewhere(
    scope: Scope, channel_id: int, rows: Iterable[tuple[str, Mapping[str, Any] | None]]
) -> None:
    for url, old in rows:
        this = (elsewhere.c.channel_id == channel_id) & (elsewhere.c.url == url)
        if old is None:
            scope.connection.execute(delete(elsewhere).where(this))
            continue
        values = {"listed_title": old["listed_title"], "listed_on": old["listed_on"]}
        at = datetime.fromisoformat(old["at"])
        scope.connection.execute(update(elsewhere).where(this).values(last_listed_at=at, **values))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
