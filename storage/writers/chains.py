"""Chains: what was recorded of an article, each statement digested with the one before it, in the
order in which the archive learnt it: a capture that is found late is the chain's next, whenever it
was made. Nothing can be altered, taken out or put in between without all that follows differing.

A capture of no article is chained with the earlier ones of its address.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from storage.links import START, linked
from storage.schema import (
    articles,
    capture_chain,
    capture_facts,
    capture_parts,
    contents,
    sites,
    version_chain,
    version_spans,
)

_CHUNK = 500

Key = tuple[int | None, str]
"""Which chain: of an article, or of an address."""


def link_captures(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    """Link the captures that are in no chain yet; they, some at a time."""
    while rows := connection.execute(_after(_newest(connection)).limit(_CHUNK)).all():
        former = _former(connection, rows)
        linked_now = [
            {"capture_id": row.id, "digest": digest}
            for row, digest in chained(connection, rows, former)
        ]
        connection.execute(capture_chain.insert(), linked_now)
        yield rows


def chained(
    connection: Connection, rows: Sequence[Row[Any]], former: dict[Key, bytes]
) -> Iterator[tuple[Row[Any], bytes]]:
    """The link of each capture, in the order in which they were recorded."""
    parts = _parts(connection, [row.id for row in rows])
    for row in rows:
        digest = linked(former.get(key_of(row), START), _capture(row, parts.get(row.id, [])))
        former[key_of(row)] = digest
        yield row, digest


def captures() -> Select[Any]:
    """What a link of a capture is made of."""
    return (
        select(
            *(capture_facts.c[name] for name in _FACT),
            sites.c.host,
            articles.c.cms_id,
        )
        .outerjoin(articles, articles.c.id == capture_facts.c.article_id)
        .outerjoin(sites, sites.c.id == articles.c.site_id)
        .order_by(capture_facts.c.id)
    )


def key_of(row: Any) -> Key:
    return (row.article_id, "") if row.article_id is not None else (None, row.url)


_FACT = (
    "id", "crawl_id", "article_id", "url", "captured_at", "recorded_at", "status", "headers",
    "final_url", "payload_digest", "revalidates",
)  # fmt: skip
"""The columns of a capture as chains of scheme 1 digest them. Later columns are not in it."""


def _capture(row: Row[Any], parts: list[list[int]]) -> list[Any]:
    return ["capture/1", row.host, row.cms_id, *(getattr(row, name) for name in _FACT), parts]


def _newest(connection: Connection) -> int:
    return connection.scalar(select(func.max(capture_chain.c.capture_id))) or 0


def _after(capture_id: int) -> Select[Any]:
    return captures().where(capture_facts.c.id > capture_id)


def _former(connection: Connection, rows: Sequence[Row[Any]]) -> dict[Key, bytes]:
    """The newest link of each chain that these captures go on with."""
    before = capture_facts.c.id < rows[0].id
    ids = {row.article_id for row in rows if row.article_id is not None}
    urls = {row.url for row in rows if row.article_id is None}
    newest = func.max(capture_facts.c.id)
    of_articles = (
        select(newest)
        .where(capture_facts.c.article_id.in_(ids), before)
        .group_by(capture_facts.c.article_id)
    )
    of_pages = (
        select(newest)
        .where(capture_facts.c.article_id.is_(None), capture_facts.c.url.in_(urls), before)
        .group_by(capture_facts.c.url)
    )
    found: dict[Key, bytes] = {}
    for some, wanted in ((of_articles, ids), (of_pages, urls)):
        if wanted:
            found |= _digests(connection, list(connection.scalars(some)))
    return found


def _digests(connection: Connection, ids: Collection[int]) -> dict[Key, bytes]:
    rows = connection.execute(
        select(capture_facts.c.article_id, capture_facts.c.url, capture_chain.c.digest)
        .join(capture_chain, capture_chain.c.capture_id == capture_facts.c.id)
        .where(capture_facts.c.id.in_(ids))
    )
    return {key_of(row): row.digest for row in rows}


def _parts(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[list[int]]]:
    if not ids:
        return {}
    rows = connection.execute(
        select(capture_parts)
        .where(capture_parts.c.capture_id.in_(ids))
        .order_by(capture_parts.c.capture_id, capture_parts.c.position)
    )
    found: dict[int, list[list[int]]] = {}
    for row in rows:
        found.setdefault(row.capture_id, []).append([row.position, row.part_id])
    return found


def link_versions(connection: Connection, article_ids: Collection[int]) -> None:
    """Link what is said otherwise of these articles' versions than it was last, or no more. Their
    captures are linked by then."""
    its = version_spans.c
    query = versions().where(its.article_id.in_(article_ids)).order_by(its.id)
    standing = {row.version_id: row for row in connection.execute(query)}
    told = said_last(connection, article_ids)
    others = [row for id_, row in standing.items() if not same(told.get(id_), row)]
    gone = [row for id_, row in told.items() if id_ not in standing and row.number is not None]
    _append(connection, others)
    _append(connection, gone, given_up=True)


def versions() -> Select[Any]:
    """The versions as a chain states them."""
    return select(
        version_spans.c.id.label("version_id"),
        version_spans.c.article_id,
        version_spans.c.number,
        version_spans.c.first_capture_id,
        contents.c.digest.label("content_digest"),
    ).join(contents, contents.c.id == version_spans.c.content_id)


def said_last(connection: Connection, article_ids: Collection[int]) -> dict[int, Row[Any]]:
    """The newest link of each version of these articles, by the version's id."""
    its = version_chain.c
    query = select(version_chain).where(its.article_id.in_(article_ids)).order_by(its.id)
    return {row.version_id: row for row in connection.execute(query)}


