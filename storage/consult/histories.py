"""The history of one article: its versions, events, captures, and where it was listed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage.consult.articles import ArticleHeld
from storage.contract import captures, versions
from storage.schema import channels, events, placements, version_spans


@dataclass(frozen=True, slots=True)
class VersionSpan:
    """One version in a history. `fields` are those that differ from the version before it."""

    number: int
    first_captured_at: datetime
    last_captured_at: datetime
    title: str
    digest: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventSeen:
    """One event of an article; versions by number. `id` is the archive's own, which a reread may
    give anew. `capture_id` is the look that showed it, None
    where lists did."""

    id: int
    at: datetime
    kind: str
    version: int | None
    previous_version: int | None
    fields: tuple[str, ...]
    evidence: Mapping[str, Any]
    capture_id: int | None


@dataclass(frozen=True, slots=True)
class CaptureSeen:
    """One look at the article, and what it showed."""

    id: int
    captured_at: datetime
    recorded_at: datetime
    url: str
    status: int
    outcome: str
    absence: str | None
    version: int | None
    payload_digest: str


@dataclass(frozen=True, slots=True)
class PlacementSeen:
    """One entry of a channel's list, for as long as it stood there unchanged."""

    id: int
    channel: str
    channel_cms_id: str
    url: str
    listed_title: str
    listed_on: str | None
    first_listed_at: datetime
    last_listed_at: datetime
    left_at: datetime | None
    channel_id: int


@dataclass(frozen=True, slots=True)
class History:
    """All that the archive knows of one article, oldest first."""

    article: ArticleHeld
    versions: tuple[VersionSpan, ...]
    events: tuple[EventSeen, ...]
    captures: tuple[CaptureSeen, ...]
    placements: tuple[PlacementSeen, ...]


def history(connection: Connection, article: ArticleHeld) -> History:
    """The whole history of an article."""
    happened = _events(connection, article.id)
    changed = {e.version: e.fields for e in happened if e.fields and e.version is not None}
    return History(
        article,
        versions=_versions(connection, article.id, changed),
        events=happened,
        captures=_captures(connection, article.id),
        placements=_placements(connection, article.id),
    )


def _versions(
    connection: Connection, article_id: int, changed: Mapping[int, tuple[str, ...]]
) -> tuple[VersionSpan, ...]:
    rows = connection.execute(
        select(
            versions.c.number,
            versions.c.first_captured_at,
            versions.c.last_captured_at,
            versions.c.title,
            versions.c.digest,
        )
        .where(versions.c.article_id == article_id)
        .order_by(versions.c.number)
    )
    return tuple(VersionSpan(*row, fields=changed.get(row.number, ())) for row in rows)


def _events(connection: Connection, article_id: int) -> tuple[EventSeen, ...]:
    shown, before = version_spans.alias(), version_spans.alias()
    rows = connection.execute(
        select(
            events.c.id,
            events.c.at,
            events.c.kind,
            shown.c.number.label("version"),
            before.c.number.label("previous"),
            events.c.fields,
            events.c.evidence,
            events.c.capture_id,
        )
        .outerjoin(shown, shown.c.id == events.c.version_id)
        .outerjoin(before, before.c.id == events.c.previous_version_id)
        .where(events.c.article_id == article_id)
        .order_by(events.c.at, events.c.id)
    )
    return tuple(
        EventSeen(
            row.id,
            row.at,
            row.kind,
            row.version,
            row.previous,
            tuple(row.fields),
            row.evidence,
            row.capture_id,
        )
        for row in rows
    )


def _captures(connection: Connection, article_id: int) -> tuple[CaptureSeen, ...]:
    rows = connection.execute(
        select(
            captures.c.id,
            captures.c.captured_at,
            captures.c.recorded_at,
            captures.c.url,
            captures.c.status,
            captures.c.outcome,
            captures.c.absence,
            version_spans.c.number,
            captures.c.payload_digest,
        )
        .outerjoin(version_spans, version_spans.c.id == captures.c.version_id)
        .where(captures.c.article_id == article_id)
        .order_by(captures.c.captured_at, captures.c.id)
    )
    return tuple(CaptureSeen(*row) for row in rows)


def _placements(connection: Connection, article_id: int) -> tuple[PlacementSeen, ...]:
    listed: Select[Any] = (
        select(
            placements.c.id,
            func.coalesce(channels.c.name, channels.c.cms_id),
            channels.c.cms_id,
            placements.c.url,
            placements.c.listed_title,
            placements.c.listed_on,
            placements.c.first_listed_at,
            placements.c.last_listed_at,
            placements.c.left_at,
            placements.c.channel_id,
        )
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(placements.c.article_id == article_id)
        .order_by(placements.c.first_listed_at, placements.c.id)
    )
    return tuple(PlacementSeen(*row) for row in connection.execute(listed))
