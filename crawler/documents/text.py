"""Lines and cells as all readers write them.

`crawler.reading` has such functions too, but loading it costs a new worker half a second.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

_UNSEEN = dict.fromkeys((*range(9), *range(14, 32), 0x7F, 0xAD, 0x200B, 0xFEFF, 0xFFFE))
_LINES = re.compile(r"[\n\r\x0b\x0c\u2028\u2029\x85]")
_MEANINGLESS = re.compile("[\ue000-\uf8ff\ufffd\ufffe\uffff]")


def one_line(text: str) -> str:
    """White space folded (U+3000 is such), control characters gone, lone surrogates U+FFFD.

    >>> one_line("　　第一条\\x01 \\n 本办法 ")
    '第一条 本办法'
    """
    return " ".join(storable(text).translate(_UNSEEN).split())


def storable(text: str) -> str:
    """Surrogate pairs joined, lone surrogates replaced: what a database and an encoder take."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def lines(text: str) -> Iterator[str]:
    """The lines of a text that show anything.

    >>> list(lines("第一条\\r\\n\\r\\n第二条"))
    ['第一条', '第二条']
    """
    return (line for raw in _LINES.split(text) if (line := one_line(raw)))


def row(cells: Iterable[object]) -> str:
    """A table's row: cells between tabs, empty ones at its end left out.

    >>> row(["一", 3.0, None, date(2026, 3, 1), None])
    '一\\t3\\t\\t2026-03-01'
    """
    return "\t".join(cell(value) for value in cells).rstrip("\t")


def cell(value: object) -> str:
    """A cell's value as its sheet would show it, without the sheet's number formats.

    >>> [cell(value) for value in (0.1 + 0.2, True, None, datetime(2026, 3, 1, 9, 30))]
    ['0.3', 'TRUE', '', '2026-03-01 09:30:00']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    if isinstance(value, date | time):
        return value.isoformat()
    return one_line(str(value))


def gathered(written: Iterable[str], most: int) -> tuple[str, bool]:
    """The lines joined, no more of them taken than `most` characters need; whether any was cut."""
    taken: list[str] = []
    length = -1
    for line in written:
        length += len(line) + 1
        taken.append(line)
        if length > most:
            return "\n".join(taken)[:most].rstrip(), True
    return "\n".join(taken), False


def means_little(text: str) -> bool:
    """Whether a tenth and more of a text are private-use characters and replacements."""
    return bool(text) and len(_MEANINGLESS.findall(text)) * 10 >= len(text)
