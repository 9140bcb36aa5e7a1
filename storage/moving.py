"""Moving an archive from SQLite into a new one on PostgreSQL, and proving that both hold the same.

One transaction of the new archive, one moment of the old: it is moved whole or not at all.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select, text, update

from storage import fulltext, migrations
from storage.comparing.changed_words import of_runs
from storage.engine import database_address, in_our_words, opened
from storage.errors import ArchiveUnusable, NoCopy
from storage.schema import channels, contents, edits, metadata, sites, whole_body
from storage.search_index import index_tokens
from storage.verifying.verification import CHECKS
from storage.writers.seals import seal_sites, unseal_sites

_ROWS = 500
_FACTS = (
    "database",
    "values",
    "neighbours",
    "dictionaries",
    "payloads",
    "tellings",
    "contents",
    "chains",
    "seals",
)
"""What is looked at before: an index or an edit that is wrong can be made anew afterwards."""

_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class TableMoved:
    """One table: its rows, and the digest over them, the same in both archives."""

    name: str
    rows: int
    digest: str


def move(source: str, target: str) -> tuple[TableMoved, ...]:
    """Copy the archive at `source` into the empty database at `target`; what was moved.

    Raises NoCopy where the target is no PostgreSQL or holds an archive already, ArchiveUnusable
    where the source is damaged or both do not hold the same (nothing is left behind then),
    ArchiveError otherwise.
    """
    if database_address(target).get_backend_name() != "postgresql":
        raise NoCopy("an archive moves to PostgreSQL: postgresql://user@host/name")
    with (
        opened(source, read_only=True) as old,
        opened(target) as new,
        in_our_words(source),
        old.connect() as reading,
        in_our_words(target),
        new.begin() as writing,
    ):
        migrations.check(reading)
        if migrations.version_of(writing) is not None:
            raise NoCopy("the target holds an archive already; give an empty database")
        _sound(old)
        migrations.upgrade(writing)
        for table in metadata.sorted_tables:
            _copy(reading, writing, table)
        _index(writing)
        _go_on_counting(writing)
        moved = tuple(_proved(reading, writing, table) for table in metadata.sorted_tables)
        _seal_anew(writing)
        return moved


def _sound(old: Engine) -> None:
    """Raises ArchiveUnusable where what cannot be made anew from something else is damaged: it
    would be moved as it is, and the digests of both archives agree on it."""
    for name in _FACTS:
        for looked in CHECKS[name](old, None):
            for found in looked.findings:
                raise ArchiveUnusable(
                    f"it is damaged ({found.row}: {found.problem.value}); cunzheng verify tells "
                    "all of it; move a backup that is whole"
                )


def table_digest(connection: Connection, table: Table) -> tuple[int, str]:
    """How many rows a table has, and a digest over them in whatever order: the sum of the digests
    of the rows in a form that both databases share."""
    count = total = 0
    for row in _rows(connection, table):
        count += 1
        total += int.from_bytes(sha256(_canonical(row)).digest())
    return count, f"{total % _MODULUS:064x}"


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    rows = connection.execute(select(table), execution_options={"yield_per": _ROWS})
    for row in rows.mappings():
        yield dict(row)


def _copy(reading: Connection, writing: Connection, table: Table) -> None:
    later: list[dict[str, Any]] = []
    batch: list[dict[str, Any]] = []
    for row in _rows(reading, table):
        if table is channels and row["parent_id"] is not None:
            later.append({"id": row["id"], "parent_id": row["parent_id"]})
            row["parent_id"] = None  # a parent may come after its children
        batch.append(row)
        if len(batch) == _ROWS:
            writing.execute(table.insert(), batch)
            batch = []
    if batch:
        writing.execute(table.insert(), batch)
    for each in later:
        of = channels.c.id == each["id"]
        writing.execute(update(channels).where(of).values(parent_id=each["parent_id"]))


def _index(writing: Connection) -> None:
    """The search index is a reading: it is made anew, as the new database keeps it."""
    texts = select(contents.c.id, contents.c.title, whole_body)
    for content in writing.execute(texts, execution_options={"yield_per": _ROWS}):
        fulltext.write(writing, content.id, index_tokens(content.title, content.body))
    words = select(edits.c.version_id, edits.c.tokens).where(edits.c.tokens != "")
    for edit in writing.execute(words, execution_options={"yield_per": _ROWS}):
        fulltext.write(writing, edit.version_id, of_runs(edit.tokens), fulltext.EDITS)


def _go_on_counting(writing: Connection) -> None:
    """New rows take the numbers after the highest that was moved."""
    for table in metadata.sorted_tables:
        named = text("SELECT pg_get_serial_sequence(:name, 'id')")
        if "id" not in table.c or (sequence := writing.scalar(named, {"name": table.name})) is None:
            continue
        highest = writing.scalar(select(func.max(table.c.id)))
        if highest is not None:
            writing.execute(text("SELECT setval(:s, :n)"), {"s": sequence, "n": highest})


def _seal_anew(writing: Connection) -> None:
    """What a site's lists come to is put together by the database, in its own way of writing."""
    unseal_sites(writing, list(writing.scalars(select(sites.c.id))))
    seal_sites(writing)


def _proved(reading: Connection, writing: Connection, table: Table) -> TableMoved:
    before, after = table_digest(reading, table), table_digest(writing, table)
    if before != after:
        raise ArchiveUnusable(f"{table.name} is not the same in both: {before} and {after}")
    return TableMoved(table.name, *before)


def _canonical(row: dict[str, Any]) -> bytes:
    return json.dumps(row, sort_keys=True, ensure_ascii=True, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return sha256(value).hexdigest()
