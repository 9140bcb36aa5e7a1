"""Where a page of a list ended, as an opaque word in an address. Pure.

A list goes on after a named row, not after a number of rows: what arrives meanwhile neither
repeats nor hides one.
"""

import base64
import binascii
import json
from typing import Any

_MOST = 400
_MOST_NUMBER = 2**31
"""Larger ones no column of PostgreSQL holds."""


def sealed(*parts: str | int) -> str:
    """The cursor of a row that is named by these parts.

    >>> opened(sealed("2026-03-02", 7), (str, int))
    ['2026-03-02', 7]
    """
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def opened(cursor: str, kinds: tuple[type, ...]) -> list[Any]:
    """The parts, each of its kind. Raises ValueError for what `sealed` did not write."""
    try:
        if len(cursor) > _MOST or not cursor.isascii():
            raise ValueError(cursor)
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(parts, list) or [type(part) for part in parts] != list(kinds):
            raise ValueError(cursor)
    except (binascii.Error, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(cursor) from error
    if any(isinstance(part, int) and abs(part) >= _MOST_NUMBER for part in parts):
        raise ValueError(cursor)
    return parts
