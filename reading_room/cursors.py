"""Where a page of a list ended, as an opaque word in an address. Pure.

A list goes on after a named row, not after a number of rows: what arrives meanwhile neither
repeats nor hides one.
"""

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any

_MOST = 400
_MOST_NUMBER = 2**31
"""Larger ones no column of PostgreSQL holds."""


def sealed(*parts: str | int | datetime) -> str:
    """The cursor of a row that is named by these parts.

    >>> opened(sealed("2026-03-02", 7), (str, int))
    ['2026-03-02', 7]
    >>> opened(sealed(datetime(2026, 3, 2, tzinfo=UTC)), (datetime,))[0].isoformat()
    '2026-03-02T00:00:00+00:00'
    """
    plain = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def opened(cursor: str, kinds: tuple[type, ...]) -> list[Any]:
    """The parts, each of its kind; moments in UTC. Raises ValueError for what `sealed` did not
    write."""
    written = [str if kind is datetime else kind for kind in kinds]
    try:
        if len(cursor) > _MOST or not cursor.isascii():
            raise ValueError(cursor)
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(parts, list) or [type(part) for part in parts] != written:
            raise ValueError(cursor)
    except (binascii.Error, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(cursor) from error
    if any(isinstance(part, int) and abs(part) >= _MOST_NUMBER for part in parts):
        raise ValueError(cursor)
    return [
        _moment(part) if kind is datetime else part for part, kind in zip(parts, kinds, strict=True)
    ]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error
