"""RTF through striprtf: many a .doc is one inside."""

import re

from striprtf.striprtf import rtf_to_text

from crawler.documents.text import gathered, lines, row
from crawler.documents.values import DocumentText, Limits

_TAB = re.compile(r"\\tab(?![a-z])")
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
_CELL_END = "\\tab"  # striprtf writes a bar, which paragraphs hold too; a tab then is a cell's end


def read_rtf(data: bytes, limits: Limits) -> DocumentText:
    """Read an RTF; text in charsets other than declared is replaced, not refused."""
    marked = _CELL.sub(lambda _: _CELL_END, _TAB.sub(" ", data.decode("latin-1")))
    text: str = rtf_to_text(marked, "cp936", "replace")  # type: ignore[no-untyped-call]
    shown = (row(line.split("\t")) for line in text.split("\n"))
    plain = (part for line in shown for part in (lines(line) if "\t" not in line else (line,)))
    written, cut = gathered(plain, limits.characters)
    return DocumentText("rtf", written, None, doubts=("cut",) if cut else ())
