"""Where a page stands in its site's tree of channels: the breadcrumb, and its hidden twin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler import hanweb
from crawler.listings import markup

_SEPARATOR = re.compile(r"[>＞»›→/\\-]{1,3}")
_ARROW = re.compile(r"[>＞»›→]")
_HOME = re.compile(r"(?:网站|本站|返回)?(?:首页|主页)|home", re.IGNORECASE)
_PLACE = re.compile(r"位置\s*(?:是|为)?\s*[:：]?\s*$")
_HIDDEN_PART = re.compile(r"col([0-9]{1,3})_(name|url)")
_LONGEST_GAP = 40


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the chain from the root to the page: a channel's address and its name."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class _Link:
    url: str
    name: str
    gap: str
    """What stands between the link before and this one."""


def find_crumbs(root: etree._Element, base: str) -> tuple[Crumb, ...]:
    """The channels from the root to the page, each named by the CMS; empty where none is shown.

    `#hiddenLocation` says the same as the breadcrumb in a clean form (seen on
    wzkj.wenzhou.gov.cn, 2017): col1 is the leaf, the highest number the root.
    """
    return _hidden(root, base) or _visible(root, base)


def _hidden(root: etree._Element, base: str) -> tuple[Crumb, ...]:
    parts: dict[int, dict[str, str]] = {}
    for box in root.iter("div"):
        if box.get("id") == "hiddenLocation":
            for span in box.iter("span"):
                if part := _HIDDEN_PART.fullmatch(span.get("id") or ""):
                    parts.setdefault(int(part[1]), {})[part[2]] = markup.text_of(span)
    named = (parts[number] for number in sorted(parts, reverse=True))
    crumbs = (_crumb(part.get("url", ""), part.get("name", ""), base) for part in named)
    return tuple(crumb for crumb in crumbs if crumb)


def _crumb(href: str, name: str, base: str) -> Crumb | None:
    url = hanweb.absolute(href, base)
    return Crumb(url, name) if url and hanweb.channel_id(url) else None


def _visible(root: etree._Element, base: str) -> tuple[Crumb, ...]:
    """The first chain of links joined by arrows that starts at the home page or says 位置.

    Menus name the home page too, but join their links with other signs than arrows.
    """
    chain: list[_Link] = []
    for link in _links(root, base):
        if chain and _SEPARATOR.fullmatch(link.gap):
            chain.append(link)
            continue
        if found := _channels_of(chain):
            return found
        starts = _HOME.fullmatch(link.name) or _PLACE.search(link.gap)
        chain = [link] if starts else []
    return _channels_of(chain)


def _channels_of(chain: list[_Link]) -> tuple[Crumb, ...]:
    if not any(_ARROW.search(link.gap) for link in chain[1:]):
        return ()
    return tuple(Crumb(link.url, link.name) for link in chain if hanweb.channel_id(link.url))


def _links(root: etree._Element, base: str) -> Iterator[_Link]:
    """Every link with its text and with the text since the one before it."""
    gap, name = "", ""
    inside: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        text = element.text if event == "start" else element.tail
        if event == "start" and element.tag == "a":
            inside, name = element, ""
        elif event == "end" and inside is not None and element is inside:
            url = hanweb.absolute(inside.get("href") or "", base)
            if url:
                yield _Link(url, "".join(name.split()), "".join(gap.split()))
                gap = ""
            inside = None
        if element.tag in ("script", "style") and event == "start":
            continue
        if inside is None:
            gap = (gap + (text or ""))[-_LONGEST_GAP:]
        else:
            name = (name + (text or ""))[:_LONGEST_GAP]
