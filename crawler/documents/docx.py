"""DOCX: paragraphs and tables in reading order, then the notes.

Read from its XML: python-docx leaves out text boxes, content controls and foot notes.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from crawler.documents.packed import Packed, local
from crawler.documents.text import gathered, lines, one_line
from crawler.documents.values import DocumentText, Limits

_MAIN = "word/document.xml"
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
# What was struck out, what a field computes from, and properties: no reader sees these.
_UNSEEN = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr"})
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_LIST_OFF = "0"


def read_docx(data: bytes, limits: Limits) -> DocumentText:
    """Read a DOCX. Raises Unreadable."""
    packed = Packed(data, limits)
    body = packed.xml(_MAIN)
    text, cut = gathered(_lines(packed, body), limits.characters)
    doubts = (
        *(("cut",) if cut else ()),
        *(("numbers-not-shown",) if _is_numbered(body) else ()),
    )
    return DocumentText("docx", text, None, doubts=doubts)


def _lines(packed: Packed, body: Element) -> Iterator[str]:
    yield from _blocks(body)
    for part, name in _NOTES:
        if part in packed:
            for note in packed.xml(part):
                if local(note) == name:
                    yield from _blocks(note)


def _blocks(box: Element) -> Iterator[str]:
    """The lines of all that stands in a box: a body, a cell, a note, a content control."""
    for node in box:
        name = local(node)
        if name == "p":
            yield from _paragraph(node)
        elif name == "tbl":
            yield from _table(node)
        elif name == "AlternateContent":
            yield from _blocks(_chosen(node))
        elif name not in _UNSEEN:
            yield from _blocks(node)


def _paragraph(node: Element) -> Iterator[str]:
    boxes: list[Element] = []
    yield from lines("".join(_runs(node, boxes)))
    for box in boxes:
        yield from _blocks(box)


def _runs(node: Element, boxes: list[Element]) -> Iterator[str]:
    """The text of a paragraph; text boxes anchored in it are put aside."""
    for child in node:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            yield from _runs(_chosen(child), boxes)
        elif name not in _UNSEEN:
            yield from _runs(child, boxes)


def _chosen(alternatives: Element) -> Element:
    """One of the ways in which Word wrote the same drawing: else its text would come twice."""
    return next(iter(alternatives), alternatives)


def _table(table: Element) -> Iterator[str]:
    for line in _within(table, "tr"):
        cells = list(_within(line, "tc"))
        if len(cells) == 1:
            yield from _blocks(cells[0])
        else:
            shown = "\t".join(one_line(" ".join(_blocks(cell))) for cell in cells).rstrip("\t")
            yield from (shown,) if shown else ()


def _within(box: Element, name: str) -> Iterator[Element]:
    """The rows of a table, the cells of a row, also those inside content controls."""
    for node in box:
        if local(node) == name:
            yield node
        elif local(node) not in _UNSEEN:
            yield from _within(node, name)


def _is_numbered(body: Element) -> bool:
    return any(
        value != _LIST_OFF
        for node in body.iter()
        if local(node) == "numId"
        for key, value in node.items()
        if key.endswith("val")
    )
