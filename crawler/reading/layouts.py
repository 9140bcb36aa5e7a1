"""Where a page keeps its body: known layouts as values, tried from the surest to the vaguest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.hanweb import counts_visits
from crawler.reading.noise import visible_strings
from crawler.reading.text import dense


@dataclass(frozen=True, slots=True)
class Layout:
    """A container that holds the body on some template.

    `keys` are an id (`#zoom`), a class (`.zoom`) or an element with either (`td.bt_content`), in
    lower case; `seen` names pages that show it, `generation` is the newest of the CMS among them
    (`jpaas`, or `classic`). `holds_only_the_body` is False where title, date line and buttons
    stand in the same box.
    """

    name: str
    keys: tuple[str, ...]
    seen: str
    generation: str = "classic"
    holds_only_the_body: bool = True


@dataclass(frozen=True, slots=True)
class Region:
    """A located body, still in its page, and the layout that found it."""

    element: HtmlElement
    layout: Layout


LAYOUTS = (
    Layout("zoom", ("#zoom",), "fzggw.zj.gov.cn, 2026; wzkj.wenzhou.gov.cn, 2017", "jpaas"),
    Layout("mofcom", (".art-con",), "www.mofcom.gov.cn", "jpaas"),
    Layout("miit", ("#con_con",), "www.miit.gov.cn", "jpaas"),
    Layout("samr", (".three_xilan_07",), "www.samr.gov.cn", "jpaas"),
    Layout("mohurd", (".editor-content",), "www.mohurd.gov.cn", "jpaas"),
    Layout("main-txt", (".main-txt",), "fzggw.zj.gov.cn, 2026; fgw.zj.gov.cn, 2019", "jpaas"),
    Layout("zoom-class", (".zoom", ".article_zoom"), "fzggw.jiangsu.gov.cn, 2026"),
    Layout("ivs-content", ("#ivs_content", ".infocontent"), "jiande and shengzhou, 2021"),
    Layout("shandong", (".wip_art_con", ".zc_article_con"), "sites of Shandong"),
    Layout("bt-content", (".bt_content", ".bt-content"), "Shaoxing; bynews.bjmu.edu.cn, 2005"),
    Layout("migrated", (".trs_editor",), "content that came from another CMS"),
    Layout(
        "article-content",
        (
            ".article-content", ".article_content", ".con_article-bd", ".content_body",
            ".artile_zw", ".con_wen", ".sub-content", ".ewb-article", ".gm_tt3", ".box_wzy_ys",
            "section.article-tool",
        ),
        "templates of single sites, one to three sources each",
    ),
    Layout(
        "whole-box", ("table#c", ".main-fl", ".main-p", ".article", ".con", ".main"),
        "www.zhuji.gov.cn, 2021: no container, the text stands beside title and buttons",
        holds_only_the_body=False,
    ),
)  # fmt: skip
"""Tried in this order: the newest generation first, then those that were seen most recently; last
the boxes that hold more than the body. A page whose CMS delimits the body itself
(`markers.FAMILIES`) asks none of them."""


def locate(root: HtmlElement) -> Region | None:
    """The first known container that holds something to read or to see; failing that, the first
    that is there at all: a body can be empty. None where the page has no known container.

    A box that holds more than the body does not stand in for a container that shows a frame, or
    what a script writes: there the body is."""
    index = _index(root)
    empty: Region | None = None
    for layout in LAYOUTS:
        regions = [Region(element, layout) for element in _found(index, layout)]
        if fullest := max(regions, key=_fullness, default=None):
            if _fullness(fullest):
                aside = empty if empty and not layout.holds_only_the_body else None
                return aside if aside and _brings_in(aside.element) else fullest
            if layout.holds_only_the_body:
                empty = empty or fullest
    return empty


def _index(root: HtmlElement) -> Mapping[str, list[HtmlElement]]:
    index: dict[str, list[HtmlElement]] = {}
    for node in root.iterdescendants():
        if isinstance(node.tag, str):
            for key in _keys(node):
                index.setdefault(key, []).append(node)
    return index


def _keys(node: HtmlElement) -> Iterator[str]:
    tag, element_id = node.tag, (node.get("id") or "").strip().lower()
    if element_id:
        yield f"#{element_id}"
        yield f"{tag}#{element_id}"
    for name in (node.get("class") or "").lower().split():
        yield f".{name}"
        yield f"{tag}.{name}"


def _found(index: Mapping[str, list[HtmlElement]], layout: Layout) -> Iterable[HtmlElement]:
    return (element for key in layout.keys for element in index.get(key, ()))


def _brings_in(element: HtmlElement) -> bool:
    """Whether a box shows a frame or loads a script, visit counters aside."""
    sources = (node.get("src") or "" for node in element.iter("iframe", "script"))
    return any(source and not counts_visits(source) for source in sources)


def _fullness(region: Region) -> int:
    text = dense("".join(visible_strings(region.element)))
    return len(text) or int(region.element.find(".//img") is not None)
