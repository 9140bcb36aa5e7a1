"""What a server can be asked to confirm: the latest capture of an address, and its validators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, select

from storage.article import ArticleKey, Attachment
from storage.schema import (
    articles,
    capture_facts,
    capture_parts,
    capture_readings,
    content_attachments,
    sites,
)
from storage.values import ATTACHMENT, PART


@dataclass(frozen=True, slots=True)
class Known:
    """The latest capture of an address, with what its server said to recognise its bytes by; None
    where that was a confirmation itself: a server's word is never taken twice in a row."""

    capture_id: int
    captured_at: datetime
    etag: str | None
    last_modified: str | None


def known(row: Any) -> Known:
    """A row of `capture_facts` as what may be confirmed."""
    headers = {name.lower(): value for name, value in row.headers.items()}
    if row.revalidates is not None:
        headers = {}
    return Known(row.id, row.captured_at, headers.get("etag"), headers.get("last-modified"))


def known_page(connection: Connection, key: ArticleKey, url: str) -> Known | None:
    """The latest capture of an article's page, if it is one that a 304 would confirm: a whole
    page at this address that was read as the article. One that goes on on further pages is none:
    its first page says nothing of them."""
    row = connection.execute(
        select(
            capture_facts,
            capture_readings.c.content_id,
            exists().where(capture_parts.c.capture_id == capture_facts.c.id).label("goes_on"),
        )
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(articles, articles.c.id == capture_facts.c.article_id)
        .join(sites, sites.c.id == articles.c.site_id)
        .where(
            sites.c.host == key.host,
            articles.c.cms_id == key.cms_id,
            capture_readings.c.page_kind.not_in([ATTACHMENT, PART]),
        )
        .order_by(capture_facts.c.captured_at.desc(), capture_facts.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row.content_id is None or row.goes_on:
        return None
    return known(row) if row.url == url and row.final_url is None else None


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
