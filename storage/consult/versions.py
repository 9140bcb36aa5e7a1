"""Showing a version: the one that stands, a numbered one, or what stood at an instant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from storage.article import Article, Attachment
from storage.consult.articles import ArticleHeld
from storage.content_rows import article_of
from storage.contract import attachments, versions
from storage.errors import UnknownArticle
from storage.history import CAPTURE_EVENTS, EventKind, State
from storage.schema import capture_facts, capture_readings, events

UNKNOWN = "unknown"
"""The state of an article at a time before anything of it was observed."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: what the article stated from its first capture to the first of the next."""

    id: int
    article_id: int
    number: int
    first_captured_at: datetime
    last_captured_at: datetime
    digest: str
    reader: str
    doubts: tuple[str, ...]
    content: Article


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer to "what did it say?".

    `version` is the text that stood, or the last one that did where `state` is `missing` or
    `gone`; None where nothing was read by then. `observed_at` is the last look at or before
    `as_of`, `next_observed_at` the first after it: between the two, nobody looked.
    """

    article: ArticleHeld
    version: Version | None
    current: bool
    state: str
    as_of: datetime | None = None
    observed_at: datetime | None = None
    next_observed_at: datetime | None = None


def show(connection: Connection, article: ArticleHeld) -> Shown:
    """The version that stands now."""
    return Shown(
        article,
        version=numbered(connection, article, article.versions) if article.versions else None,
        current=True,
        state=article.state if article.versions else UNKNOWN,
    )


def show_number(connection: Connection, article: ArticleHeld, number: int) -> Shown:
    """Version `number`. Raises UnknownArticle where there is none."""
    version = numbered(connection, article, number)
    current = number == article.versions
    return Shown(article, version, current, article.state if current else "superseded")


def show_as_of(connection: Connection, article: ArticleHeld, as_of: datetime) -> Shown:
    """What stood at `as_of`, as far as anybody looked."""
    number = connection.scalar(
        select(func.max(versions.c.number)).where(
            versions.c.article_id == article.id, versions.c.first_captured_at <= as_of
        )
    )
    observed_at, next_observed_at = _looks_around(connection, article.id, as_of)
    return Shown(
        article,
        version=numbered(connection, article, number) if number else None,
        current=bool(number) and number == article.versions,
        state=_state_at(connection, article.id, as_of),
        as_of=as_of,
        observed_at=observed_at,
        next_observed_at=next_observed_at,
    )


def numbered(connection: Connection, article: ArticleHeld, number: int) -> Version:
    """Version `number` of an article. Raises UnknownArticle where there is none."""
    row = connection.execute(
        select(versions).where(versions.c.article_id == article.id, versions.c.number == number)
    ).one_or_none()
    if row is None:
        raise UnknownArticle(f"article {article.id} has {article.versions} versions, no {number}")
    return Version(
        id=row.id,
        article_id=row.article_id,
        number=row.number,
        first_captured_at=row.first_captured_at,
        last_captured_at=row.last_captured_at,
        digest=row.digest,
        reader=row.reader,
        doubts=tuple(row.doubts),
        content=_content(connection, row),
    )


def _content(connection: Connection, row: Row[Any]) -> Article:
    attached = connection.execute(
        select(
            attachments.c.name,
            attachments.c.url,
            attachments.c.media_type,
            attachments.c.payload_digest,
        )
        .where(attachments.c.version_id == row.id)
        .order_by(attachments.c.position)
    )
    return article_of(row, (Attachment(*found) for found in attached))


def _state_at(connection: Connection, article_id: int, as_of: datetime) -> str:
    kind = connection.scalar(
        select(events.c.kind)
        .where(
            events.c.article_id == article_id,
            events.c.at <= as_of,
            events.c.kind.in_([kind.value for kind in CAPTURE_EVENTS]),
        )
        .order_by(events.c.at.desc(), events.c.id.desc())
        .limit(1)
    )
    if kind is None:
        return UNKNOWN
    return kind if kind in (EventKind.MISSING, EventKind.GONE) else State.PRESENT.value


def _looks_around(
    connection: Connection, article_id: int, as_of: datetime
) -> tuple[datetime | None, datetime | None]:
    """The last look at or before `as_of` that showed something, and the first after it."""
    telling = (
        select(capture_facts.c.captured_at)
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .where(
            capture_facts.c.article_id == article_id,
            or_(capture_readings.c.version_id.is_not(None), capture_readings.c.counted),
        )
        .subquery()
    )
    at = telling.c.captured_at
    before = connection.scalar(select(func.max(at)).where(at <= as_of))
    after = connection.scalar(select(func.min(at)).where(at > as_of))
    return before, after
