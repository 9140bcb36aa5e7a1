"""Contents: each distinct content once, by its digest, with its attachments and its index."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import select, update

from storage import fulltext
from storage.article import Article
from storage.schema import content_attachments, contents
from storage.search_index import index_tokens
from storage.writers.known import KnownContent
from storage.writers.scope import Scope
from storage.writers.seals import unseal_content


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
    return content_of(scope, read).id


def content_of(scope: Scope, read: Told) -> KnownContent:
    """What was read, as it is stored then."""
    article = read.article
    assert article is not None
    known = scope.known.content(article.digest)
    if known is None:
        known = _store(scope, read, article)
    elif known.reader != read.reader:
        _tell_anew(scope, known.id, read, article)
        known = _as_known(known.id, read, article)
    scope.known.new_content(article.digest, known)
    return known


def _tell_anew(scope: Scope, known_id: int, read: Told, article: Article) -> None:
    """The same content in the words of a better reader: what is no content (the spaces within a
    line, links) may stand otherwise in it, and then is found otherwise."""
    connection = scope.connection
    words = select(contents.c.title, contents.c.body).where(contents.c.id == known_id)
    before = index_tokens(*connection.execute(words).one())
    connection.execute(
        update(contents).where(contents.c.id == known_id).values(_columns(read, article))
    )
    unseal_content(connection, known_id)
    now = index_tokens(article.title, article.body)
    if now != before:
        fulltext.forget(connection, known_id, before)
        fulltext.write(connection, known_id, now)


def _store(scope: Scope, read: Told, article: Article) -> KnownContent:
    new_id = scope.ids.next(contents)
    scope.pending.insert(contents, {"id": new_id} | _columns(read, article))
    _store_attachments(scope, new_id, article)
    scope.pending.index(new_id, index_tokens(article.title, article.body))
    return _as_known(new_id, read, article)


def _as_known(id_: int, read: Told, article: Article) -> KnownContent:
    files = tuple((place, file.url) for place, file in enumerate(article.attachments, 1))
    return KnownContent(id_, article.title, article.published, read.reader, files)


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
    for position, attachment in enumerate(article.attachments, 1):
        row = {
            "content_id": new_id,
            "position": position,
            "name": attachment.name,
            "url": attachment.url,
            "media_type": attachment.media_type,
        }
        scope.pending.insert(content_attachments, row)
