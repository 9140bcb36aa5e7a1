"""Where an article stands in its site: 首页 > 要闻动态 > 通知公告, as the page draws it."""

import re
from collections.abc import Iterator
from itertools import groupby, islice

from lxml.html import HtmlElement

from crawler.reading.links import absolute
from crawler.reading.noise import events
from crawler.reading.text import dense, fold
from crawler.reading.values import Crumb

_SEPARATOR = re.compile(r"(?:&gt;|[-=]?[>＞»›→≫]+)")
_INTRODUCTION = re.compile(
    r"(?:您|你)?(?:现|所|当前)?(?:在|的)?的?(?:位置|所在位置)(?:是)?\s?[:：]?"
)
_HOME = re.compile(r"首\s{0,3}页|主\s{0,3}页")
_LONGEST_NAME = 40
_LONGEST_CLIMB = 8
_MOST_HOMES, _MOST_PIECES = 30, 80


def breadcrumb_of(root: HtmlElement, url: str) -> tuple[Crumb, ...]:
    """The steps from 首页 down to the page's own channel; empty where the page draws none.

    What counts is the drawing, name, separator, name; failing that, the chain that the CMS
    keeps in a hidden box (`#hiddenLocation`, seen on wzkj.wenzhou.gov.cn, 2017).
    """
    drawn = (_around(node, url) for node in islice(_homes(root), _MOST_HOMES))
    return next((crumbs for crumbs in drawn if len(crumbs) > 1), ()) or _hidden(root, url)


def _homes(root: HtmlElement) -> Iterator[HtmlElement]:
    for node in root.iter("a", "span", "div", "td", "p", "li", "nav"):
        if (node.text and _HOME.search(node.text)) or any(
            child.tail and _HOME.search(child.tail) for child in node
        ):
            yield node


def _around(node: HtmlElement, url: str) -> tuple[Crumb, ...]:
    """Widen from 首页 to the boxes around it as long as that only adds steps at the end."""
    crumbs: tuple[Crumb, ...] = ()
    boxes = [node, *node.iterancestors()][:_LONGEST_CLIMB]
    for box in boxes:
        wider = _steps(box, url)
        if not wider or wider[: len(crumbs)] != crumbs:
            break
        crumbs = wider
    return crumbs


def _steps(box: HtmlElement, url: str) -> tuple[Crumb, ...]:
    found = list(islice(_pieces(box), _MOST_PIECES + 1))
    if len(found) > _MOST_PIECES:
        return ()
    steps = [
        _crumb(list(pieces), url)
        for is_step, pieces in groupby(found, key=lambda piece: piece[0] != "")
        if is_step
    ]
    if not steps or not _HOME.search(steps[0].name) or len(steps[0].name) > 8:
        return ()
    return tuple(steps) if all(len(step.name) <= _LONGEST_NAME for step in steps) else ()


def _pieces(box: HtmlElement) -> Iterator[tuple[str, str | None]]:
    """The strings of a box with the link they stand in; an empty string for each separator."""
    link: HtmlElement | None = None
    for event, node in events(box):
        if node.tag == "a" and event != "tail":
            link = node if event == "start" else None
        text = node.text if event == "start" else node.tail if event == "tail" else None
        for number, part in enumerate(_parts(text) if text else ()):
            if number:
                yield "", None
            if dense(part):
                yield fold(part), link.get("href") if link is not None else None


def _parts(text: str) -> list[str]:
    introduced = _INTRODUCTION.sub("", text) if "位置" in text else text
    return _SEPARATOR.split(introduced)


def _crumb(pieces: list[tuple[str, str | None]], url: str) -> Crumb:
    href = next((href for _, href in pieces if href), None)
    return Crumb(fold("".join(text for text, _ in pieces)), absolute(url, href))


def _hidden(root: HtmlElement, url: str) -> tuple[Crumb, ...]:
    spans = {
        span.get("id"): fold(span.text_content()) for span in root.iter("span") if span.get("id")
    }
    levels = sorted((n for n in range(1, 20) if spans.get(f"col{n}_name")), reverse=True)
    return tuple(
        Crumb(spans[f"col{level}_name"], absolute(url, spans.get(f"col{level}_url")))
        for level in levels
    )
