"""Books: what a transaction wrote is linked and sealed before it ends, and a crawl that ends is
closed with one digest over all that it wrote."""

import sys
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from storage.links import START, linked, stated
from storage.locating import Said, summed
from storage.schema import (
    articles,
    capture_chain,
    capture_facts,
    contents,
    crawl_seals,
    crawls,
    document_texts,
    frontier,
    version_chain,
    walks,
    withdrawn_versions,
)
from storage.writers.chains import link_captures, link_versions
from storage.writers.seals import (
    CONTENT,
    DOCUMENT,
    WITHDRAWN,
    contents_of,
    documents_of,
    put,
    seal_captures,
    seal_sites,
    unseal_histories,
    unseal_sites,
    withdrawn_of,
)

_CHUNK = 500
ADDRESS_SUMS, LINK_SUMS = "frontier sums", "links sums"
"""Among the parts of a crawl's seal, by which the one row is told that is not what it was."""


def keep_books(connection: Connection, site_ids: Collection[int] = ()) -> None:
    """Link and seal what this transaction recorded; at these sites a crawl is on the way."""
    for rows in link_captures(connection):
        seal_captures(connection, [row.id for row in rows])
        link_versions(connection, {row.article_id for row in rows if row.article_id is not None})
    unseal_sites(connection, site_ids)


def keep_article(connection: Connection, article_id: int) -> None:
    """The same, where an article's history was made anew: what is said otherwise of its versions
    than it was last, or no more, is linked too."""
    keep_books(connection)
    link_versions(connection, [article_id])
    its_site = select(articles.c.site_id).where(articles.c.id == article_id)
    unseal_histories(connection, connection.execute(its_site).scalar_one())


def close_books(connection: Connection, crawl_id: int) -> None:
    """The same, for the last time in a crawl that has ended, and its one digest."""
    keep_books(connection)
    seal_sites(connection)
    _seal_crawl(connection, crawl_id)


def seal_all(connection: Connection) -> None:
    """Link and seal what an archive held before there were chains; but for its sites, which a later
    step seals with the tables that it makes."""
    keep_books(connection)
    _seal_rest(connection)
    ended = select(crawls.c.id).where(crawls.c.finish_reason.is_not(None))
    for crawl_id in connection.scalars(ended.order_by(crawls.c.finished_at, crawls.c.id)).all():
        _seal_crawl(connection, crawl_id)


def head(connection: Connection) -> tuple[int, bytes] | None:
    """The crawl that ended last and its digest, which stands for all that was recorded before;
    None for an archive without crawls that ended."""
    row = connection.execute(
        select(crawl_seals.c.crawl_id, crawl_seals.c.digest)
        .order_by(crawl_seals.c.id.desc())
        .limit(1)
    ).one_or_none()
    return (row.crawl_id, row.digest) if row else None


def parts_of(connection: Connection, crawl_id: int, version_links: int) -> dict[str, str]:
    """A digest of each kind of rows that a crawl wrote and that nothing alters after its end;
    versions as they were told up to the link that was the newest then."""
    wrote = _wrote(crawl_id, version_links, _links_before(connection, crawl_id))
    return {name: _digest(connection.execute(query)) for name, query in wrote.items()}


def addresses_of(connection: Connection, crawl_id: int) -> list[Said]:
    """The addresses of a crawl, row by row, as its sums are made of them."""
    rows = connection.execute(_wrote(crawl_id, 0, 0)["frontier"])
    return [(row.url, stated(list(row)).decode()) for row in rows]


def links_of(connection: Connection, crawl_id: int, version_links: int) -> list[Said]:
    """What was said of versions from the end of the crawl before up to its own, in the same way."""
    query = _wrote(crawl_id, version_links, _links_before(connection, crawl_id))["links"]
    return [(row.id, stated(list(row)).decode()) for row in connection.execute(query)]


