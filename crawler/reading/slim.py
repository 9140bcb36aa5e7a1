"""A page's text without what says nothing and costs the most: style sheets, scripts, menus. Pure.

Each is taken out only where plain text shows beyond doubt what it is, at a fraction of what parsing
it and walking over it would cost; whatever is written in another way is left to the parser.
"""

import re

from crawler.hanweb import CHANNEL_LINK

# Addresses from their first character on and nothing that could be read in two ways: this is tried
# at every list item. A further page's number is a link to an article as well, but never a long one.
_ENTRY = (
    r"<li>\s*+<a\s++(?:target=[\"']\w++[\"']\s++)?href=[\"'](?:https?://[\w.:-]++)?"
    rf"(?:(?:{CHANNEL_LINK}|/?[\"'])[^<>]*+>[^<>]*+</a>\s*+"
    r"|/art/[^<>\"']*\.html?[\"'][^<>]*+>[^<>]{8,}+</a>\s*+(?:<span>[^<>]*+</span>\s*+)?)</li>\s*+"
)
_ENTRIES = re.compile(f"({_ENTRY})(?:{_ENTRY}){{3,}}+")
_OPTIONS = re.compile(r"<option(?:\s[^<>]*)?>[^<>]*</option>\s*")


def without_element(text: str, tag: str) -> str:
    """The text without the elements of this name that hold no `<`: those end where they seem to,
    in the eyes of every parser.

    >>> without_element("<p><style>p { top: 0 }</style>甲<style><!-- p {} --></style>", "style")
    '<p>甲<style><!-- p {} --></style>'
    """
    kept: list[str] = []
    opening, closing = f"<{tag}", f"</{tag}>"
    copied, at = 0, text.find(opening)
    while at >= 0:
        inside = text.find(">", at)
        end = text.find("<", at + 1)
        if at < inside < end and text.startswith(closing, end):
            kept.append(text[copied:at])
            copied = end = end + len(closing)
        at = text.find(opening, max(end, at + 1))
    return "".join((*kept, text[copied:])) if kept else text


def with_short_lists(text: str) -> str:
    """The text without most entries of its menus and lists: of four and more list items in a row,
    each a link and nothing else, to channels, to articles or to other sites, the first stays, and
    of options to choose from none. What a page is made of (`skeleton`) stays the same: an entry
    with an id or a class is never taken out.

    >>> entry = '<li><a href="/col/col7/index.html">通知</a></li>'
    >>> with_short_lists(f"<ul>{entry * 20}</ul>") == f"<ul>{entry}</ul>"
    True
    """
    text = _ENTRIES.sub(_first, text)
    return _OPTIONS.sub(_nothing, text) if "<option" in text else text


def _first(entries: re.Match[str]) -> str:
    return entries[0] if _is_named(entries[0]) else entries[1]


def _nothing(option: re.Match[str]) -> str:
    return option[0] if _is_named(option[0]) else ""


def _is_named(tags: str) -> bool:
    return "id=" in tags or "class=" in tags
