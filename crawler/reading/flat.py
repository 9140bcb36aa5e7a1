"""A tree as one string: the text in it, with signs where lines, rows and cells begin and end.

libxslt does the walking: a walk in Python over a page's nodes costs five times as much, and every
page is walked twice. The signs are noncharacters, which Unicode keeps for the inside of programs;
`text.markup` lets none of a page's own through.
"""

from functools import cache

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.noise import NOISE

LINE, ROW, ROW_END, CELL, CELL_END, GRID, LAYOUT, TABLE_END, PRE, PRE_END, GAP, SPACE = map(
    chr, range(0xFDD0, 0xFDDC)
)
"""A line ends; a row of a table, a cell in it; a table, or one for layout, which holds another; a
`<pre>`. The last two are for whoever works out the lines: what parts the cells of a row, and a
space that does not collapse."""

PLACE = "region-here"
"""The element that stands, in the rest of a page, where the body was taken out."""

# HTML's names and, for the answers of trafilatura, those of TEI.
_LINES = (
    PLACE, "br", "lb", "hr", "address", "article", "aside", "blockquote", "body", "caption",
    "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "legend", "li", "main",
    "menu", "nav", "ol", "p", "section", "summary", "tbody", "tfoot", "thead", "ul", "item",
    "list", "quote", "td", "th", "cell",
)  # fmt: skip
_ROWS = ("tr", "row")
_CELLS = ("tr/td", "tr/th", "tr/cell", "row/td", "row/th", "row/cell")
_FROM_WORD = ("*[starts-with(name(), 'w:')]",)
_ACCESSES = ("read_file", "write_file", "create_dir", "read_network", "write_network")
_GOES_ON = "<xsl:apply-templates/>"


def flat(element: HtmlElement) -> str:
    """The visible text below an element, hidden boxes included, with the signs of its structure."""
    return str(_stylesheet()(element))


def plain(element: HtmlElement) -> str:
    """All text below an element in reading order, that of scripts and styles included."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


@cache
def _stylesheet() -> etree.XSLT:
    templates = (
        _template(_LINES, f"{LINE}{_GOES_ON}{LINE}"),
        _template(_ROWS, f"{ROW}{_GOES_ON}{ROW_END}"),
        _template(_CELLS, f"{CELL}{_GOES_ON}{CELL_END}", priority=1),
        _template(("table",), f"{GRID}{_GOES_ON}{TABLE_END}"),
        _template(("table[.//table]",), f"{LAYOUT}{_GOES_ON}{TABLE_END}", priority=1),
        _template(("pre",), f"{PRE}{_GOES_ON}{PRE_END}"),
        _template(tuple(sorted(NOISE)), ""),
        _template(_FROM_WORD, "", priority=-0.2),
    )
    sheet = etree.fromstring(
        '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        f'<xsl:output method="text"/>{"".join(templates)}</xsl:stylesheet>'
    )
    return etree.XSLT(
        sheet, access_control=etree.XSLTAccessControl(**dict.fromkeys(_ACCESSES, False))
    )


def _template(names: tuple[str, ...], content: str, priority: float = 0) -> str:
    match = "|".join(names)
    return f'<xsl:template match="{match}" priority="{priority}">{content}</xsl:template>'
