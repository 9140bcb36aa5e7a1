"""Contents: each distinct content once, by its digest, with its attachments and its index."""

from typing import cast

from sqlalchemy import select, text

from storage.article import Article
from storage.schema import content_attachments, contents
from storage.search_index import index_text
from storage.values import Captured
from storage.writers.scope import Scope


def content_id(scope: Scope, captured: Captured) -> int:
    """The id of a capture's content; stored and indexed where it is seen for the first time."""
    article = captured.article
    assert article is not None
    found = scope.connection.scalar(
        select(contents.c.id).where(contents.c.digest == article.digest)
    )
    if found is not None:
        return cast(int, found)
    new_id = _store(scope, captured, article)
    _store_attachments(scope, new_id, article)
    _index(scope, new_id, article)
    return new_id


def _store(scope: Scope, captured: Captured, article: Article) -> int:
    return scope.new_row(
        contents.insert().values(
            digest=article.digest,
            title=article.title,
            published=article.published,
            source=article.source,
            author=article.author,
            doc_number=article.doc_number,
            body=article.body,
            fields=dict(article.info),
            images=list(article.images),
            subtitle=article.subtitle,
            videos=list(article.videos),
            notes=list(article.notes),
            links=[[link.text, link.url] for link in article.links],
            field_digests=dict(article.field_digests),
            origins=dict(captured.origins),
            doubts=list(captured.doubts),
            reader=captured.reader,
        )
    )


def _store_attachments(scope: Scope, new_id: int, article: Article) -> None:
    rows = [
        {
            "content_id": new_id,
            "position": position,
            "name": attachment.name,
            "url": attachment.url,
            "media_type": attachment.media_type,
        }
        for position, attachment in enumerate(article.attachments, 1)
    ]
    if rows:
        scope.connection.execute(content_attachments.insert(), rows)


def _index(scope: Scope, new_id: int, article: Article) -> None:
    scope.connection.execute(
        text("INSERT INTO content_search (rowid, tokens) VALUES (:id, :tokens)"),
        {"id": new_id, "tokens": index_text(article.title, article.body)},
    )
