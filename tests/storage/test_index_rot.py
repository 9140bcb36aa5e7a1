"""A bit that flips in a page of an index alters no row, and is found all the same."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.errors import ArchiveError
from tests.storage.seeing import Told, only_sqlite
from tests.storage.test_verifying import found, found_at, held

__all__ = ["held"]

_LEAF_OF_AN_INDEX = 0x0A


def _leaves(path: Path, size: int) -> Iterator[int]:
    """The offsets in the file of the indexes' root pages that have no pages below them."""
    with closing(sqlite3.connect(path)) as connection:
        roots = connection.execute("SELECT rootpage FROM sqlite_schema WHERE type = 'index'")
        pages = [(root - 1) * size for (root,) in roots]
    data = path.read_bytes()
    return (
        at for at in pages if data[at] == _LEAF_OF_AN_INDEX and data[at + 3 : at + 5] != b"\0\0"
    )


def _entries(page: bytes) -> Iterator[range]:
    """Where the entries of a page lie; of one that is short, its length is a single byte."""
    for number in range(int.from_bytes(page[3:5])):
        begin = int.from_bytes(page[8 + 2 * number : 10 + 2 * number])
        if page[begin] < 0x80:
            yield range(begin, begin + 1 + page[begin])


@only_sqlite
@pytest.mark.fault("4.33")
@pytest.mark.parametrize("flips", [12, pytest.param(200, marks=pytest.mark.heavy)])
def test_a_bit_that_flips_in_an_index_is_found(held: Told, flips: int, tmp_path, score) -> None:
    chance = random.Random(flips)
    held.rest()
    whole = held.place.path.read_bytes()
    size = int.from_bytes(whole[16:18])
    leaves = list(_leaves(held.place.path, size))
    assert len(leaves) > 10
    copy, missed = tmp_path / "rotten.db", []
    for _ in range(flips):
        page = chance.choice(leaves)
        entries = list(_entries(whole[page : page + size]))
        at = page + chance.choice(chance.choice(entries))
        rotten = bytearray(whole)
        rotten[at] ^= 1 << chance.randrange(8)
        copy.write_bytes(rotten)
        if not _told(copy):
            missed.append(at)
    score(flips, lost=len(missed))
    assert missed == []
    assert found(held) == []


def _told(copy: Path) -> bool:
    try:
        return bool(found_at(f"sqlite:///{copy}"))
    except ArchiveError:
        return True