def _links_before(connection: Connection, crawl_id: int) -> int:
    """The newest link of versions as the crawl ended that ended before this one."""
    its = select(crawl_seals.c.id).where(crawl_seals.c.crawl_id == crawl_id).scalar_subquery()
    query = select(func.max(crawl_seals.c.version_links))
    before = query.where(crawl_seals.c.id < func.coalesce(its, sys.maxsize))
    return connection.scalar(before) or 0


def seal_digest(former: bytes, crawl_id: int, version_links: int, parts: dict[str, str]) -> bytes:
    """The one digest of a crawl, with that of the crawl which ended before it."""
    return linked(former, ["crawl/1", crawl_id, version_links, parts])


def _seal_crawl(connection: Connection, crawl_id: int) -> None:
    upto = connection.scalar(select(func.max(version_chain.c.id))) or 0
    parts = parts_of(connection, crawl_id, upto) | {
        ADDRESS_SUMS: bytes(summed(addresses_of(connection, crawl_id))).hex(),
        LINK_SUMS: bytes(summed(links_of(connection, crawl_id, upto))).hex(),
    }
    before = head(connection)
    digest = seal_digest(before[1] if before else START, crawl_id, upto, parts)
    connection.execute(
        crawl_seals.insert().values(
            crawl_id=crawl_id, version_links=upto, parts=parts, digest=digest
        )
    )


def _digest(rows: Iterable[Row[Any]]) -> str:
    digest = START
    for row in rows:
        digest = linked(digest, list(row))
    return digest.hex()


def _wrote(crawl_id: int, version_links: int, links_before: int) -> dict[str, Select[Any]]:
    its = capture_facts.c.crawl_id == crawl_id
    return {
        "crawls": select(
            *(crawls.c[name] for name in ("id", "spider", "target", "started_at")),
            *(crawls.c[name] for name in ("finished_at", "finish_reason", "stats")),
        ).where(crawls.c.id == crawl_id),
        "captures": select(capture_facts.c.id, capture_chain.c.digest)
        .outerjoin(capture_chain, capture_chain.c.capture_id == capture_facts.c.id)
        .where(its)
        .order_by(capture_facts.c.id),
        "versions": select(version_chain.c.id, version_chain.c.digest)
        .join(capture_facts, capture_facts.c.id == version_chain.c.first_capture_id)
        .where(its, version_chain.c.id <= version_links)
        .order_by(version_chain.c.id),
        "links": select(version_chain.c.id, version_chain.c.digest)
        .where(version_chain.c.id > links_before, version_chain.c.id <= version_links)
        .order_by(version_chain.c.id),
        "walks": select(*(walks.c[name] for name in _WALK))
        .where(walks.c.crawl_id == crawl_id)
        .order_by(walks.c.id),
        "frontier": select(*(frontier.c[name] for name in _ADDRESS))
        .where(frontier.c.crawl_id == crawl_id)
        .order_by(frontier.c.url),
    }


_WALK = (
    "id", "crawl_id", "channel_id", "walked_at", "claimed_total", "entries_seen", "articles_seen",
    "repeats", "off_site", "pages", "whole",
)  # fmt: skip
"""Without the verdict, which is judged anew where a crawl before it is released."""

_ADDRESS = (
    "crawl_id", "url", "kind", "cms_id", "listed_title", "outcome", "detail", "added_at",
    "ended_at",
)  # fmt: skip


def _seal_rest(connection: Connection) -> None:
    """Contents that no capture shows any more, the texts of files, and withdrawn versions."""
    for ids in _in_chunks(connection, select(contents.c.id)):
        put(connection, CONTENT, contents_of(connection, ids))
    for digests in _in_chunks(connection, select(document_texts.c.payload_digest)):
        put(connection, DOCUMENT, documents_of(connection, digests))
    for ids in _in_chunks(connection, select(withdrawn_versions.c.id)):
        put(connection, WITHDRAWN, withdrawn_of(connection, ids))


def _in_chunks(connection: Connection, query: Select[Any]) -> Iterable[list[Any]]:
    found = list(connection.scalars(query))
    return (found[at : at + _CHUNK] for at in range(0, len(found), _CHUNK))
