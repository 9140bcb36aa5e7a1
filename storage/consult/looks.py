"""Captures as evidence: when and where we looked, what came, and the bytes themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import zstandard
from sqlalchemy import Connection, Select, and_, or_, select

from storage.contract import attachments, captures
from storage.errors import ArchiveUnusable, UnknownArticle
from storage.packed import packed_columns, unpack
from storage.schema import payloads, version_spans


@dataclass(frozen=True, slots=True, kw_only=True)
class LookQuery:
    """Captures of an article, newest first; `before` is the moment and the id of the last of the
    page before, `until` the last moment of a capture."""

    article_id: int
    limit: int = 50
    before: tuple[datetime, int] | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One capture, and what was read from it.

    `version` is the number of the version that it showed, `absence` the class of evidence that
    the article was not there. `revalidates` is the capture whose bytes the server confirmed
    (304); its own payload is then empty.
    """

    id: int
    article_id: int | None
    crawl_id: int
    url: str
    final_url: str | None
    captured_at: datetime
    recorded_at: datetime
    status: int
    page_kind: str | None
    outcome: str | None
    reason: str | None
    absence: str | None
    version: int | None
    reader: str | None
    headers: Mapping[str, Any]
    payload_digest: str
    size: int
    revalidates: int | None

    @property
    def media_type(self) -> str:
        """What the server called the bytes, in lower case, without parameters; may be empty."""
        return self._content_type.partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server named."""
        _, found, rest = self._content_type.lower().partition("charset=")
        return rest.partition(";")[0].strip(" \"'") or None if found else None

    @property
    def _content_type(self) -> str:
        for name, value in self.headers.items():
            if name.lower() == "content-type":
                return str(value[-1] if isinstance(value, list) and value else value)
        return ""


@dataclass(frozen=True, slots=True)
class FileHeld:
    """A file that a version offers, what is held of its bytes, and what they say.

    `unreadable` tells why nothing could be read, `scanned` that they are pictures of text.
    """

    position: int
    name: str
    url: str
    media_type: str | None
    payload_digest: str | None
    size: int | None
    format: str | None
    text: str | None
    pages: int | None
    scanned: bool
    unreadable: str | None


def looks(connection: Connection, query: LookQuery) -> list[Look]:
    """A page of captures."""
    rows = (
        _looks()
        .where(captures.c.article_id == query.article_id)
        .order_by(captures.c.captured_at.desc(), captures.c.id.desc())
        .limit(query.limit)
    )
    if query.before is not None:
        at, last = query.before
        same = and_(captures.c.captured_at == at, captures.c.id < last)
        rows = rows.where(or_(captures.c.captured_at < at, same))
    if query.until is not None:
        rows = rows.where(captures.c.captured_at <= query.until)
    return [Look(*row) for row in connection.execute(rows)]


def look(connection: Connection, capture_id: int) -> Look:
    """One capture. Raises UnknownArticle where there is none."""
    row = connection.execute(_looks().where(captures.c.id == capture_id)).one_or_none()
    if row is None:
        raise UnknownArticle(f"no capture {capture_id} is held")
    return Look(*row)


def payload(connection: Connection, digest: str) -> bytes:
    """The bytes that this digest names. Raises UnknownArticle where they are not held, and
    ArchiveUnusable where they are damaged."""
    query = select(*packed_columns).where(payloads.c.digest == digest)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownArticle(f"no payload {digest} is held")
    try:
        return unpack(connection, row)
    except zstandard.ZstdError as error:
        raise ArchiveUnusable(f"payload {digest} is damaged; see: cunzheng verify") from error


def files_of(connection: Connection, version_id: int) -> list[FileHeld]:
    """The files that a version offers, in its order."""
    rows = connection.execute(
        select(
            attachments.c.position,
            attachments.c.name,
            attachments.c.url,
            attachments.c.media_type,
            attachments.c.payload_digest,
            payloads.c.size,
            attachments.c.format,
            attachments.c.text,
            attachments.c.pages,
            attachments.c.scanned,
            attachments.c.unreadable,
        )
        .outerjoin(payloads, payloads.c.digest == attachments.c.payload_digest)
        .where(attachments.c.version_id == version_id)
        .order_by(attachments.c.position)
    )
    return [FileHeld(*row[:9], bool(row.scanned), row.unreadable) for row in rows]


def _looks() -> Select[Any]:
    return (
        select(
            captures.c.id,
            captures.c.article_id,
            captures.c.crawl_id,
            captures.c.url,
            captures.c.final_url,
            captures.c.captured_at,
            captures.c.recorded_at,
            captures.c.status,
            captures.c.page_kind,
            captures.c.outcome,
            captures.c.reason,
            captures.c.absence,
            version_spans.c.number,
            captures.c.reader,
            captures.c.headers,
            captures.c.payload_digest,
            payloads.c.size,
            captures.c.revalidates,
        )
        .join(payloads, payloads.c.digest == captures.c.payload_digest)
        .outerjoin(version_spans, version_spans.c.id == captures.c.version_id)
    )
