"""A stored content as the article that it is: the one place that knows its columns."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from storage.article import Article, Attachment, Link
from storage.schema import content_attachments, contents, whole_body


def article_of(row: Row[Any], attachments: Iterable[Attachment]) -> Article:
    """The article of a row of `contents`, or of the contract's `versions`."""
    return Article(
        title=row.title,
        subtitle=row.subtitle,
        body=row.body,
        published=row.published,
        source=row.source,
        author=row.author,
        doc_number=row.doc_number,
        info=dict(row.fields),
        attachments=tuple(attachments),
        images=tuple(row.images),
        videos=tuple(row.videos),
        notes=tuple(row.notes),
        links=tuple(Link(*found) for found in row.links),
    )


def content_of(connection: Connection, content_id: int) -> Article:
    """A stored content, its files without their bytes."""
    return contents_of(connection, [content_id])[content_id]


def contents_of(connection: Connection, ids: Iterable[int]) -> dict[int, Article]:
    """Stored contents by id, their files without their bytes. A page's at once: what the
    database takes for a question is more than it takes for one content more."""
    wanted = sorted(set(ids))
    attached: dict[int, list[Attachment]] = defaultdict(list)
    for content_id, *file in connection.execute(
        select(
            content_attachments.c.content_id,
            content_attachments.c.name,
            content_attachments.c.url,
            content_attachments.c.media_type,
        )
        .where(content_attachments.c.content_id.in_(wanted))
        .order_by(content_attachments.c.content_id, content_attachments.c.position)
    ):
        attached[content_id].append(Attachment(*file))
    told: Select[Any] = select(*_TOLD).where(contents.c.id.in_(wanted))
    rows = connection.execute(told)
    return {row.id: article_of(row, attached.get(row.id, ())) for row in rows}


_TOLD = (
    contents.c.id,
    contents.c.title,
    contents.c.subtitle,
    whole_body,
    contents.c.published,
    contents.c.source,
    contents.c.author,
    contents.c.doc_number,
    contents.c.fields,
    contents.c.images,
    contents.c.videos,
    contents.c.notes,
    contents.c.links,
)
