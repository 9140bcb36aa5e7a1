"""As of an instant: what lists held, what each article said, and what was not there any more.

Two clocks. By `captured`, an answer holds what had been seen by then, and is `unknown` where
nobody had looked. By `published`, it holds what the site itself dates up to then, also what was
seen later only: `seen_later` marks those.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from storage.consult.standing import standing_query
from storage.schema import channels, placements
from storage.storable import storable


class ByClock(StrEnum):
    """Whose clock decides what belongs to an instant: ours, or the one on the site's pages."""

    CAPTURED = "captured"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOfQuery:
    """Which articles, and when. `channel` is the CMS's id of a channel that had listed the article
    by then; `after` is the last article of the page before this one."""

    at: datetime
    host: str | None = None
    channel: str | None = None
    state: str | None = None
    clock: ByClock = ByClock.CAPTURED
    limit: int = 100
    after: int = 0


@dataclass(frozen=True, slots=True)
class Stood:
    """One article as it stood at an instant, as far as anybody had looked.

    `version` is the number of the text that stood, or that was seen last where `state` is
    `missing` or `gone`; None where none was read. `title` and `published` are that text's, else
    the list's. `captured_at` is the first capture that showed the text, `recorded_at` when the
    archive learnt of it: later for a capture that was found late. `channels` are the lists in
    which it stood then.
    """

    article_id: int
    host: str
    cms_id: str
    url: str
    title: str | None
    published: str | None
    state: str
    version: int | None
    captured_at: datetime | None
    recorded_at: datetime | None
    seen_later: bool
    channels: tuple[str, ...]

    @property
    def listed(self) -> bool:
        """Whether a list held it at that instant."""
        return bool(self.channels)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Where an article was listed by an instant: its last entry, and the channels that held it."""

    url: str
    title: str
    listed_on: str | None
    channels: tuple[str, ...]


def as_of(connection: Connection, query: AsOfQuery) -> list[Stood]:
    """A page of articles as they stood, by id."""
    stood = standing_query(storable(query)).subquery()
    page = select(stood).where(stood.c.id > query.after).order_by(stood.c.id).limit(query.limit)
    rows = connection.execute(page).all()
    listed = _lists(connection, [row.id for row in rows], query.at)
    return [_stood(row, listed.get(row.id), query.at) for row in rows]


def counted_as_of(connection: Connection, query: AsOfQuery) -> Mapping[str, int]:
    """How many articles stood in which state, over all pages of the query."""
    stood = standing_query(storable(query)).subquery()
    rows = connection.execute(select(stood.c.state, func.count()).group_by(stood.c.state))
    return {row.state: row[1] for row in sorted(rows)}


def _stood(row: Row[Any], lists: _Lists | None, at: datetime) -> Stood:
    read = row.version is not None
    return Stood(
        article_id=row.id,
        host=row.host,
        cms_id=row.cms_id,
        url=lists.url if lists else row.url,
        title=row.title if read else lists.title if lists else row.known_title,
        published=row.published if read else lists.listed_on if lists else None,
        state=row.state,
        version=row.version,
        captured_at=row.captured_at,
        recorded_at=row.recorded_at,
        seen_later=row.captured_at > at if read else lists is None and row.seen_at is None,
        channels=lists.channels if lists else (),
    )


def _lists(connection: Connection, ids: Sequence[int], at: datetime) -> Mapping[int, _Lists]:
    """Where these articles had been listed by `at`, by article id."""
    rows = defaultdict(list)
    for row in connection.execute(_entries(ids, at)):
        rows[row.article_id].append(row)
    return {article_id: _together(entries, at) for article_id, entries in rows.items()}


def _together(entries: Sequence[Row[Any]], at: datetime) -> _Lists:
    standing = [row for row in entries if row.left_at is None or row.left_at > at]
    last = (standing or entries)[-1]
    names = dict.fromkeys(row.name or row.cms_id for row in standing)
    return _Lists(last.url, last.listed_title, last.listed_on, tuple(names))


def _entries(ids: Sequence[int], at: datetime) -> Select[Any]:
    return (
        select(placements, channels.c.name, channels.c.cms_id)
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(placements.c.article_id.in_(ids), placements.c.first_listed_at <= at)
        .order_by(placements.c.first_listed_at, placements.c.id)
    )
