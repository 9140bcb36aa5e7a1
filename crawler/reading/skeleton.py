"""The skeleton of a page: of which boxes it is made, whatever they say.

Pages of one template have one skeleton, or one of a few; a redesign gives all of them another.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from lxml.html import HtmlElement

from crawler.reading.noise import NOISE

_BOXES = frozenset(
    {
        "article", "aside", "body", "center", "dd", "div", "dl", "dt", "footer", "form", "header",
        "li", "main", "nav", "ol", "section", "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_NUMBER = re.compile(r"\d+")


def skeleton_of(elements: Iterable[HtmlElement]) -> str:
    """A digest of the boxes of a page without its body: their kinds, names and classes, and which
    stands directly in which. How many there are of each, and in which order, does not count: lists
    grow, and menus are long or short. Nor do numbers in names: scripts and editors count up.

    >>> from crawler.reading.page import parse
    >>> one, more, other = (
    ...     skeleton_of(parse(f"<ul class='{name}'>{rows}</ul>").root.iter())
    ...     for name, rows in (("a", "<li>1"), ("a", "<li>1<li>2"), ("b", "<li>1"))
    ... )
    >>> (one == more, one == other)
    (True, False)
    """
    boxes = sorted({box for kind in _kinds(elements) if (box := _box(*kind))})
    return sha256("\n".join(boxes).encode("utf-8", "replace")).hexdigest()[:16]


def _kinds(elements: Iterable[HtmlElement]) -> set[tuple[str, str, str | None, str | None]]:
    # Hundreds of a page's elements are the same in this: what follows is done once for each kind.
    kinds: set[tuple[str, str, str | None, str | None]] = set()
    for element in elements:
        tag, name, classes = element.tag, element.get("id"), element.get("class")
        if name or classes or tag in _BOXES:
            parent = element.getparent()
            kinds.add((parent.tag if parent is not None else "", tag, name, classes))
    return kinds


@lru_cache(maxsize=1024)
def _box(parent: str, tag: str, name: str | None, classes: str | None) -> str:
    """A box as it is told; empty for an element that is none."""
    named = _named(name, classes)
    return f"{parent}>{tag}{named}" if (named or tag in _BOXES) and tag not in NOISE else ""


def _named(name: str | None, classes: str | None) -> str:
    told = f"#{name}" if name else ""
    return _NUMBER.sub(
        "", told + "".join(f".{each}" for each in sorted(set((classes or "").split())))
    )
