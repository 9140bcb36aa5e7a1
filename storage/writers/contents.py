"""Contents: each distinct content once, by its digest, with its attachments and its index."""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from sqlalchemy import Row, select, update

from storage import fulltext
from storage.article import Article
from storage.schema import content_attachments, contents
from storage.search_index import index_tokens
from storage.writers.scope import Scope


class Told(Protocol):
    """What was read of a page, and by which reader."""

    @property
    def article(self) -> Article | None: ...
    @property
    def origins(self) -> Mapping[str, str]: ...
    @property
    def doubts(self) -> tuple[str, ...]: ...
    @property
    def reader(self) -> str: ...


def content_id(scope: Scope, read: Told) -> int:
    """The id of what was read; stored and indexed where it is seen for the first time. What a
    better reader reads as the same is told by it from then on."""
    article = read.article
    assert article is not None
    found = scope.connection.execute(
        select(contents.c.id, contents.c.title, contents.c.body, contents.c.reader).where(
            contents.c.digest == article.digest
        )
    ).one_or_none()
    if found is not None:
        if found.reader != read.reader:
            _tell_anew(scope, found, read, article)
        return cast(int, found.id)
    new_id = _store(scope, read, article)
    _store_attachments(scope, new_id, article)
    fulltext.write(scope.connection, new_id, index_tokens(article.title, article.body))
    return new_id


def _tell_anew(scope: Scope, known: Row[Any, Any, Any, Any], read: Told, article: Article) -> None:
    """The same content in the words of a better reader: what is no content (the spaces within a
    line, links) may stand otherwise in it, and then is found otherwise."""
    scope.connection.execute(
        update(contents).where(contents.c.id == known.id).values(_columns(read, article))
    )
    now, before = (index_tokens(each.title, each.body) for each in (article, known))
    if now != before:
        fulltext.forget(scope.connection, known.id, before)
        fulltext.write(scope.connection, known.id, now)


def _store(scope: Scope, read: Told, article: Article) -> int:
    return scope.new_row(contents.insert().values(_columns(read, article)))


def _columns(read: Told, article: Article) -> dict[str, Any]:
    return {
        "digest": article.digest,
        "title": article.title,
        "published": article.published,
        "source": article.source,
        "author": article.author,
        "doc_number": article.doc_number,
        "body": article.body,
        "fields": dict(article.info),
        "images": list(article.images),
        "subtitle": article.subtitle,
        "videos": list(article.videos),
        "notes": list(article.notes),
        "links": [[link.text, link.url] for link in article.links],
        "field_digests": dict(article.field_digests),
        "origins": dict(read.origins),
        "doubts": list(read.doubts),
        "reader": read.reader,
    }


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
