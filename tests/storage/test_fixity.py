"""History is tamper-evident: a bit that flips in any row is found, and the row is named."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

import psycopg
import pytest
from sqlalchemy import JSON, Boolean, Column, Integer, LargeBinary, Table

from storage.instant import Instant
from storage.schema import metadata
from storage.verifying.findings import row
from tests.places import Database, File, Place
from tests.storage.seeing import APR, DAY, EDITED, MAR, Told, look
from tests.storage.test_verifying import altered, found, found_at, held

__all__ = ["held"]

_PASSING = frozenset({"leases"})
"""Tables whose rows live as long as a crawl: nothing is proved of them."""

_UNPROVED = frozenset({("listing_journal", "before"), ("listing_journal", "answer")})
"""What no chain or seal covers: the one is kept only until a crawl is settled, and by the other a
list is only known again: where a bit of it is another one, the list is read."""


class Cell(NamedTuple):
    """One value of one row, and how it is with one bit the other way."""

    table: Table
    column: Column[Any]
    key: tuple[Any, ...]
    value: Any

    @property
    def where(self) -> str:
        names = (column.name for column in self.table.primary_key)
        pairs = zip(names, self.key, strict=True)
        return " AND ".join(f"{name} = {_literal(value)}" for name, value in pairs)

    def flipped(self, chance: random.Random, *, postgresql: bool) -> str:
        """An expression for the value with one bit the other way."""
        name, kind = self.column.name, self.column.type
        if isinstance(kind, Boolean):
            return f"NOT {name}"
        if isinstance(kind, Integer):
            # Of a key, a bit beyond other rows' numbers: a row has a number of its own.
            bit = 12 + chance.randrange(4) if self.column.primary_key else chance.randrange(16)
            return f"{name} + (1 - 2 * (({name} >> {bit}) & 1)) * (1 << {bit})"
        if isinstance(kind, Instant) and postgresql:
            sign = chance.choice("+-")
            return f"{name} {sign} {1 << chance.randrange(50)} * interval '1 microsecond'"
        raw = self.value if isinstance(self.value, bytes) else str(self.value).encode()
        bit = chance.randrange(8 * len(raw))
        turned = bytearray(raw)
        turned[bit // 8] ^= 1 << bit % 8
        return _bytes(turned.hex(), kind, postgresql=postgresql)

    def meaningless(self, statement: str) -> bool:
        """Bits of a compressed frame's head to which the format gives no meaning."""
        if self.column.name != "data":
            return False
        head = statement.partition("'")[2].removeprefix("\\x")[8:10]
        return head != self.value.hex()[8:10]


def _literal(value: Any) -> str:
    return f"X'{value.hex()}'" if isinstance(value, bytes) else repr(value)


def _bytes(as_hex: str, kind: Any, *, postgresql: bool) -> str:
    if postgresql:
        raw = f"'\\x{as_hex}'::bytea"
        if isinstance(kind, LargeBinary):
            return raw
        text = f"convert_from({raw}, 'UTF8')"
        return f"({text})::json" if isinstance(kind, JSON) else text
    return f"X'{as_hex}'" if isinstance(kind, LargeBinary) else f"CAST(X'{as_hex}' AS TEXT)"


def _cells(told: Told) -> dict[tuple[str, str], list[Cell]]:
    """All values that there are, by table and column."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for table in metadata.sorted_tables:
        if table.name in _PASSING:
            continue
        keys = [column.name for column in table.primary_key]
        for column in table.columns:
            query = f"SELECT {column.name}, {', '.join(keys)} FROM {table.name}"
            rows = told.ask(f"{query} WHERE {column.name} IS NOT NULL")
            cells = [Cell(table, column, tuple(key), value) for value, *key in rows]
            some = [each for each in cells if each.value not in ("", b"")]
            if some and (table.name, column.name) not in _UNPROVED:
                found[table.name, column.name] = some
    return found


_OWNER = {"content_attachments": "contents", "capture_parts": "capture_facts"}
"""Tables whose rows are digested with the row that they belong to."""

_SEALED = {
    "reading": "capture_readings",
    "content": "contents",
    "document": "document_texts",
    "withdrawn": "withdrawn_versions",
    "site": "sites",
}


def _names(table: Table, key: tuple[Any, ...]) -> set[str]:
    """How a finding may name a row: by itself, or by what it is the digest or a part of."""
    named = {row(table.name, *key)}
    if owner := _OWNER.get(table.name):
        named.add(row(owner, key[0]))
    if table.name == "capture_chain":
        named.add(row("capture_facts", key[0]))
    if table.name == "seals" and key[0] in _SEALED:
        named.add(row(_SEALED[key[0]], str(key[1]).partition("/")[0]))
    return named


def _keys(place: Place, table: Table) -> set[tuple[Any, ...]]:
    names = ", ".join(column.name for column in table.primary_key)
    query = f"SELECT {names} FROM {table.name}"
    if not isinstance(place, File):
        return set(map(tuple, place.ask(query)))
    with closing(sqlite3.connect(place.path)) as connection:
        connection.text_factory = lambda raw: raw.decode(errors="replace")
        return set(connection.execute(query))


@contextmanager
def _copied(of: Place, number: int) -> Iterator[Place]:
    if isinstance(of, Database):
        of.close()
        with closing(Database(of.server, of.server.new(of.name))) as copy:
            yield copy
        of.server.drop(copy.name)
        return
    assert isinstance(of, File)
    path = of.path.with_suffix(f".{number}")
    shutil.copy(of.path, path)
    yield File(path)
    path.unlink()


_REFUSED = (psycopg.Error, sqlite3.IntegrityError)
"""A value that its column's type or constraint does not take: no such bit flips unseen."""


