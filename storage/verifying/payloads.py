"""Every payload against its digest, and what it is packed with."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, select
from zstandard import frame_content_size

from storage.packed import dictionary_digest, packed_columns, unpack
from storage.payloads import payload_digest
from storage.schema import dictionaries, payloads
from storage.verifying.findings import UNREADABLE, Finding, Looked, Problem, look_through, row, told

_CHUNK = 50


def check_dictionaries(engine: Engine, sample: int | None) -> Iterator[Looked]:  # noqa: ARG001
    """Whether what payloads are packed with is what was made; all of them, few as they are."""
    return look_through(engine, "dictionaries", dictionaries.c.id, None, _CHUNK, _dictionary)


def _dictionary(connection: Connection, number: int) -> Iterator[Finding]:
    kept = connection.execute(select(dictionaries).where(dictionaries.c.id == number)).one()
    if dictionary_digest(kept.id, kept.site_id, kept.made_at, kept.data) != kept.digest:
        yield Finding(row("dictionaries", number), Problem.DIGEST)


def check_payloads(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Whether the stored bytes can be decompressed and are those that the digest names."""
    return look_through(engine, "payloads", payloads.c.digest, sample, _CHUNK, _payload)


def _payload(connection: Connection, digest: str) -> Iterator[Finding]:
    where = row("payloads", digest)
    try:
        kept = connection.execute(
            select(payloads.c.size, *packed_columns).where(payloads.c.digest == digest)
        ).one()
        # A damaged header may claim any size: it is not believed before memory is taken for it.
        if frame_content_size(kept.data) != kept.size:
            yield Finding(where, Problem.SIZE, str(kept.size))
            return
        payload = unpack(connection, kept)
    except UNREADABLE as error:
        connection.rollback()
        yield Finding(where, Problem.DAMAGED, told(error))
        return
    if payload_digest(payload) != digest:
        yield Finding(where, Problem.DIGEST)
