"""Where a DOC's tables are: its text alone does not tell a row's end from an empty cell.

The properties of paragraphs stand in pages of 512 bytes ([MS-DOC] 2.9.174, PapxFkp).
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_PAGE = 512
_BINTABLE = 0x102  # PlcfBtePapx in the file's header
_IN_TABLE = b"\x16\x24\x01"
_ROW_END = b"\x17\x24\x01"
_ELSEWHERE = b"\x46\x66"  # long lists of properties stand in the Data stream
_ENTRY = 13


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes of the main stream, from `start` to before `end`, that belong to a table."""

    start: int
    end: int
    ends_row: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """The table paragraphs of a document, by where their bytes are."""

    spans: tuple[Span, ...] = ()

    def between(self, start: int, end: int) -> Iterator[Span]:
        """The spans that have bytes between two places."""
        first = bisect_right(self.spans, start, key=lambda span: span.end)
        for span in self.spans[first:]:
            if span.start >= end:
                return
            yield span


def tables_of(main: bytes, table: bytes, data: bytes) -> Tables:
    """The table paragraphs, by the three streams of a file. Raises struct.error, IndexError."""
    at, size = struct.unpack_from("<II", main, _BINTABLE)
    pages = max(size - 4, 0) // 8
    numbers = struct.unpack_from(f"<{pages}I", table, at + 4 * (pages + 1)) if pages else ()
    # The upper bits of a page's number are not part of it.
    found = (span for number in numbers for span in _page(main, (number & 0x3FFFFF) * _PAGE, data))
    return Tables(tuple(sorted(found, key=lambda span: span.end)))


def _page(main: bytes, at: int, data: bytes) -> Iterator[Span]:
    page = main[at : at + _PAGE]
    count = page[_PAGE - 1]
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        properties = _properties(page, page[4 * (count + 1) + _ENTRY * number] * 2, data)
        ends_row = _ROW_END in properties
        if ends_row or _IN_TABLE in properties:
            yield Span(bounds[number], bounds[number + 1], ends_row)


def _properties(page: bytes, at: int, data: bytes) -> bytes:
    if at == 0:
        return b""
    # A length in words, the first byte of which is either its half or 0 before another.
    end = at + 2 * page[at] if page[at] else at + 2 + 2 * page[at + 1]
    found = page[at + 1 : end]
    where = found.find(_ELSEWHERE)
    if where < 0 or len(found) < where + 6:
        return found
    (place,) = struct.unpack_from("<I", found, where + 2)
    size = int.from_bytes(data[place : place + 2], "little")
    return found + data[place + 2 : place + 2 + size]
