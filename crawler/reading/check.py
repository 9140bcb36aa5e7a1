"""No sentence is lost unseen: what trafilatura returns is held against the region it was given."""

from collections import deque
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.reading.flat import plain
from crawler.reading.text import dense

_FEW = 3


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


def with_dropped(lines: Sequence[str], walked: Sequence[str]) -> list[str]:
    """The lines of a whole page with the few that it has between two of them: a salutation, the
    name of a file, whatever trafilatura held for furniture in the midst of what it took for the
    text. A longer gap stays one: that may be a list.

    >>> with_dropped(["甲。", "丙。"], ["首页", "甲。", "附件：乙.pdf", "丙。", "版权"])
    ['甲。', '附件：乙.pdf', '丙。']
    """
    places: dict[str, deque[int]] = {}
    for number, line in enumerate(walked):
        places.setdefault(dense(line), deque()).append(number)
    whole: list[str] = []
    last: int | None = None
    for line in lines:
        place = _next_place(places.get(dense(line)), -1 if last is None else last)
        if last is not None and place is not None and place - last <= _FEW + 1:
            whole += walked[last + 1 : place]
        whole.append(line)
        last = last if place is None else place
    return whole


def _next_place(places: "deque[int] | None", after: int) -> int | None:
    while places and places[0] <= after:
        places.popleft()
    return places[0] if places else None


def _cells(line: str) -> list[str]:
    return [dense(cell) for cell in line.rstrip("\t").split("\t")]
