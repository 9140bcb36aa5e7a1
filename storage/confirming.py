"""What a server can be asked to confirm: the latest capture of an address, and its validators."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, select

from storage.article import Attachment
from storage.schema import (
    articles,
    capture_facts,
    capture_parts,
    capture_readings,
    content_attachments,
    contents,
)
from storage.values import ATTACHMENT, PART

_BY_LIST = "listing"


@dataclass(frozen=True, slots=True)
class Shown:
    """The bytes of a page by their digest, and its reader: the same bytes say the same to it. Not
    told of a page that a list had to name, since its title hangs on the list."""

    payload_digest: str
    reader: str


@dataclass(frozen=True, slots=True)
class Known:
    """The latest capture of an address, with what its server said to recognise its bytes by; None
    where that was a confirmation itself: a server's word is never taken twice in a row."""

    capture_id: int
    captured_at: datetime
    etag: str | None
    last_modified: str | None
    shows: Shown | None = None


def known(row: Any) -> Known:
    """A row of `capture_facts` as what may be confirmed."""
    headers = {name.lower(): value for name, value in row.headers.items()}
    if row.revalidates is not None:
        headers = {}
    return Known(row.id, row.captured_at, headers.get("etag"), headers.get("last-modified"))


def known_pages(connection: Connection, urls: Mapping[int, str]) -> dict[int, Known]:
    """The latest captures of the pages of articles, by their ids, at these addresses: of those that
    a 304 would confirm, whole pages that were read as the article. One that goes on on further
    pages is none: its first page says nothing of them."""
    rows = connection.execute(_newest_pages(urls))
    return {
        row.article_id: replace(known(row), shows=_shown(row))
        for row in rows
        if row.content_id is not None
        and not row.goes_on
        and row.final_url is None
        and row.url == urls[row.article_id]
    }


def _newest_pages(article_ids: Collection[int]) -> Select[Any]:
    """The newest capture of each article's own page, with what was read of it."""
    fact, read = capture_facts.alias(), capture_readings.alias()
    newest = (
        select(fact.c.id)
        .join(read, read.c.capture_id == fact.c.id)
        .where(fact.c.article_id == articles.c.id, read.c.page_kind.not_in([ATTACHMENT, PART]))
        .order_by(fact.c.captured_at.desc(), fact.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            capture_facts,
            capture_readings.c.content_id,
            capture_readings.c.reader,
            contents.c.origins,
            exists().where(capture_parts.c.capture_id == capture_facts.c.id).label("goes_on"),
        )
        .select_from(articles)
        .join(capture_facts, capture_facts.c.id == newest)
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(contents, contents.c.id == capture_readings.c.content_id)
        .where(articles.c.id.in_(article_ids))
    )


def _shown(row: Any) -> Shown | None:
    named_by_list = row.origins.get("title") in (None, _BY_LIST)
    return None if named_by_list else Shown(row.payload_digest, row.reader)


def offered_files(connection: Connection, capture_id: int) -> list[Attachment]:
    """The files that the content of a capture offers."""
    rows = connection.execute(
        select(
            content_attachments.c.name,
            content_attachments.c.url,
            content_attachments.c.media_type,
        )
        .join(capture_readings, capture_readings.c.content_id == content_attachments.c.content_id)
        .where(capture_readings.c.capture_id == capture_id)
        .order_by(content_attachments.c.position)
    )
    return [Attachment(*row) for row in rows]
