"""trafilatura on a located region, and its answer as the lines of the contract's body."""

from configparser import ConfigParser
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree, html
from lxml.html import HtmlElement

from crawler.reading.menus import without_menus
from crawler.reading.noise import is_empty
from crawler.reading.text import fit, fold
from crawler.reading.walker import lines_of

if TYPE_CHECKING:
    from trafilatura.settings import Extractor


def normalised(region: HtmlElement) -> list[str]:
    """The lines that trafilatura makes of a region that is free of noise. Leaves it unchanged."""
    return _extracted(_document(region))


def located(root: HtmlElement) -> list[str]:
    """The lines that trafilatura takes for the main text of a whole page. Leaves it unchanged."""
    return [] if is_empty(root) else _extracted(without_menus(deepcopy(root)))


def title_in(root: HtmlElement) -> str | None:
    """What trafilatura takes for the title of a whole page."""
    # Imported here for the same reason as below. Its `extract_metadata` would look for dates too,
    # and fails on a page that spells out (`&#1;`) what XML forbids.
    from trafilatura.metadata import examine_meta, extract_title

    return None if is_empty(root) else examine_meta(root).title or extract_title(root)


def _extracted(document: HtmlElement) -> list[str]:
    # Imported at the first page: it costs more than a whole crawl in which nothing has changed.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    _without_spans(document)
    found = bare_extraction(document, options=_options())
    if not isinstance(found, Document):
        return []
    for heading in found.body.iter("head"):
        heading.tag = "h2"
    return lines_of(found.body, newlines=True)


@cache
def _options() -> "Extractor":
    from trafilatura.settings import DEFAULT_CONFIG, Extractor

    # Below this size trafilatura falls back on a dump of the page's strings, which ends a line
    # at every <span>: worse than nothing, since our own walker stands by.
    config = ConfigParser()
    config.read_dict(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    return Extractor(
        config=config, output_format="python", fast=True, comments=False, formatting=False,
        links=False, images=False, tables=True, with_metadata=False,
    )  # fmt: skip


def _document(region: HtmlElement) -> HtmlElement:
    root = html.document_fromstring(b"<html><body><article></article></body></html>")
    article = root.find("body/article")
    assert article is not None
    article.append(deepcopy(region))
    article[0].tail = None
    return root


def _without_spans(document: HtmlElement) -> None:
    # trafilatura fills a spanned row with empty cells that nobody could tell from real ones.
    for cell in document.iter("td", "th"):
        cell.attrib.pop("rowspan", None)
        cell.attrib.pop("colspan", None)
    for node in document.iter(etree.Element):
        if node.tag != "pre" and node.text:
            node.text = _one_line(node.text)
        if node.tail:
            node.tail = _one_line(node.tail)


def _one_line(text: str) -> str:
    # A line feed in its answer must mean that it ended a line there.
    return fit(fold(f"·{text}·")[1:-1])
