"""Contents: each distinct content once, by its digest, with its attachments and its index."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import Connection, select, update

from storage import fulltext
from storage.article import Article
from storage.bodies import Base, as_kept
from storage.schema import content_attachments, contents, whole_body
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


def content_id(scope: Scope, read: Told, like: int | None) -> int:
    """The id of what was read; stored and indexed where it is seen for the first time, by
    difference with the content that it is `like`. What a better reader reads as the same is told
    by it from then on."""
    return content_of(scope, read, like).id


def content_of(scope: Scope, read: Told, like: int | None) -> KnownContent:
    """What was read, as it is stored then."""
    article = read.article
    assert article is not None
    known = scope.known.content(article.digest)
    if known is None:
        known = _store(scope, read, article, like)
    elif known.reader != read.reader:
        _tell_anew(scope, known.id, read, article, like)
        known = _as_known(known.id, read, article)
    scope.known.new_content(article.digest, known)
    return known


def _tell_anew(scope: Scope, known_id: int, read: Told, article: Article, like: int | None) -> None:
    """The same content in the words of a better reader: what is no content (the spaces within a
    line, links) may stand otherwise in it, and then is found otherwise."""
    connection = scope.connection
    its = contents.c.id == known_id
    was = connection.execute(select(contents.c.title, whole_body).where(its)).one()
    before = index_tokens(was.title, was.body)
    connection.execute(update(contents).where(its).values(_columns(read, article)))
    if was.body != article.body:
        _write_body(scope, known_id, article.body, like)
    unseal_content(connection, known_id)
    now = index_tokens(article.title, article.body)
    if now != before:
        fulltext.forget(connection, known_id, before)
        fulltext.write(connection, known_id, now)


def _write_body(scope: Scope, content_id: int, body: str, like: int | None) -> None:
    """Another body for a content, and for those that rest on it what they then say beyond it."""
    connection = scope.connection
    resting = _resting(connection, content_id)
    new = _body(scope, content_id, body, None if resting else like)
    connection.execute(update(contents).where(contents.c.id == content_id).values(new))
    for id_, said in resting.items():
        kept = as_kept(said, Base(content_id, body))
        connection.execute(update(contents).where(contents.c.id == id_).values(kept))


def _resting(connection: Connection, base_id: int) -> dict[int, str]:
    """The bodies that are kept by difference with a content, whole, by id."""
    query = select(contents.c.id, whole_body).where(contents.c.base_id == base_id)
    return {row.id: row.body for row in connection.execute(query)}


def _body(scope: Scope, content_id: int, body: str, like: int | None) -> dict[str, Any]:
    """A body whole, or by difference with the content that it is like, or with that one's base."""
    base = scope.known.base_of(like) if like is not None else None
    kept = as_kept(body, base if base and base.id != content_id else None)
    rests = base if kept["base_id"] is not None else None
    scope.known.new_base(content_id, rests or Base(content_id, body))
    return kept


def _store(scope: Scope, read: Told, article: Article, like: int | None) -> KnownContent:
    new_id = scope.ids.next(contents)
    body = _body(scope, new_id, article.body, like)
    scope.pending.insert(contents, {"id": new_id} | _columns(read, article) | body)
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
