"""Every content against its digests."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from storage.article import Article, Attachment
from storage.content_rows import article_of
from storage.schema import content_attachments, contents, whole_contents
from storage.verifying.findings import Finding, Looked, Problem, look_through, row

_CHUNK = 200


def check_contents(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Whether the stored fields are those that the digests name."""
    return look_through(engine, "contents", contents.c.id, sample, _CHUNK, _content)


def _content(connection: Connection, content_id: int) -> Iterator[Finding]:
    kept = connection.execute(select(*whole_contents).where(contents.c.id == content_id)).one()
    article = _article(connection, kept)
    field_digests, digest = dict(article.field_digests), article.digest
    names = field_digests.keys() | kept.field_digests.keys()
    differing = [n for n in sorted(names) if field_digests.get(n) != kept.field_digests.get(n)]
    if differing or digest != kept.digest:
        yield Finding(row("contents", content_id), Problem.DIGEST, ", ".join(differing))


def _article(connection: Connection, kept: Row[Any]) -> Article:
    attached = connection.execute(
        select(content_attachments.c.name, content_attachments.c.url)
        .where(content_attachments.c.content_id == kept.id)
        .order_by(content_attachments.c.position)
    )
    return article_of(kept, (Attachment(*found) for found in attached))
