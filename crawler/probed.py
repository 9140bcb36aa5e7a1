"""What a probe finds, and how its pages tell it: text in, values out."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from crawler import hanweb
from crawler.ending import Problem
from crawler.listings import markup
from crawler.opening import site_name
from crawler.reading.page import parse
from crawler.reading.spellings import SITE_NAME
from crawler.reading.tags import first, tags_of

_NAVIGATION = re.compile(r"nav|menu", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedChannel:
    """A channel as a probe saw it. `lists`, `dialect` (of the first of them) and `claimed_total`
    (of all of them, None where one claims none) are known only where its page was `looked` at;
    `problem` says why that could not be read."""

    cms_id: str
    name: str | None
    url: str
    parent_id: str | None = None
    looked: bool = False
    lists: int = 0
    dialect: str | None = None
    claimed_total: int | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a site is. `home` is the address to crawl it by, None where nothing of 大汉版通 was
    found; then, and where the probe had to break off, `problem` says why."""

    url: str
    home: str | None = None
    host: str | None = None
    name: str | None = None
    generation: str | None = None
    channels: tuple[ProbedChannel, ...] = ()
    problem: Problem | None = None


def in_navigation(html: str, url: str) -> frozenset[str]:
    """The ids of the channels that the page's menus link to: a `nav`, or a box that is named
    after what it is (`.nav` of older templates, `.bt-column-menu` on fzggw.zj.gov.cn)."""
    root = markup.parse(html)
    links = root.iter("a") if root is not None else ()
    named = [link for link in links if any(map(_is_navigation, link.iterancestors()))]
    addresses = (hanweb.absolute(link.get("href") or "", url) for link in named)
    ids = (hanweb.channel_id(address) for address in addresses if address)
    return frozenset(cms_id for cms_id in ids if cms_id)


def _is_navigation(element: Any) -> bool:
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return element.tag == "nav" or bool(_NAVIGATION.search(named))


def home_of(asked: str, answered: str) -> str:
    """The address to crawl the site by: the host that answered, at its root where the root or one
    of its pages was asked for."""
    page = hanweb.channel_id(answered) or hanweb.article_address(answered)
    if page or urlsplit(asked).path in ("", "/"):
        return urlsplit(answered)._replace(path="/", query="", fragment="").geturl()
    return hanweb.canonical(answered)


def name_in(text: str, url: str) -> str | None:
    """The site's name; the title of a page within the site is none."""
    if hanweb.channel_id(url) or hanweb.article_address(url):
        return first(tags_of(parse(text).root), SITE_NAME)
    return site_name(text)
