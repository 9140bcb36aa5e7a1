"""What lists said against its digest."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, select

from storage.schema import tellings
from storage.verifying.findings import Finding, Looked, Problem, look_through, row
from storage.writers.tellings import telling_digest

_CHUNK = 200


def check_tellings(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Whether the words that are kept are those that were told, of all or of `sample` of them."""
    return look_through(engine, "tellings", tellings.c.id, sample, _CHUNK, _telling)


def _telling(connection: Connection, telling_id: int) -> Iterator[Finding]:
    kept = connection.execute(select(tellings).where(tellings.c.id == telling_id)).one()
    if telling_digest(kept.told) != kept.digest:
        yield Finding(row("tellings", telling_id), Problem.DIGEST)
