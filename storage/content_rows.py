"""A stored content as the article that it is: the one place that knows its columns."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from storage.article import Article, Attachment, Link
from storage.schema import content_attachments, contents


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
    row = connection.execute(select(contents).where(contents.c.id == content_id)).one()
    attached = connection.execute(
        select(
            content_attachments.c.name,
            content_attachments.c.url,
            content_attachments.c.media_type,
        )
        .where(content_attachments.c.content_id == content_id)
        .order_by(content_attachments.c.position)
    )
    return article_of(row, (Attachment(*found) for found in attached))
