"""What a crawl needs to know of the files of articles: which it holds, and which it never got."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, select

from storage.article import ArticleKey, file_key
from storage.confirming import Known, known
from storage.judging import Outcome
from storage.schema import (
    articles,
    capture_facts,
    capture_readings,
    content_attachments,
    document_texts,
    frontier,
    sites,
    version_files,
    version_spans,
)
from storage.values import ATTACHMENT

MOST_TRIES = 3
"""How many crawls ask for a file in vain before it is left alone."""


@dataclass(frozen=True, slots=True)
class FileWanted:
    """A file that the newest version of an article offers and whose bytes are not held."""

    key: ArticleKey
    url: str
    name: str


def held_files(connection: Connection, key: ArticleKey) -> dict[str, Known]:
    """The files of an article whose bytes are held, by `storage.article.file_key`."""
    rows = connection.execute(
        select(
            capture_facts.c.id,
            capture_facts.c.url,
            capture_facts.c.captured_at,
            capture_facts.c.headers,
            capture_facts.c.revalidates,
        )
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .join(articles, articles.c.id == capture_facts.c.article_id)
        .join(sites, sites.c.id == articles.c.site_id)
        .where(
            sites.c.host == key.host,
            articles.c.cms_id == key.cms_id,
            capture_readings.c.page_kind == ATTACHMENT,
            capture_readings.c.counted,
        )
        .order_by(capture_facts.c.captured_at, capture_facts.c.id)
    )
    return {file_key(row.url): known(row) for row in rows}


def is_read(connection: Connection, payload_digest: str, reader: str) -> bool:
    """Whether this reader has read the text of these bytes already."""
    found = connection.scalar(
        select(document_texts.c.reader).where(document_texts.c.payload_digest == payload_digest)
    )
    return found == reader


def unfetched(connection: Connection, host: str, crawl_id: int) -> list[FileWanted]:
    """Files of a site that are offered and not held: their turn has not come, or failed. Those
    that were refused, were not there, or failed too often are left alone."""
    rows = connection.execute(
        _offered()
        .where(
            sites.c.host == host,
            version_files.c.payload_digest.is_(None),
            ~_asked_in_vain(crawl_id),
        )
        .order_by(articles.c.id, content_attachments.c.position)
    )
    return [FileWanted(ArticleKey(host, row.cms_id), row.url, row.name) for row in rows]


def _offered() -> Select[Any]:
    newest = and_(
        version_spans.c.article_id == articles.c.id, version_spans.c.number == articles.c.versions
    )
    file = and_(
        version_files.c.version_id == version_spans.c.id,
        version_files.c.position == content_attachments.c.position,
    )
    return (
        select(articles.c.cms_id, content_attachments.c.url, content_attachments.c.name)
        .join(sites, sites.c.id == articles.c.site_id)
        .join(version_spans, newest)
        .join(content_attachments, content_attachments.c.content_id == version_spans.c.content_id)
        .outerjoin(version_files, file)
    )


def _asked_in_vain(crawl_id: int) -> Any:
    """In this crawl whatever came of it, in earlier ones for good, or too often."""
    asked = (frontier.c.kind == ATTACHMENT) & (frontier.c.url == content_attachments.c.url)
    for_good = frontier.c.outcome.in_([Outcome.DISALLOWED, Outcome.GONE_SIGNAL])
    tries = select(func.count()).select_from(frontier).where(asked).scalar_subquery()
    settled = exists().where(asked & ((frontier.c.crawl_id == crawl_id) | for_good))
    return settled | (tries >= MOST_TRIES)
