"""History is tamper-evident: a bit that flips in any row is found, and the row is named."""

import random
import shutil
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Boolean, Column

from storage.schema import metadata
from tests.storage.seeing import APR, DAY, EDITED, MAR, Told, look, only_sqlite
from tests.storage.test_verifying import altered, found, held

__all__ = ["held"]

_PASSING = frozenset({"leases"})
"""Tables whose rows live as long as a crawl: nothing is proved of them."""
_UNPROVED = frozenset(
    {
        ("crawls", "held"),
        ("capture_readings", "outcome"),  # of captures that are put aside
        ("articles", "url"),  # of those never read
        ("listing_journal", "before"),  # kept until a crawl is settled
    }
)
"""What no chain or seal covers yet; docs/operating.md says so."""


class Cell(NamedTuple):
    """One value of one row, as the file holds it."""

    table: str
    column: str
    where: str
    kind: str
    raw: bytes
    boolean: bool

    def with_bit_flipped(self, chance: random.Random) -> str:
        if self.kind == "integer":
            bit = 0 if self.boolean else 12 + chance.randrange(4)  # beyond other rows' numbers
            return f"{self.column} + (1 - 2 * ({self.column} >> {bit} & 1)) * (1 << {bit})"
        bit = chance.randrange(8 * len(self.raw))
        flipped = bytearray(self.raw)
        flipped[bit // 8] ^= 1 << bit % 8
        literal = f"X'{flipped.hex()}'"
        return f"CAST({literal} AS TEXT)" if self.kind == "text" else literal


def _cells(told: Told) -> Iterator[Cell]:
    for table in metadata.sorted_tables:
        if table.name in _PASSING:
            continue
        names = [column.name for column in table.primary_key]
        for column in table.columns:
            if column.primary_key or (table.name, column.name) in _UNPROVED:
                continue
            rows = told.ask(
                f"SELECT typeof({column.name}), hex({column.name}), {', '.join(names)} "
                f"FROM {table.name} WHERE {column.name} IS NOT NULL AND length({column.name}) > 0"
            )
            yield from (_cell(table.name, column, names, row) for row in rows)


def _cell(table: str, column: Column[Any], names: list[str], row: Any) -> Cell:
    kind, as_hex, *key = row
    where = " AND ".join(f"{name} = {value!r}" for name, value in zip(names, key, strict=True))
    boolean = isinstance(column.type, Boolean)
    return Cell(table, column.name, where, kind, bytes.fromhex(as_hex), boolean)


def _meaningless(cell: Cell, statement: str) -> bool:
    """Bits of a compressed frame's head to which the format gives no meaning."""
    head = slice(8, 10)
    as_hex = cell.raw.hex()
    return cell.column == "data" and statement[2:][head] != as_hex[head]


@only_sqlite
@pytest.mark.parametrize("flips", [60, pytest.param(200, marks=pytest.mark.heavy)])
def test_a_bit_that_flips_in_any_row_is_found(held: Told, flips: int) -> None:
    chance = random.Random(flips)
    cells = list(_cells(held))
    held.rest()
    sound = held.path.with_suffix(".sound")
    shutil.copy(held.path, sound)
    by_column: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        by_column.setdefault((cell.table, cell.column), []).append(cell)
    columns = sorted(by_column)
    missed, tried = [], 0
    while tried < flips:
        cell = chance.choice(by_column[chance.choice(columns)])
        statement = cell.with_bit_flipped(chance)
        if _meaningless(cell, statement):
            continue
        tried += 1
        altered(held, f"UPDATE {cell.table} SET {cell.column} = {statement} WHERE {cell.where}")
        if not found(held):
            missed.append((cell.table, cell.column, cell.where))
        held.rest()
        shutil.copy(sound, held.path)
    assert missed == []
    assert found(held) == []


def test_a_capture_that_is_taken_out_of_the_middle_is_missed_by_those_after_it(held: Told) -> None:
    held.crawl(APR, look(EDITED, APR))
    chain = held.ask("SELECT max(capture_id) FROM capture_chain")[0][0]
    altered(held, f"UPDATE capture_facts SET status = 201 WHERE id = {chain}")
    assert (f"capture_facts {chain}", "chain") in found(held)


def test_a_capture_that_is_found_late_is_the_next_of_its_chain(held: Told) -> None:
    held.crawl(APR, look(EDITED, MAR + DAY))
    assert found(held) == []
    captures, links = (
        held.ask(f"SELECT count(*) FROM {table}")[0][0]
        for table in ("capture_facts", "capture_chain")
    )
    assert captures == links


def test_a_crawl_that_ended_is_closed_with_one_digest_over_all_that_it_wrote(held: Told) -> None:
    assert held.ask("SELECT count(*) FROM crawl_seals") == held.ask("SELECT count(*) FROM crawls")
    altered(held, "UPDATE walks SET claimed_total = 99 WHERE id = 1")
    assert ("crawls 1", "seal") in found(held)
