"""A tree's text as lines: one a paragraph, one a table row with its cells between tabs.

It reads both HTML and what trafilatura returns, which names the same things differently. No
recursion: the depth of a page is the page's to choose.
"""

from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.noise import is_noise
from crawler.reading.text import preformatted, shown

PLACE = "region-here"
"""The element that stands, in the rest of a page, where the body was taken out."""

_BREAK = frozenset({"br", "lb", "hr"})
_ROW = frozenset({"tr", "row"})
_CELL = frozenset({"td", "th", "cell"})
_LINE = (
    _BREAK
    | {PLACE}
    | frozenset(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "html",
            "legend",
            "li",
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "tfoot",
            "thead",
            "ul",
            "item",
            "list",
            "quote",
            "tr",
            "row",
            "td",
            "th",
            "cell",
        ]
    )
)


_GRID = _ROW | _CELL
_STRUCTURE = _LINE | _GRID


def lines_of(element: HtmlElement, *, newlines: bool = False) -> list[str]:
    """The lines of a tree in reading order, each as a browser shows it, none empty.

    Spans are not filled: a row has as many cells as it was written with, empty ones included.
    A table that holds another table, and a row of one cell, are layout: they give paragraphs.
    With `newlines`, a line feed in the text ends a line everywhere, not only in `<pre>`.
    """
    lines = _Lines(element, newlines=newlines)
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        structured = node.tag in _STRUCTURE
        if event == "start":
            if structured:
                lines.enter(node)
            elif node is not element and is_noise(node):
                walk.skip_subtree()
                continue
            if text := node.text:
                lines.say(text)
        else:
            if structured and event == "end":
                lines.leave(node)
            if node is not element and (tail := node.tail):
                lines.say(tail)
    return lines.finished()


@dataclass(slots=True)
class _Place:
    """Where text goes: into lines, or, between the cells of an open row, into a cell of its own."""

    is_row: bool = False
    lines: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)

    def take(self, line: str) -> None:
        if self.is_row:
            self.cells.append([line])
        else:
            self.lines.append(line)


class _Lines:
    def __init__(self, root: HtmlElement, *, newlines: bool) -> None:
        self._root = root
        self._layout = {
            around for table in root.iter("table") for around in table.iterancestors("table")
        }
        self._places = [_Place()]
        self._said: list[str] = []
        self._newlines = newlines
        self._preformatted = 0

    def enter(self, node: HtmlElement) -> None:
        if node.tag in _LINE:
            self._end_line()
        if self._is_grid(node):
            self._places.append(_Place(is_row=node.tag in _ROW))
        self._preformatted += node.tag == "pre"

    def leave(self, node: HtmlElement) -> None:
        if node.tag in _LINE:
            self._end_line()
        self._preformatted -= node.tag == "pre"
        if not self._is_grid(node):
            return
        place = self._places.pop()
        if place.is_row:
            for line in _row_lines(place.cells):
                self._places[-1].take(line)
        else:
            self._places[-1].cells.append(place.lines)

    def say(self, text: str) -> None:
        if not (self._newlines or self._preformatted):
            self._said.append(text)
            return
        first, *others = text.split("\n")
        self._said.append(first)
        for line in others:
            self._end_line()
            self._said.append(line)

    def finished(self) -> list[str]:
        self._end_line()
        return self._places[0].lines

    def _end_line(self) -> None:
        if not self._said:
            return
        said = "".join(self._said)
        line = preformatted(said) if self._preformatted else shown(said)
        self._said.clear()
        if line:
            self._places[-1].take(line)

    def _is_grid(self, node: HtmlElement) -> bool:
        """Whether it is a row, or a cell in a row, of a table that is no mere layout."""
        if node.tag not in _GRID:
            return False
        if node.tag in _CELL:
            row = node.getparent()
            return node is not self._root and row is not None and self._is_row(row)
        return self._is_row(node)

    def _is_row(self, node: HtmlElement) -> bool:
        return node.tag in _ROW and next(node.iterancestors("table"), None) not in self._layout


def _row_lines(cells: list[list[str]]) -> list[str]:
    if len(cells) == 1:
        return cells[0]
    row = "\t".join(" ".join(lines).replace("\t", " ") for lines in cells).rstrip("\t")
    return [row] if row else []
