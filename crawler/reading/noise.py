"""What stands in a page's markup and is never text: scripts, styles, hidden boxes, form fields."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from crawler.reading.text import dense, fit

NOISE = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "button",
        "input",
        "select",
        "textarea",
        "audio",
        "video",
        "map",
        "xml",
    ]
)
EMBEDDING = ("video", "audio", "source", "embed", "object", "param", "iframe", "script")
"""Noise that may hold, or lead to, what a body shows."""

_DRESS = (
    "span", "font", "b", "strong", "i", "em", "u", "s", "strike", "small", "big", "ins", "del",
    "sub", "sup", "tt", "code", "nobr", "o:p", "st1:chsdate", "st1:chmetcnv",
)  # fmt: skip

_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden")


def without_noise(element: HtmlElement) -> bool:
    """Remove the noise below `element`, in place. True when hidden text was among it.

    Comments go too: none of them is text. What follows a removed element stays. Of tags that only
    dress text the text stays: a page from Word has one for every few characters.
    """
    below = list(element.iterdescendants())
    hidden = [node for node in below if _is_hidden(node)]
    hid_text = any(dense("".join(visible_strings(node))) for node in hidden)
    noisy = {tag for tag in {node.tag for node in below} if is_noisy(tag)}
    for node in (*hidden, *[node for node in below if noisy and node.tag in noisy]):
        drop(node)
    etree.strip_tags(element, *_DRESS)
    return hid_text


def drop(node: HtmlElement) -> None:
    """Take a node out of its tree and leave the text behind it where it was."""
    parent = node.getparent()
    if parent is None:
        return
    tail, node.tail = node.tail, None
    before = node.getprevious()
    parent.remove(node)
    if tail and before is None:
        parent.text = fit((parent.text or "") + tail)
    elif tail and before is not None:
        before.tail = fit((before.tail or "") + tail)


def events(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """`start`, `end` and `tail` of every node below and with `element`, noise left out.

    The tail of a noisy node is still told: only what is inside it is not text.
    """
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        noisy = node is not element and is_noise(node)
        if not noisy:
            yield event, node
        elif event == "start":
            walk.skip_subtree()
        if event != "start" and node is not element:
            yield "tail", node


def visible_strings(element: HtmlElement) -> Iterator[str]:
    """The strings below an element in reading order, noise left out; hidden boxes are kept."""
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event != "start":
            if node is not element and (tail := node.tail):
                yield tail
        elif node is not element and is_noise(node):
            walk.skip_subtree()
        elif text := node.text:
            yield text


def is_empty(element: HtmlElement) -> bool:
    """Whether there is nothing in it to read and no picture to see."""
    return not dense("".join(visible_strings(element))) and element.find(".//img") is None


def is_noise(node: HtmlElement) -> bool:
    """Whether what an element holds is no text: by its name alone."""
    return is_noisy(node.tag)


@lru_cache(maxsize=512)
def is_noisy(tag: object) -> bool:
    """Whether what elements of this name hold is no text; comments have no name at all."""
    return not isinstance(tag, str) or tag in NOISE or tag.startswith("w:")


def _is_hidden(node: HtmlElement) -> bool:
    style = node.get("style")
    return (style is not None and _hides(style)) or node.get("hidden") is not None


@lru_cache(maxsize=1024)
def _hides(style: str) -> bool:
    # A body from Word has hundreds of styles, and few that differ.
    return _HIDDEN.search(style.lower()) is not None
