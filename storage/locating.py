"""Sums over rows that tell not only whether a row was altered, but which one.

Each row is digested with its key into a number h of a field of 2^127 - 1 numbers. Kept are the sum
of all h and the sum of all key * h. Where one row has become another, the first sum is off by
h' - h and the second by key * (h' - h): their quotient is the key. Where the key itself was altered
or the row is lost, the former key is what solves the two equations and is a number that a key can
be: one of 2^63 among 2^127. Two and more altered rows are seen, and not told apart.

The sums are against disks; a person who can write to the rows can make them anew.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

_FIELD = 2**127 - 1
_KEYS = 2**63
_BYTES = 16

Said = tuple[int | str, str]
"""A row: its key, and all that it says, its key included."""


class Sums(NamedTuple):
    """What the rows of a table add up to."""

    plain: int
    weighted: int

    def __bytes__(self) -> bytes:
        return self.plain.to_bytes(_BYTES) + self.weighted.to_bytes(_BYTES)

    @classmethod
    def of(cls, kept: bytes) -> Self:
        """The sums that these bytes are."""
        return cls(int.from_bytes(kept[:_BYTES]), int.from_bytes(kept[_BYTES:]))


def summed(rows: Iterable[Said]) -> Sums:
    """The sums over these rows, in whatever order.

    >>> summed([(1, "a"), (2, "b")]) == summed([(2, "b"), (1, "a")]) != summed([(1, "b")])
    True
    """
    plain = weighted = 0
    for key, said in rows:
        digest = _digest(said)
        plain += digest
        weighted += _number(key) * digest
    return Sums(plain % _FIELD, weighted % _FIELD)


def odd_one(sealed: Sums, rows: Sequence[Said]) -> int | str | None:
    """The key of the one row that is not what it was, is new, or is lost; None where it is not one
    alone, or a lost row's key is no number.

    >>> sealed = summed([(1, "1 a"), (2, "2 b"), (3, "3 c")])
    >>> odd_one(sealed, [(1, "1 a"), (2, "2 B"), (3, "3 c")])
    2
    >>> odd_one(sealed, [(1, "1 a"), (4098, "4098 b"), (3, "3 c")])
    4098
    >>> odd_one(sealed, [(1, "1 a"), (3, "3 c")])
    2
    >>> odd_one(sealed, [(1, "1 A"), (2, "2 B"), (3, "3 c")])
    """
    now = summed(rows)
    more, weighted = now.plain - sealed.plain, now.weighted - sealed.weighted
    if more % _FIELD == 0:
        return None
    at = weighted * pow(more, -1, _FIELD) % _FIELD
    for key, _ in rows:
        if _number(key) == at:
            return key
    if at < _KEYS and not any(isinstance(key, str) for key, _ in rows):
        return at
    return _renamed(more, weighted, rows)


def _renamed(more: int, weighted: int, rows: Iterable[Said]) -> int | str | None:
    """The key of a row that can be explained by one row that had another key before."""
    for key, said in rows:
        digest = _digest(said)
        before = (digest - more) % _FIELD
        if before and (_number(key) * digest - weighted) * pow(before, -1, _FIELD) % _FIELD < _KEYS:
            return key
    return None


def _digest(said: str) -> int:
    raw = hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(raw[:_BYTES]) % _FIELD


def _number(key: int | str) -> int:
    if isinstance(key, int):
        return key % _FIELD
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:7])
