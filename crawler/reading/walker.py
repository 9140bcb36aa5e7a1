"""A tree's text as lines: one a paragraph, one a table row with its cells between tabs.

It reads both HTML and what trafilatura returns, which names the same things differently.
"""

import re

from lxml.html import HtmlElement

from crawler.reading.flat import (
    CELL,
    CELL_END,
    GAP,
    GRID,
    LAYOUT,
    LINE,
    PRE,
    PRE_END,
    ROW,
    ROW_END,
    SPACE,
    TABLE_END,
    flat,
)
from crawler.reading.text import preformatted, shown

_ENDS = re.compile(f"[{LINE}-{PRE_END}][\\s{LINE}-{PRE_END}]*")
# All of these match the innermost first: a page may open a row, or a <pre>, within another.
_GRID = re.compile(f"{GRID}([^{GRID}{LAYOUT}{TABLE_END}]*){TABLE_END}")
_LAYOUT = re.compile(f"{LAYOUT}([^{GRID}{LAYOUT}{TABLE_END}]*){TABLE_END}")
_ROW = re.compile(f"{ROW}([^{ROW}{ROW_END}]*){ROW_END}")
_RUN = re.compile(f"[^\n{LINE}-{PRE_END}]+")
_ROWS_AND_CELLS = re.compile(f"[{ROW}-{CELL_END}]")
_PRE = re.compile(f"{PRE}([^{PRE}{PRE_END}]*){PRE_END}")


def lines_of(element: HtmlElement, *, newlines: bool = False) -> list[str]:
    """The lines of a tree in reading order, each as a browser shows it, none empty.

    Spans are not filled: a row has as many cells as it was written with, empty ones included.
    A table that holds another table, and a row of one cell, are layout: they give paragraphs.
    With `newlines`, a line feed in the text ends a line everywhere, not only in `<pre>`.
    """
    told = flat(element)
    if newlines:
        told = told.replace("\n", LINE)
    for sign, form, written in _STRUCTURES:
        while sign in told and (simpler := form.sub(written, told)) != told:
            told = simpler
    lines = _lines(told)
    if GAP in told or SPACE in told:
        return [line.replace(GAP, "\t").replace(SPACE, " ") for line in lines]
    return lines


def _lines(told: str) -> list[str]:
    """The lines of a text in which every sign ends a line."""
    return [line for part in _ENDS.split(told) if part and (line := shown(part))]


def _preformatted(pre: re.Match[str]) -> str:
    kept = _RUN.sub(lambda run: preformatted(run[0]).replace(" ", SPACE), pre[1])
    return LINE.join(("", *kept.split("\n"), ""))


def _grid(table: re.Match[str]) -> str:
    rows = table[1]
    while ROW in rows and (simpler := _ROW.sub(_row, rows)) != rows:
        rows = simpler
    return f"{LINE}{rows}{LINE}"


def _layout(table: re.Match[str]) -> str:
    return _ROWS_AND_CELLS.sub(LINE, f"{LINE}{table[1]}{LINE}")


def _row(row: re.Match[str]) -> str:
    cells = _cells(row[1])
    if len(cells) == 1:
        return LINE.join(("", *cells[0], ""))
    texts = (" ".join(lines).replace(GAP, " ") for lines in cells)
    return f"{LINE}{GAP.join(texts).rstrip(GAP)}{LINE}"


def _cells(row: str) -> list[list[str]]:
    """The lines of each cell; what stands between the cells is a cell for each line."""
    before, *cells = row.split(CELL)
    found = [[line] for line in _lines(before)]
    for cell in cells:
        inside, _, behind = cell.partition(CELL_END)
        found += [_lines(inside), *([line] for line in _lines(behind))]
    return found


# In this order: rows that are left when the tables are done stand in no table at all.
_STRUCTURES = (
    (PRE, _PRE, _preformatted),
    (GRID, _GRID, _grid),
    (LAYOUT, _LAYOUT, _layout),
    (ROW, _ROW, _row),
)
