"""Page text to an element tree, safely: no network, no entities, bounded depth and size."""

from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from crawler.reading.tame import tame

SILENT = frozenset({"script", "style"})


class Shown:
    """A page as it is looked through by all who look for channels and lists: parsed once, and only
    if somebody asks. Nobody alters its tree."""

    def __init__(self, html: str, url: str) -> None:
        self.html = html
        self.url = url

    @cached_property
    def root(self) -> etree._Element | None:
        return parse(self.html)


def parse(html: str) -> etree._Element | None:
    """The tree of a page or of a piece of one; None where there is nothing to read.

    The text is handed over as UTF-8 whatever it declares: it is decoded already.
    """
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        recover=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(tame(html).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def texts(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Every visible piece of text in document order, with the element in which it stands."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and element.text and element.tag not in SILENT:
            yield element.text, element
        parent = element.getparent()
        if event == "end" and element is not root and element.tail and parent is not None:
            yield element.tail, parent


def text_of(root: etree._Element) -> str:
    """All visible text, runs of white space made one blank."""
    return " ".join("".join(piece for piece, _ in texts(root)).split())
