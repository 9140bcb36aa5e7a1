"""Where an article stands in its site: 首页 > 要闻动态 > 通知公告, as the page draws it."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from lxml import etree

from crawler.reading.links import absolute
from crawler.reading.noise import events, visible_strings
from crawler.reading.text import dense, fold
from crawler.reading.values import Crumb

_SEPARATOR = re.compile(r"(?:&gt;|[-=]?[>＞»›→≫]+)")
_INTRODUCTION = re.compile(
    r"(?:您|你)?(?:现|所|当前)?(?:在|的)?的?(?:位置|所在位置)(?:是)?\s?[:：]?"
)
_PLACE = re.compile(r"位置\s*(?:是|为)?\s*[:：]?\s*$")
# 设为首页 is a button, on every second page and before any breadcrumb.
_HOME = re.compile(r"(?<!设为)首\s{0,3}页|主\s{0,3}页")
_DRAWN_IN = ("a", "span", "div", "td", "p", "li", "nav", "font", "b", "strong", "em")
_LONGEST_NAME, _LONGEST_HOME = 40, 8
_LONGEST_CLIMB, _LONGEST_TEXT = 8, 200
_MOST_HOMES, _MOST_STEPS = 30, 20

Step = tuple[str, str | None]
"""A name, and the link that it carries as the page writes it."""


def breadcrumb_of(root: etree._Element, url: str) -> tuple[Crumb, ...]:
    """The steps from 首页 down to the page's own channel; empty where the page draws none.

    What counts is the drawing; failing that, the chain that the CMS keeps in a hidden box.
    """
    steps = drawn_steps(root) or hidden_steps(root)
    return tuple(Crumb(name, absolute(url, href)) for name, href in steps)


def drawn_steps(root: etree._Element) -> Sequence[Step]:
    """The steps as the page draws them: name, separator, name."""
    drawn = (_around(node) for node in islice(_homes(root), _MOST_HOMES))
    return next((steps for steps in drawn if len(steps) > 1), ())


def introduced_steps(root: etree._Element) -> Sequence[Step]:
    """The steps behind 当前位置：of a page that draws them without 首页. They are sure only where
    each of them leads to a channel: much else is called a place."""
    introductions = (n for n in root.iter(*_DRAWN_IN) if n.text and _PLACE.search(n.text))
    boxes = (
        box
        for node in islice(introductions, _MOST_HOMES)
        for box in islice(chain((node,), node.iterancestors()), _LONGEST_CLIMB)
        if _INTRODUCTION.match(next(filter(_says, visible_strings(box)), "").strip())
    )
    return next((steps for box in boxes if len(steps := _parted(box, _LONGEST_NAME)) > 1), ())


def hidden_steps(root: etree._Element) -> Sequence[Step]:
    """The steps in the box that the CMS hides (`#hiddenLocation`, seen on wzkj.wenzhou.gov.cn,
    2017): `col1_name` is the leaf, the highest number the root."""
    spans = {span.get("id"): span for span in root.iter("span") if span.get("id")}
    texts = {name: fold("".join(visible_strings(span))) for name, span in spans.items()}
    levels = sorted((n for n in range(1, 20) if texts.get(f"col{n}_name")), reverse=True)
    return [(texts[f"col{level}_name"], texts.get(f"col{level}_url")) for level in levels]


def _homes(root: etree._Element) -> Iterator[etree._Element]:
    for node in root.iter(*_DRAWN_IN):
        # A page has hundreds of strings, and two or three of these.
        if (text := node.text) and ("首" in text or "主" in text) and _is_home(text):
            yield node


def _is_home(text: str) -> bool:
    return len(text) <= _LONGEST_TEXT and _HOME.search(text) is not None


def _around(node: etree._Element) -> list[Step]:
    """Widen from 首页 to the boxes around it as long as that only adds steps at the end."""
    names: list[str] = []
    widest = node
    for box in islice(chain((node,), node.iterancestors()), _LONGEST_CLIMB):
        if names and len(box) == 1 and not _says(box.text) and not _says(box[0].tail):
            continue  # it holds what the box below it holds
        wider = _names(box)
        if not wider or wider[: len(names)] != names:
            break
        names, widest = wider, box
    return _steps(widest) if len(names) > 1 else []


def _says(text: str | None) -> bool:
    return text is not None and text != "" and not text.isspace()


def _names(box: etree._Element) -> list[str]:
    """The names between a box's separators; empty where it is no breadcrumb, which shows as it does
    not begin with 首页, or as a name is too long. No more of a box is read than shows it."""
    names = [""]
    for text in visible_strings(box):
        if text.isspace():
            continue
        first, *others = _parts(text)
        names[-1] += dense(first)
        if others:
            names = [name for name in names if name] + [dense(part) for part in others]
        if len(names) > _MOST_STEPS or not _may_be_steps(names):
            return []
    names = [name for name in names if name]
    return names if names and _HOME.search(names[0]) else []


def _may_be_steps(names: Sequence[str]) -> bool:
    if len(names[0]) > _LONGEST_HOME:
        return False
    return len(names) == 1 or (
        max(map(len, names)) <= _LONGEST_NAME and _HOME.search(names[0]) is not None
    )


def _steps(box: etree._Element) -> list[Step]:
    """The names between a box's separators, each with its link, where they begin with 首页."""
    steps = _parted(box, _LONGEST_HOME)
    return steps if steps and _HOME.search(steps[0][0]) else []


def _parted(box: etree._Element, longest_first: int) -> list[Step]:
    """The names between a box's separators, each with its link; empty where it is no breadcrumb,
    which shows as soon as a name grows too long."""
    steps: list[Step] = []
    parted = True
    for text, href in _pieces(box):
        if not text:
            parted = True
        elif not parted:
            name, linked = steps[-1]
            steps[-1] = (fold(name + text), linked or href)
        else:
            steps.append((text, href))
            parted = False
        if steps and len(steps[-1][0]) > (_LONGEST_NAME if len(steps) > 1 else longest_first):
            return []
        if len(steps) > _MOST_STEPS:
            return []
    return steps


def _pieces(box: etree._Element) -> Iterator[Step]:
    """The strings of a box with the link they stand in; an empty string for each separator."""
    link: etree._Element | None = None
    for event, node in events(box):
        if event != "tail" and node.tag == "a":
            link = node if event == "start" else None
        text = node.text if event == "start" else node.tail if event == "tail" else None
        if not text or text.isspace():
            continue
        for number, part in enumerate(_parts(text)):
            if number:
                yield "", None
            if dense(part):
                yield fold(part), link.get("href") if link is not None else None


def _parts(text: str) -> list[str]:
    introduced = _INTRODUCTION.sub("", text) if "位置" in text else text
    return _SEPARATOR.split(introduced)
