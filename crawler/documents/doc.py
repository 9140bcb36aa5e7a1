"""DOC: Word's format before 2007, which WPS writes too ([MS-DOC]; Word 6 and 95 as far as text)."""

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from crawler.documents.doc_pieces import CELL_END, ROW_END, Piece, pieces_of, text_between
from crawler.documents.doc_tables import Tables, tables_of
from crawler.documents.text import gathered, lines, row
from crawler.documents.values import DocumentText, Limits, Reason, Unreadable

_WORD_97 = 0xA5EC
# Word 6 and 95 by the bytes of a character: those sold in the West, and those sold in East Asia,
# which wrote UTF-16 two years before the others did.
_WORD_95 = {0xA5DC: 1, 0xA697: 2, 0xA699: 2}
_PIECEMEAL, _ENCRYPTED, _SECOND_TABLE = 0x0004, 0x0100, 0x0200
# A field's instruction stands between the first two, what readers see between the last two.
_FIELD = re.compile("([\x13\x14\x15])")
_END = re.compile(f"([\r\x0c{CELL_END}{ROW_END}])")
# The parts of a document, in order: its text, foot notes, headers, macros, remarks, end notes,
# text boxes. Headers repeat on every page, and remarks are not the document's.
_WANTED = (True, True, False, False, False, True, True)


@dataclass(frozen=True, slots=True)
class _Document:
    main: bytes
    lengths: tuple[int, ...]
    pieces: tuple[Piece, ...]
    tables: Tables


def read_doc(data: bytes, limits: Limits) -> DocumentText:
    """Read a DOC: the text, foot and end notes, text boxes. Raises Unreadable."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            text, cut = gathered(_lines(_opened(ole)), limits.characters)
    except (OSError, struct.error, IndexError) as error:  # olefile's own errors are OSErrors
        raise Unreadable(Reason.DAMAGED) from error
    return DocumentText("doc", text, None, doubts=("cut",) if cut else ())


def _opened(ole: olefile.OleFileIO) -> _Document:
    main: bytes = ole.openstream("WordDocument").read()
    magic, flags = struct.unpack_from("<H8xH", main)
    if flags & _ENCRYPTED:
        raise Unreadable(Reason.ENCRYPTED)
    if magic == _WORD_97:
        return _word_97(ole, main, flags)
    if magic in _WORD_95:
        return _word_95(main, flags, _WORD_95[magic])
    raise Unreadable(Reason.DAMAGED)


def _word_97(ole: olefile.OleFileIO, main: bytes, flags: int) -> _Document:
    table: bytes = ole.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
    data: bytes = ole.openstream("Data").read() if ole.exists("Data") else b""
    at, size = struct.unpack_from("<II", main, 0x1A2)
    pieces = pieces_of(table[at : at + size])
    return _Document(
        main, struct.unpack_from("<7I", main, 0x4C), pieces, _tables(main, table, data)
    )


def _tables(main: bytes, table: bytes, data: bytes) -> Tables:
    try:
        return tables_of(main, table, data)
    except (struct.error, IndexError):
        return Tables()  # the text is readable without


def _word_95(main: bytes, flags: int, width: int) -> _Document:
    lengths = struct.unpack_from("<7I", main, 0x34)
    if flags & _PIECEMEAL:
        at, size = struct.unpack_from("<II", main, 0x160)
        pieces = pieces_of(main[at : at + size], width)
    else:
        (at,) = struct.unpack_from("<I", main, 0x18)
        pieces = (Piece(0, sum(lengths), at, width),)
    return _Document(main, lengths, pieces, Tables())


def _lines(document: _Document) -> Iterator[str]:
    start = 0
    for length, wanted in zip(document.lengths, _WANTED, strict=True):
        if wanted and length:
            yield from _shown(
                text_between(document.main, document.pieces, document.tables, start, start + length)
            )
        start += length


def _shown(text: str) -> Iterator[str]:
    """Paragraphs as lines, rows with their cells between tabs."""
    if ROW_END not in text:
        # Nothing said where rows end: an empty cell is then taken for the end of one.
        text = text.replace(CELL_END * 2, CELL_END + ROW_END)
    cells: list[str] = []
    said = ""
    for part in _END.split("".join(_without_instructions(text))):
        if part == CELL_END:
            cells.append(said)
        elif part == ROW_END:
            yield from _row(cells)
            cells = []
        elif part in {"\r", "\x0c"}:
            yield from lines(said)
        else:
            said = part
            continue
        said = ""
    yield from _row(cells)
    yield from lines(said)


def _row(cells: list[str]) -> Iterator[str]:
    """A row's line; what is framed by a table of one cell stays paragraphs."""
    if len(cells) == 1:
        yield from lines(cells[0])
    elif line := row(cells):
        yield line


def _without_instructions(text: str) -> Iterator[str]:
    inside: list[bool] = []
    for part in _FIELD.split(text):
        if part == "\x13":
            inside.append(True)
        elif part == "\x14" and inside:
            inside[-1] = False
        elif part == "\x15" and inside:
            inside.pop()
        elif not any(inside):
            yield part.replace("\x1e", "-")
