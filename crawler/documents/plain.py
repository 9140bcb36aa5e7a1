"""HTML, plain text and tables of comma-separated values, decoded as pages are."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes

from crawler.documents.text import gathered, lines, one_line, row
from crawler.documents.values import DocumentText, Limits, Reason, Unreadable

_LONGEST_CELL = 2_000_000


def read_html(data: bytes, limits: Limits, charset: str | None = None) -> DocumentText:
    """The visible text of a page, tables as rows; many an .xls and .doc is one."""
    from crawler.reading.noise import without_noise
    from crawler.reading.page import parse
    from crawler.reading.walker import lines_of

    page = parse(_decoded(data, charset))
    without_noise(page.root)
    shown = ("\t".join(one_line(c) for c in line.split("\t")) for line in lines_of(page.root))
    text, cut = gathered(shown, limits.characters)
    return DocumentText("html", text, None, doubts=("cut",) if cut or page.cut else ())


def read_mht(data: bytes, limits: Limits) -> DocumentText:
    """The page in a web page that was saved as one file (MIME). Raises Unreadable."""
    for part in message_from_bytes(data).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            return replace(read_html(content, limits, part.get_content_charset()), format="mht")
    raise Unreadable(Reason.DAMAGED)


def read_txt(data: bytes, limits: Limits) -> DocumentText:
    """The lines that show anything."""
    text, cut = gathered(lines(_decoded(data)), limits.characters)
    return DocumentText("txt", text, None, doubts=("cut",) if cut else ())


def read_csv(data: bytes, limits: Limits) -> DocumentText:
    """The rows, whatever of comma, semicolon or tab stands between their cells."""
    text, cut = gathered(_rows(_decoded(data)), limits.characters)
    return DocumentText("csv", text, None, doubts=("cut",) if cut else ())


def _rows(text: str) -> Iterator[str]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t，", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    for cells in csv.reader(text.replace("\r\n", "\n").split("\n"), delimiter=delimiter):
        if line := row(cells):
            yield line


def _decoded(data: bytes, charset: str | None = None) -> str:
    # Loading this costs half a second, which most documents need not wait for.
    from crawler.reading.decode import decode

    return decode(data, charset)
