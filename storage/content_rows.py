"""A stored content as the article that it is: the one place that knows its columns."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row

from storage.article import Article, Attachment, Link


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
