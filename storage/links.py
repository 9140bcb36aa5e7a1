"""Links: digests that name a statement and all that was stated before it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

START = b""
"""What stands before the first link of a chain."""

_SEAL = 8
"""Bytes of a seal: a row's own, against what disks do. Against people there are the chains."""


def linked(former: bytes, statement: Sequence[Any]) -> bytes:
    """SHA-256 over the former link and what is stated: the same on both databases.

    >>> linked(START, ["a", None]) == linked(START, ["a", None])
    True
    >>> linked(linked(START, ["a"]), ["b"]) == linked(linked(START, ["c"]), ["b"])
    False
    """
    return hashlib.sha256(former + stated(statement)).digest()


def sealed(statement: Sequence[Any]) -> bytes:
    """A row's seal: the beginning of the SHA-256 over what it says."""
    return hashlib.sha256(stated(statement)).digest()[:_SEAL]


def stated(statement: Sequence[Any]) -> bytes:
    """The one form in which values are digested: JSON in UTF-8, keys in order, moments in UTC.

    >>> stated([1, "文", {"b": 1, "a": None}, datetime(2026, 1, 1, tzinfo=UTC)])[:8]
    b'[1,"\\xe6\\x96\\x87"'
    """
    text = json.dumps(
        statement, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain
    )
    return text.encode("utf-8", "surrogatepass")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no statement holds a {type(value).__name__}")
