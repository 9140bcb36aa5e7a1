"""Bodies by difference: what a later body says that an earlier one, its base, does not. Pure.

Most edits touch one place of a text. A body that shares its beginning and its end with a base is
kept as what stands between them, so that a database puts it together by itself
(`storage.schema.whole_body`), as the public contract promises it.
"""

from dataclasses import dataclass
from typing import Any

_WORTH = 100
"""Characters that must be spared, for one more row to be read each time."""


@dataclass(frozen=True, slots=True)
class Base:
    """A content that is kept whole, and its body."""

    id: int
    body: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A body is the first `head` characters of its base, then `body`, then its base from the
    `tail`-th character on, counted from 1 as SQL does."""

    head: int
    tail: int
    body: str


def as_kept(body: str, base: Base | None) -> dict[str, Any]:
    """The columns of a body: whole, or by difference with a base where that spares enough."""
    found = difference(base.body, body) if base else None
    if base is None or found is None:
        return {"body": body, "base_id": None, "base_head": None, "base_tail": None}
    by = {"base_head": found.head, "base_tail": found.tail}
    return {"body": found.body, "base_id": base.id} | by


def difference(base: str, body: str) -> Difference | None:
    """What `body` is by difference with `base`; None where that spares less than half of it.

    >>> difference("甲乙丙" * 100, "甲乙丙" * 50 + "丁" + "甲乙丙" * 50)
    Difference(head=150, tail=151, body='丁')
    """
    head = _alike(base, body)
    room = min(len(base), len(body)) - head
    alike = _alike(base[::-1][:room], body[::-1][:room])
    if head + alike < max(_WORTH, len(body) / 2):
        return None
    return Difference(head, len(base) - alike + 1, body[head : len(body) - alike])


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