def same(told: Row[Any] | None, row: Row[Any]) -> bool:
    """Whether a version is as it was told last."""
    names = ("number", "content_digest", "first_capture_id")
    return told is not None and all(getattr(told, name) == getattr(row, name) for name in names)


_SAID = ("article_id", "version_id", "number", "first_capture_id", "content_digest")


def version_link(former: bytes, said: Mapping[str, Any], capture_digest: bytes | None) -> bytes:
    """The link of what is said of a version; `capture_digest` is its first capture's."""
    return linked(former, ["version/1", *(said[name] for name in _SAID), capture_digest])


def _append(connection: Connection, rows: Sequence[Row[Any]], *, given_up: bool = False) -> None:
    for at in range(0, len(rows), _CHUNK):
        some = rows[at : at + _CHUNK]
        former = newest_links(connection, {row.article_id for row in some})
        captured = capture_digests(connection, {row.first_capture_id for row in some})
        links = [_said(row, former, captured, given_up=given_up) for row in some]
        connection.execute(version_chain.insert(), links)


def _said(
    row: Row[Any],
    former: dict[int, bytes],
    captured: Mapping[int, bytes],
    *,
    given_up: bool,
) -> dict[str, Any]:
    """What is said of a version now, linked to what was said before."""
    said = {
        "article_id": row.article_id,
        "version_id": row.version_id,
        "first_capture_id": row.first_capture_id,
        "number": None if given_up else row.number,
        "content_digest": None if given_up else row.content_digest,
    }
    before = former.get(row.article_id, START)
    said["digest"] = former[row.article_id] = version_link(
        before, said, captured.get(row.first_capture_id)
    )
    return said


def newest_links(connection: Connection, article_ids: Collection[int]) -> dict[int, bytes]:
    """The newest link of the versions of each of these articles."""
    newest = (
        select(func.max(version_chain.c.id))
        .where(version_chain.c.article_id.in_(article_ids))
        .group_by(version_chain.c.article_id)
    )
    rows = connection.execute(
        select(version_chain.c.article_id, version_chain.c.digest).where(
            version_chain.c.id.in_(newest)
        )
    )
    return {row.article_id: row.digest for row in rows}


def capture_digests(connection: Connection, ids: Collection[int]) -> dict[int, bytes]:
    """The links of these captures."""
    rows = connection.execute(select(capture_chain).where(capture_chain.c.capture_id.in_(ids)))
    return {row.capture_id: row.digest for row in rows}
