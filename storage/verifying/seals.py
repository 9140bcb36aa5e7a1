"""Every seal: what may be altered must be what it was when the archive altered it last."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, select

from storage.locating import Sums, odd_one, summed
from storage.schema import (
    capture_readings,
    contents,
    crawls,
    document_texts,
    seals,
    sites,
    withdrawn_versions,
)
from storage.verifying.findings import UNREADABLE, Finding, Looked, Problem, keys, row, told
from storage.writers.seals import (
    CONTENT,
    DOCUMENT,
    HISTORIES,
    READING,
    SITE,
    STATE,
    WITHDRAWN,
    contents_of,
    documents_of,
    kept,
    readings_of,
    site_key,
    site_rows,
    withdrawn_of,
)

_CHUNK = 200

Due = Callable[[Connection, Collection[Any]], Mapping[str, bytes]]

_ROWS: Mapping[str, tuple[Column[Any], Due]] = {
    READING: (capture_readings.c.capture_id, readings_of),
    CONTENT: (contents.c.id, contents_of),
    DOCUMENT: (document_texts.c.payload_digest, documents_of),
    WITHDRAWN: (withdrawn_versions.c.id, withdrawn_of),
}


def check_seals(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """The rows that are sealed one by one, or `sample` of each kind; and the sites' lists."""
    for kind, (key, due) in _ROWS.items():
        for some in keys(engine, key, sample, _CHUNK):
            with engine.connect() as connection:
                found = list(_differing(connection, kind, key.table, due, some))
            yield Looked("seals", len(some), tuple(found))
        if sample is None:
            yield Looked("seals", 0, tuple(_alone(engine, kind, key)))
    with engine.connect() as connection:
        yield Looked("seals", 1, tuple(_sites(connection)))


def _differing(
    connection: Connection, kind: str, table: Table, due: Due, some: list[Any]
) -> Iterator[Finding]:
    """All at once; one by one where a row among them cannot be read."""
    try:
        seals_due = due(connection, some)
    except UNREADABLE as error:
        connection.rollback()
        if len(some) == 1:
            yield Finding(row(table.name, some[0]), Problem.UNREADABLE, told(error))
            return
        for key in some:
            yield from _differing(connection, kind, table, due, [key])
        return
    written = kept(connection, kind, [str(key) for key in some])
    for key in some:
        if seals_due.get(str(key)) != written.get(str(key)):
            yield Finding(row(table.name, key), Problem.SEAL)


def _alone(engine: Engine, kind: str, key: Column[Any]) -> Iterator[Finding]:
    """Seals of rows that are not there."""
    with engine.connect() as connection:
        known = {str(each) for each in connection.scalars(select(key))}
        sealed = connection.scalars(select(seals.c.key).where(seals.c.kind == kind))
        others = [each for each in sealed if each not in known]
        odd = connection.execute(
            select(seals.c.kind, seals.c.key).where(seals.c.kind.not_in(_KINDS))
        )
        if kind == READING:
            yield from (Finding(row("seals", *each), Problem.SEAL) for each in odd)
    yield from (Finding(row("seals", kind, each), Problem.SEAL) for each in others)


_KINDS = (*_ROWS, SITE)


def _sites(connection: Connection) -> Iterator[Finding]:
    """A site that a crawl is at, or was at when it was interrupted, is not sealed."""
    written = {
        each.key: each.seal
        for each in connection.execute(select(seals).where(seals.c.kind == SITE))
    }
    on_the_way = connection.scalar(
        select(crawls.c.id).where(crawls.c.finish_reason.is_(None)).limit(1)
    )
    for site_id in connection.scalars(select(sites.c.id).order_by(sites.c.id)).all():
        for table in STATE:
            seal = written.pop(site_key(site_id, table), None)
            if seal is None and (on_the_way is not None or table in HISTORIES):
                continue
            yield from _site(connection, site_id, table, seal or b"")
    yield from (Finding(row("seals", SITE, key), Problem.SEAL) for key in written)


def _site(connection: Connection, site_id: int, table: str, seal: bytes) -> Iterator[Finding]:
    """What a table says of a site against its seal; by the row, where it is one alone."""
    rows = site_rows(connection, site_id, table)
    if bytes(summed(rows)) == seal:
        return
    key = odd_one(Sums.of(seal), rows)
    if key is None:
        yield Finding(row("sites", site_id), Problem.SEAL, table)
    else:
        more = [site_id] if table == "holds" else []
        yield Finding(row(table, key, *more), Problem.SEAL)
