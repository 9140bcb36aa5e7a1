"""A page's meta tags: names in any case, the first that is not empty."""

from collections.abc import Mapping

from lxml.html import HtmlElement

from crawler.reading.text import fold, shown

# What the CMS writes where its own name stands for the author's (home pages, 2005 to 2018).
_NOT_AN_AUTHOR = frozenset({"大汉网络"})


def tags_of(root: HtmlElement) -> Mapping[str, str]:
    """The first non-empty content of each meta tag, by its name (or id) in lower case.

    The same fact stands twice with different emptiness: `PubDate` and `pubDate` on
    www.zhuji.gov.cn (2021), only the second on wzkj.wenzhou.gov.cn (2017).
    """
    tags: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = fold(meta.get("name") or meta.get("id") or "").lower()
        content = shown(meta.get("content") or "")
        if name and content and not (name == "author" and content in _NOT_AN_AUTHOR):
            tags.setdefault(name, content)
    return tags


def every_tag(root: HtmlElement, name: str) -> tuple[str, ...]:
    """All non-empty contents of one tag, in order: they may differ in precision."""
    metas = (meta for meta in root.iter("meta") if fold(meta.get("name") or "").lower() == name)
    return tuple(content for meta in metas if (content := shown(meta.get("content") or "")))


def first(tags: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """The content of the first of these tags that the page has."""
    return next((tags[name] for name in names if name in tags), None)
