"""Every content against its digests."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from storage.article import Article, Attachment
from storage.content_rows import article_of
from storage.schema import content_attachments, contents
from storage.verifying.findings import UNREADABLE, Finding, Looked, Problem, keys, row, told

_CHUNK = 200


def check_contents(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Whether the stored fields are those that the digests name."""
    for ids in keys(engine, contents.c.id, sample, _CHUNK):
        with engine.connect() as connection:
            found = [problem for each in ids for problem in _content(connection, each)]
        yield Looked("contents", len(ids), tuple(found))


def _content(connection: Connection, content_id: int) -> Iterator[Finding]:
    where = row("contents", content_id)
    try:
        kept = connection.execute(select(contents).where(contents.c.id == content_id)).one()
        article = _article(connection, kept)
        field_digests, digest = dict(article.field_digests), article.digest
    except UNREADABLE as error:
        connection.rollback()
        yield Finding(where, Problem.UNREADABLE, told(error))
        return
    names = field_digests.keys() | kept.field_digests.keys()
    differing = [n for n in sorted(names) if field_digests.get(n) != kept.field_digests.get(n)]
    if differing or digest != kept.digest:
        yield Finding(where, Problem.DIGEST, ", ".join(differing))


def _article(connection: Connection, kept: Row[Any]) -> Article:
    attached = connection.execute(
        select(content_attachments.c.name, content_attachments.c.url)
        .where(content_attachments.c.content_id == kept.id)
        .order_by(content_attachments.c.position)
    )
    return article_of(kept, (Attachment(*found) for found in attached))
