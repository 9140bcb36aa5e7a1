"""A DOC's text: pieces of the main stream in the order of its table of pieces ([MS-DOC] 2.8.35)."""

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from crawler.documents.doc_tables import Tables
from crawler.documents.values import Reason, Unreadable

CELL_END = "\x07"
ROW_END = "\x1d"
"""What the end of a row becomes here; in the file it is a cell's end too."""

_IN_CELL = {0x0D: 0x0B, 0x0C: 0x0B}  # a paragraph within a cell ends a line of the cell
_AT_ROW_END = {0x07: ord(ROW_END)}
_PROPERTIES, _TABLE = 1, 2
_EIGHT_BITS = 0x40000000


@dataclass(frozen=True, slots=True)
class Piece:
    """The characters from `start` to before `end`, from byte `at` on, each `width` bytes."""

    start: int
    end: int
    at: int
    width: int


def pieces_of(clx: bytes, width: int | None = None) -> tuple[Piece, ...]:
    """The pieces that a Clx lists. Without a `width` each says whether it is of 8 or of 16 bits.

    Raises struct.error and IndexError on what is cut short, Unreadable on what is no Clx.
    """
    at = 0
    while clx[at] == _PROPERTIES:
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    if clx[at] != _TABLE:
        raise Unreadable(Reason.DAMAGED)
    (size,) = struct.unpack_from("<I", clx, at + 1)
    count = (size - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    places = struct.iter_unpack("<2xI2x", clx[at + 9 + 4 * count :][: 8 * count])
    return tuple(
        _piece(*pair, place, width)
        for pair, (place,) in zip(pairwise(bounds), places, strict=False)
    )


def text_between(
    main: bytes, pieces: tuple[Piece, ...], tables: Tables, start: int, end: int
) -> str:
    """The text from one character position to before another, with the ends of rows marked."""
    return "".join(_texts(main, pieces, tables, start, end))


def _piece(start: int, end: int, place: int, width: int | None) -> Piece:
    if width is not None:
        return Piece(start, end, place, width)
    if place & _EIGHT_BITS:
        return Piece(start, end, (place & ~_EIGHT_BITS) // 2, 1)
    return Piece(start, end, place, 2)


def _texts(
    main: bytes, pieces: tuple[Piece, ...], tables: Tables, start: int, end: int
) -> Iterator[str]:
    for piece in pieces:
        first, last = max(start, piece.start), min(end, piece.end)
        if first < last:
            at = piece.at + (first - piece.start) * piece.width
            size = (last - first) * piece.width
            yield _text(_marked(main[at : at + size], at, piece.width, tables), piece.width)


def _marked(raw: bytes, at: int, width: int, tables: Tables) -> bytes:
    """The bytes with what ends rows and what ends lines within cells told apart."""
    spans = list(tables.between(at, at + len(raw)))
    if not spans:
        return raw
    units = array("B" if width == 1 else "H", raw[: len(raw) // width * width])
    for span in spans:
        first, last = max(span.start - at, 0) // width, (span.end - at) // width
        marks = _AT_ROW_END if span.ends_row else _IN_CELL
        units[first:last] = array(units.typecode, (marks.get(u, u) for u in units[first:last]))
    return units.tobytes()


def _text(raw: bytes, width: int) -> str:
    if width == 2:
        return raw.decode("utf-16-le", "replace")
    if raw.isascii():
        return raw.decode("ascii")
    return _chinese(raw) or raw.decode("cp1252", "replace")


def _chinese(raw: bytes) -> str | None:
    """8-bit text of a Chinese Word 95; by [MS-DOC] 8-bit pieces of later ones are cp1252."""
    # Loading this costs half a second, which most documents need not wait for.
    from crawler.reading.decode import is_everyday_chinese

    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return text if is_everyday_chinese(text) else None
