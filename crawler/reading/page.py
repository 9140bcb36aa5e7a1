"""A page's text parsed once, with libxml2's limits kept and what they cut off noticed."""

import re
from dataclasses import dataclass

from lxml import etree, html
from lxml.html import HtmlElement

from crawler.reading.tame import tame
from crawler.reading.text import markup, parsable

# Per-character <font> and unclosed <span> of pasted Word text: why trees get too deep.
_INLINE = re.compile(
    r"</?(?:font|span|b|strong|i|em|u|s|small|big|o:p|st1:[a-z]{1,30})(?:\s[^<>]*)?>", re.IGNORECASE
)
_NEST = re.compile(r"<(/?)(?:div|section|center|blockquote)(?:\s[^<>]*)?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. `cut` says that the parser gave up before the end of the text."""

    root: HtmlElement
    cut: bool = False


def parse(text: str) -> Page:
    """Parse any text as HTML: no network, no entities, no huge trees."""
    return parse_markup(markup(text))


def parse_markup(source: str) -> Page:
    """Parse a page or a part of one, style sheets and all.

    libxml2 stops at a depth of 256 and drops the rest of the page without an error. Such a page
    is parsed again without its inline tags, and then with its boxes reduced to line breaks.
    """
    source = tame(source)
    page = _parsed(source)
    if page.cut:
        source = _INLINE.sub("", source)
        page = _parsed(source)
    if page.cut:
        page = _parsed(_NEST.sub("<br>", source))
    return page


def box() -> HtmlElement:
    """A new `<div>`, which may take in what was parsed."""
    return _parser().makeelement("div")


def _parser() -> html.HTMLParser:
    # Nobody asks for an element by its id: collecting them took a tenth of parsing.
    parser = html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    # One class for all elements, chosen without a call into Python for each of them.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return parser


def _parsed(source: str) -> Page:
    parser = _parser()
    try:
        root = html.document_fromstring(parsable(source), parser=parser)
    except etree.ParserError:
        # Nothing in it that a parser would call an element: blank, or comments alone.
        return Page(html.document_fromstring(b"<html><body></body></html>"))
    return Page(root, cut=_gave_up(parser))


def _gave_up(parser: etree.HTMLParser) -> bool:
    return len(parser.error_log.filter_from_level(etree.ErrorLevels.FATAL)) > 0
