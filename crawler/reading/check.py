"""No sentence is lost unseen: what trafilatura returns is held against the region it was given."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.reading.flat import plain
from crawler.reading.text import dense


def same_characters(lines: Sequence[str], region: HtmlElement) -> bool:
    """Whether every character of a region without noise stands in the lines, in the same order."""
    return dense("".join(lines)) == dense(plain(region))


def same_lines(lines: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two readings end their lines and part their cells at the same places."""
    return [_cells(line) for line in lines] == [_cells(line) for line in others]


def as_shown(lines: Sequence[str], walked: Sequence[str]) -> list[str]:
    """The lines with the white space that the page has: trafilatura folds U+3000 and its like.

    >>> as_shown(["甲 乙", "丙"], ["甲　　乙"])
    ['甲\\u3000\\u3000乙', '丙']
    """
    shown = {dense(line): line for line in walked}
    return [shown.get(dense(line), line) for line in lines]


def _cells(line: str) -> list[str]:
    return [dense(cell) for cell in line.rstrip("\t").split("\t")]
