"""Every payload against its digest."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, select
from zstandard import frame_content_size

from storage.payloads import decompress, payload_digest
from storage.schema import payloads
from storage.verifying.findings import UNREADABLE, Finding, Looked, Problem, look_through, row, told

_CHUNK = 50


def check_payloads(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Whether the stored bytes can be decompressed and are those that the digest names."""
    return look_through(engine, "payloads", payloads.c.digest, sample, _CHUNK, _payload)


def _payload(connection: Connection, digest: str) -> Iterator[Finding]:
    where = row("payloads", digest)
    try:
        kept = connection.execute(
            select(payloads.c.size, payloads.c.data).where(payloads.c.digest == digest)
        ).one()
        # A damaged header may claim any size: it is not believed before memory is taken for it.
        if frame_content_size(kept.data) != kept.size:
            yield Finding(where, Problem.SIZE, str(kept.size))
            return
        payload = decompress(kept.data)
    except UNREADABLE as error:
        connection.rollback()
        yield Finding(where, Problem.DAMAGED, told(error))
        return
    if payload_digest(payload) != digest:
        yield Finding(where, Problem.DIGEST)
