"""The table of a disclosure article (政府信息公开): 索引号, 发布机构, 文号, 有效性 and the like.

Seen on fzggw.zj.gov.cn, 2026: label and value cells in turn, two pairs a row, an empty pair at
the end. Other templates use `<th>`, `<dt>`/`<dd>`, both in one cell, or boxes without a table.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.noise import visible_strings
from crawler.reading.spellings import ORDINARY, TERM_OF
from crawler.reading.text import dense, shown

_INLINE = re.compile(
    r"(?:[【\[](?P<boxed>[^】\]]{2,40})[】\]]\s{0,3}[:：]?|(?P<label>[^:：]{2,40})[:：])(?P<value>.+)",
    re.DOTALL,
)
_COLONS = ":："
_EDGES = ":：[]【】"
_TELLING = re.compile("|".join(sorted(TERM_OF.keys() - ORDINARY, key=len, reverse=True)))
_BOXES = ("table", "dl", "ul")
_DRAWN = frozenset({"div", "section", "ol"})
_CLIMB = 3


def info_tables(root: HtmlElement, shown: str) -> list[HtmlElement]:
    """The innermost tables, lists and boxes that label a disclosure article; `shown` is the text
    of `root` without white space.

    One is known by two labels of ours, at least one of which no ordinary table would carry.
    """
    if not _TELLING.search(shown):
        return []
    boxes = [box for box in root.iter(*_BOXES) if _may_tell(box) and _is_telling(box)]
    boxes = boxes or [box for box in dict.fromkeys(_drawn(root)) if _is_telling(box)]
    around = {outer for box in boxes for outer in box.iterancestors()}
    return [box for box in boxes if box not in around]


def info_of(boxes: list[HtmlElement]) -> Mapping[str, str]:
    """All labels with their values, as the page labels them; pairs without a value are left out.

    The first of two equal labels counts. `索 引 号：` and `索引号` are one label.
    """
    info: dict[str, str] = {}
    for box in boxes:
        for label, value in _pairs(box):
            if label and value:
                info.setdefault(label, value)
    return info


def normalised_info(info: Mapping[str, str]) -> Mapping[str, str]:
    """The table in our terms, whatever the page calls them; labels without a term are left out.

    >>> dict(normalised_info({"发文机关": "县政府", "时效性": "有效", "备注": "全文"}))
    {'发布机构': '县政府', '有效性': '有效'}
    """
    terms: dict[str, str] = {}
    for label, value in info.items():
        if (term := TERM_OF.get(dense(label))) and value:
            terms.setdefault(term, value)
    return terms


def _may_tell(box: HtmlElement) -> bool:
    return _TELLING.search(dense(box.text_content())) is not None


def _drawn(root: HtmlElement) -> Iterator[HtmlElement]:
    """The boxes around what begins with one of our labels."""
    for node in root.iter(etree.Element):
        if node.text and _opens_with_a_label(node.text):
            above = islice(node.iterancestors(), _CLIMB)
            yield from (box for box in above if box.tag in _DRAWN)


def _opens_with_a_label(text: str) -> bool:
    return _label_of(re.split("[:：]", dense(text[:40]), maxsplit=1)[0]) in TERM_OF


def _label_of(text: str) -> str:
    return dense(text).strip(_EDGES)


def _is_telling(box: HtmlElement) -> bool:
    if box.find(".//table") is not None:
        return False
    rows = [list(_pairs_of(row)) for row in _rows(box)]
    labels = {label for row in rows for label, _ in row} & TERM_OF.keys()
    # In a list of documents 文号 and 发文机关 head the columns, and the rows below label nothing.
    labelled = sum(bool(row) for row in rows) * 2 >= len(rows)
    return labelled and len(labels) > 1 and not labels <= ORDINARY


def _rows(box: HtmlElement) -> list[HtmlElement]:
    if box.tag in _DRAWN:
        return [row for row in box if isinstance(row.tag, str)]
    return list(box.iter("tr", "dl", "li"))


def _pairs(box: HtmlElement) -> Iterator[tuple[str, str]]:
    for row in _rows(box):
        yield from _pairs_of(row)


def _pairs_of(row: HtmlElement) -> Iterator[tuple[str, str]]:
    cells = [_cell(cell) for cell in row.iter("td", "th", "dt", "dd")]
    return _pairs_in_row(cells or _drawn_cells(row))


def _drawn_cells(row: HtmlElement) -> list[str]:
    """A row without cells: `<span>索引号：</span><span>…</span>`, or both as one text."""
    whole = _cell(row)
    if _inline(whole) or not len(row):
        return [whole]
    return [_cell(child) for child in row if isinstance(child.tag, str)]


def _pairs_in_row(cells: list[str]) -> Iterator[tuple[str, str]]:
    waiting: str | None = None
    for cell in cells:
        if waiting is not None:
            yield waiting, cell
            waiting = None
        elif pair := _inline(cell):
            yield pair
        elif _is_label(cell):
            waiting = _label_of(cell)


def _inline(cell: str) -> tuple[str, str] | None:
    """A known label and its value in one text: `索引号：A-1`, `【索引号】A-1`."""
    found = _INLINE.fullmatch(cell)
    label = _label_of(found["boxed"] or found["label"]) if found else ""
    return (label, shown(found["value"])) if found and label in TERM_OF else None


def _is_label(cell: str) -> bool:
    name = dense(cell)
    return _label_of(name) in TERM_OF or (2 < len(name) <= 15 and name[-1] in _COLONS)


def _cell(cell: HtmlElement) -> str:
    return shown("".join(visible_strings(cell)))
