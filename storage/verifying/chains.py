"""Every chain: captures against their links, versions against what was told of them, and each
crawl that ended against its one digest."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from storage.links import START
from storage.locating import Sums, odd_one
from storage.schema import (
    articles,
    capture_facts,
    crawl_seals,
    crawls,
    version_chain,
    version_spans,
)
from storage.verifying.findings import (
    UNREADABLE,
    Finding,
    Looked,
    Problem,
    in_all,
    look_through,
    row,
    told,
)
from storage.writers.books import (
    ADDRESS_SUMS,
    LINK_SUMS,
    addresses_of,
    links_of,
    parts_of,
    seal_digest,
)
from storage.writers.chains import (
    Key,
    capture_digests,
    captures,
    chained,
    said_last,
    same,
    version_link,
    versions,
)

_CHUNK = 200


def check_chains(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """The chains of articles, those of other addresses, and the crawls that ended. In a sample
    the crawls are not looked at: each is as long as all that it wrote."""
    yield from look_through(engine, "chains", articles.c.id, sample, _CHUNK, _of_article)
    pages = select(capture_facts.c.url).where(capture_facts.c.article_id.is_(None)).distinct()
    with engine.connect() as connection:
        urls = list(connection.scalars(pages.order_by(capture_facts.c.url)))
    for at in range(0, len(urls), _CHUNK):
        some = urls[at : at + _CHUNK]
        yield Looked("chains", 0, tuple(in_all(engine, "capture_facts", some, _of_page)))
    if sample is None:
        yield Looked("chains", 0, tuple(_crawls(engine)))


def _of_article(connection: Connection, article_id: int) -> Iterator[Finding]:
    rows = connection.execute(captures().where(capture_facts.c.article_id == article_id)).all()
    yield from _captures(connection, rows)
    yield from _versions(connection, article_id)


def _of_page(connection: Connection, url: str) -> Iterator[Finding]:
    which = capture_facts.c.article_id.is_(None) & (capture_facts.c.url == url)
    yield from _captures(connection, connection.execute(captures().where(which)).all())


def _captures(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Finding]:
    """Where a link differs, the chain is followed from what it says: each finding stands alone."""
    written = capture_digests(connection, [each.id for each in rows])
    former: dict[Key, bytes] = {}
    for each in rows:
        ((_, due),) = chained(connection, [each], former)
        digest = written.get(each.id)
        if digest is None:
            yield Finding(row("capture_facts", each.id), Problem.UNCHAINED)
        elif digest != due:
            yield Finding(row("capture_facts", each.id), Problem.CHAIN)
            former = dict.fromkeys(former, digest)


def _versions(connection: Connection, article_id: int) -> Iterator[Finding]:
    links = connection.execute(
        select(version_chain)
        .where(version_chain.c.article_id == article_id)
        .order_by(version_chain.c.id)
    ).all()
    captured = capture_digests(connection, {link.first_capture_id for link in links})
    former = START
    for link in links:
        due = version_link(former, link._asdict(), captured.get(link.first_capture_id))
        if due != link.digest:
            yield Finding(row("version_chain", link.id), Problem.CHAIN)
        former = link.digest
    yield from _as_told(connection, article_id)


def _as_told(connection: Connection, article_id: int) -> Iterator[Finding]:
    told = said_last(connection, [article_id])
    for version in connection.execute(versions().where(version_spans.c.article_id == article_id)):
        if not same(told.pop(version.version_id, None), version):
            yield Finding(row("version_spans", version.version_id), Problem.UNCHAINED)
    for link in told.values():
        if link.number is not None:
            yield Finding(row("version_chain", link.id), Problem.UNCHAINED)


def _crawls(engine: Engine) -> Iterator[Finding]:
    with engine.connect() as connection:
        sealed = connection.execute(select(crawl_seals).order_by(crawl_seals.c.id)).all()
        ended = select(crawls.c.id).where(crawls.c.finish_reason.is_not(None))
        unsealed = set(connection.scalars(ended)) - {seal.crawl_id for seal in sealed}
    for crawl_id in sorted(unsealed):
        yield Finding(row("crawls", crawl_id), Problem.UNCHAINED)
    former = START
    for seal in sealed:
        if seal.digest != seal_digest(former, seal.crawl_id, seal.version_links, seal.parts):
            yield Finding(row("crawl_seals", seal.id), Problem.CHAIN)
        former = seal.digest
        yield from _crawl(engine, seal)


def _crawl(engine: Engine, seal: Row[Any]) -> Iterator[Finding]:
    with engine.connect() as connection:
        try:
            found = parts_of(connection, seal.crawl_id, seal.version_links)
        except UNREADABLE as error:
            detail = told(error)
            yield Finding(row("crawls", seal.crawl_id), Problem.UNREADABLE, detail)
            return
    # Seals of earlier releases have fewer parts.
    differing = [name for name in found if found[name] != seal.parts.get(name, found[name])]
    if differing:
        yield Finding(row("crawls", seal.crawl_id), Problem.SEAL, ", ".join(differing))
        yield from _odd_rows(engine, seal, differing)


def _odd_rows(engine: Engine, seal: Row[Any], differing: Collection[str]) -> Iterator[Finding]:
    """The rows by name, where it is one alone of its kind."""
    with engine.connect() as connection:
        if "frontier" in differing and ADDRESS_SUMS in seal.parts:
            sums = Sums.of(bytes.fromhex(seal.parts[ADDRESS_SUMS]))
            if url := odd_one(sums, addresses_of(connection, seal.crawl_id)):
                yield Finding(row("frontier", seal.crawl_id, url), Problem.SEAL)
        if "links" in differing and LINK_SUMS in seal.parts:
            sums = Sums.of(bytes.fromhex(seal.parts[LINK_SUMS]))
            if key := odd_one(sums, links_of(connection, seal.crawl_id, seal.version_links)):
                yield Finding(row("version_chain", key), Problem.SEAL)
