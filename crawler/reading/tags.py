"""A page's meta tags: names in any case, the first that is not empty."""

from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from crawler.reading.text import shown

# What the CMS writes where its own name stands for the author's (home pages, 2005 to 2018).
_NOT_AN_AUTHOR = frozenset({"大汉网络"})


def every_tag(root: HtmlElement) -> Mapping[str, Sequence[str]]:
    """All non-empty contents of each meta tag, in order, by its name (or id) in lower case: they
    may differ in precision.

    The same fact stands twice with different emptiness: `PubDate` and `pubDate` on
    www.zhuji.gov.cn (2021), only the second on wzkj.wenzhou.gov.cn (2017).
    """
    tags: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("id") or "").strip().lower()
        content = shown(meta.get("content") or "") if name else ""
        if content and not (name == "author" and content in _NOT_AN_AUTHOR):
            tags.setdefault(name, []).append(content)
    return tags


def tags_of(root: HtmlElement) -> Mapping[str, str]:
    """The first non-empty content of each meta tag, by its name (or id) in lower case."""
    return firsts(every_tag(root))


def firsts(tags: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    """Of each tag the first content."""
    return {name: contents[0] for name, contents in tags.items()}


def first(tags: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """The content of the first of these tags that the page has."""
    return next((tags[name] for name in names if name in tags), None)
