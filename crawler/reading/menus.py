"""A page's tree without its menus and lists, for whoever looks for the body by what pages are like
and pays for each link that is none of it."""

import re
from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement

from crawler.hanweb import CHANNEL_LINK

_FROM = 4
"""So many entries in a row are a list."""
_UNREAD = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "select",
)  # fmt: skip
_LEADS_AWAY = re.compile(
    rf"(?:https?://[\w.:-]++)?(?:/?\Z|[^\"'<>]*{CHANNEL_LINK}|/art/[^\"'<>]*\.html?\Z)"
)


def without_menus(root: HtmlElement) -> HtmlElement:
    """The tree, altered: nothing that is no text, and of four and more list items that are links to
    channels, articles or sites and nothing else, a day behind each aside, the first alone.

    It is `slim.with_short_lists` on a tree that is parsed already, and of a page whose body nobody
    located; there a third of the links are menus, and two thirds of the time went to them.
    """
    etree.strip_elements(root, *_UNREAD, with_tail=False)
    for entries in [list(each) for each in root.iter("ul", "ol")]:
        if len(entries) >= _FROM and all(map(_is_entry, entries)):
            for entry in entries[1:]:
                entry.getparent().remove(entry)
    return root


def _is_entry(item: HtmlElement) -> bool:
    inside: Sequence[HtmlElement] = list(item)
    if item.tag != "li" or not 1 <= len(inside) <= 2 or _says(item.text) or _says(item.tail):
        return False
    link, *behind = inside
    return (
        link.tag == "a"
        and len(link) == 0
        and not _says(link.tail)
        and _LEADS_AWAY.match(link.get("href") or "") is not None
        and all(each.tag == "span" and len(each) == 0 and not _says(each.tail) for each in behind)
    )


def _says(text: str | None) -> bool:
    return text is not None and text != "" and not text.isspace()