def _flip(place: Place, cell: Cell, chance: random.Random) -> set[str] | None:
    """Flip one bit of a value; the names by which the row may be told, or None where the database
    does not take it."""
    new = cell.flipped(chance, postgresql=isinstance(place, Database))
    if cell.meaningless(new):
        return None
    before = _keys(place, cell.table)
    try:
        place.unguarded(
            f"UPDATE {cell.table.name} SET {cell.column.name} = {new} WHERE {cell.where}"
        )
    except _REFUSED:
        return None
    now = {cell.key} | (_keys(place, cell.table) - before)
    place.close()
    return set().union(*(_names(cell.table, key) for key in now))


@pytest.mark.fault("4.33")
@pytest.mark.parametrize("flips", [25, pytest.param(200, marks=pytest.mark.heavy)])
def test_a_bit_that_flips_in_any_row_is_found_and_the_row_is_named(
    held: Told, flips: int, score
) -> None:
    chance = random.Random(flips)
    by_column = _cells(held)
    held.rest()
    columns = sorted(by_column)
    missed, unnamed, tried = [], [], 0
    while tried < flips:
        cell = chance.choice(by_column[chance.choice(columns)])
        with _copied(held.place, tried) as place:
            if (names := _flip(place, cell, chance)) is None:
                continue
            told = {where for where, _ in found_at(place.url)}
        tried += 1
        where = (cell.table.name, cell.column.name, cell.key)
        if not told:
            missed.append(where)
        elif not told & names:
            unnamed.append((where, sorted(told)))
    score(trials=flips, lost=len(missed) + len(unnamed))
    assert (missed, unnamed) == ([], [])
    assert found(held) == []


@pytest.mark.fault("4.33a")
def test_a_capture_that_is_taken_out_of_the_middle_is_missed_by_those_after_it(held: Told) -> None:
    held.crawl(APR, look(EDITED, APR))
    chain = held.ask("SELECT max(capture_id) FROM capture_chain")[0][0]
    altered(held, f"UPDATE capture_facts SET status = 201 WHERE id = {chain}")
    assert (f"capture_facts {chain}", "chain") in found(held)


_NAME_A_CAPTURE = {
    "capture_chain": "capture_id = {}",
    "capture_readings": "capture_id = {}",
    "seals": "kind = 'reading' AND key = '{}'",
    "capture_facts": "id = {}",
}


@pytest.mark.fault("4.33a")
@pytest.mark.parametrize("of", ["article_id IS NOT NULL", "article_id IS NULL"])
def test_a_capture_that_is_taken_out_with_its_links_is_missed_by_its_crawl(
    held: Told, of: str
) -> None:
    """The newest of its chain: no later link misses it."""
    ((capture, crawl),) = held.ask(
        f"SELECT id, crawl_id FROM capture_facts WHERE {of} ORDER BY id DESC LIMIT 1"
    )
    altered(
        held,
        *(
            f"DELETE FROM {table} WHERE {its.format(capture)}"
            for table, its in _NAME_A_CAPTURE.items()
        ),
    )
    assert (f"crawls {crawl}", "seal") in found(held)


def test_a_capture_that_is_found_late_is_the_next_of_its_chain(held: Told) -> None:
    held.crawl(APR, look(EDITED, MAR + DAY))
    assert found(held) == []
    captures, links = (
        held.ask(f"SELECT count(*) FROM {table}")[0][0]
        for table in ("capture_facts", "capture_chain")
    )
    assert captures == links


@pytest.mark.fault("4.33a")
def test_a_crawl_that_ended_is_closed_with_one_digest_over_all_that_it_wrote(held: Told) -> None:
    assert held.ask("SELECT count(*) FROM crawl_seals") == held.ask("SELECT count(*) FROM crawls")
    altered(held, "UPDATE walks SET claimed_total = 99 WHERE id = 1")
    assert ("crawls 1", "seal") in found(held)
