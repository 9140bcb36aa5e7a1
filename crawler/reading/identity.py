"""Which article and which channel a page says it is: in its visit counter, its address tag."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.hanweb import ArticleAddress, article_address
from crawler.reading.links import absolute

_COUNTER = re.compile(r"visit(?:count)?/?[a-z]{0,20}\.jsp\?([^\"'<>\s]{1,300})")
_BEFORE = 40
_PAIR = re.compile(r"(type|i_columnid|i_articleid)=(\d{1,20})")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a page says of itself. `page_type` is the counter's: 1 home, 2 channel, 3 article."""

    cms_id: str | None = None
    channel_id: str | None = None
    page_type: str | None = None


def identity_of(text: str, tags: Mapping[str, str], url: str) -> Identity:
    """Read the visit counter's address (never requested), and tags such as `Url` and `ColId`."""
    counter = _counter(text)
    own = _own_address(tags, url)
    return Identity(
        counter.get("i_articleid") or tags.get("i_articleid") or (own.cms_id if own else None),
        counter.get("i_columnid")
        or tags.get("colid")
        or tags.get("i_columnid")
        or (own.channel_id if own else None),
        counter.get("type"),
    )


def address_in(url: str) -> ArticleAddress | None:
    """The article's address, None where it is none or cannot be read."""
    try:
        return article_address(url)
    except ValueError:
        return None


def _counter(text: str) -> Mapping[str, str]:
    """What the first counter says that says anything: the one that shows its hits names no pair."""
    at = text.find(".jsp?")  # found much faster than the pattern's first letters
    while at >= 0:
        begin = text.rfind("visit", max(0, at - _BEFORE), at)
        found = _COUNTER.match(text, begin) if begin >= 0 else None
        pairs = _PAIR.findall(found[1]) if found else ()
        if said := {name: value for name, value in pairs if value != "0"}:
            return said
        at = text.find(".jsp?", found.end() if found else at + 1)
    return {}


def _own_address(tags: Mapping[str, str], url: str) -> ArticleAddress | None:
    written = absolute(url, tags.get("url") or tags.get("server"))
    return address_in(written) if written else None
