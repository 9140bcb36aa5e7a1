"""What stands between a page's date line and its first closing button: there the article is, on a
page of no known layout."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.reading.text import fit
from crawler.reading.tools import fenced
from crawler.reading.walker import lines_of

_SIGN = "⟦{}⟧"


def inside_the_fence(page: HtmlElement, nodes: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Those of a page's pictures and links that stand there. Leaves the page as it was."""
    if not nodes:
        return []
    between = "\n".join(fenced(_lines_with_signs(page, nodes)) or ())
    return [node for number, node in enumerate(nodes) if _SIGN.format(number) in between]


def _lines_with_signs(page: HtmlElement, nodes: Sequence[HtmlElement]) -> list[str]:
    """The lines of a page with a sign behind each of these nodes."""
    tails = [node.tail for node in nodes]
    for number, node in enumerate(nodes):
        node.tail = fit(_SIGN.format(number) + (node.tail or ""))
    lines = lines_of(page)
    for node, tail in zip(nodes, tails, strict=True):
        node.tail = fit(tail) if tail else None
    return lines
