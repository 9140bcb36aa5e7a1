"""A page in two parts: the body's region, and the rest, which says everything else."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import html
from lxml.html import HtmlElement

from crawler.reading.flat import PLACE, plain
from crawler.reading.layouts import Layout, locate
from crawler.reading.markers import FAMILIES, Marker, Span, open_span, spans, unclosed_span
from crawler.reading.noise import EMBEDDING, without_noise
from crawler.reading.page import Page, box, parse_markup
from crawler.reading.slim import with_short_lists, without_element
from crawler.reading.text import dense, fit

_NOWHERE = Layout("whole page", (), "pages of no known template", holds_only_the_body=False)


@dataclass(frozen=True, slots=True)
class Parts:
    """A page taken apart.

    `body` is free of noise, None where nothing was located; `place` is the element that stands
    for it in `rest`. `exact` says that the CMS itself delimited the body. `embedded` are the
    players, frames and scripts that stood in the body, no text of it. `doubts` are those of
    taking apart: `page-cut`, `hidden-text`, `markers-incomplete`, `no-region`.
    """

    body: HtmlElement | None
    rest: HtmlElement
    layout: Layout
    exact: bool = False
    doubts: tuple[str, ...] = ()
    embedded: tuple[HtmlElement, ...] = ()

    @property
    def place(self) -> HtmlElement | None:
        """What stands for the body in `rest`; None where nothing was located."""
        return next(self.rest.iter(PLACE), None)


def parts_of(text: str, markers: Sequence[Marker]) -> Parts:
    """Take a page apart at its delimiters; failing those, at a known container."""
    return delimited_parts(text, markers) or located_parts(parse_markup(text), text, markers)


def delimited_parts(text: str, markers: Sequence[Marker]) -> Parts | None:
    """A page taken apart at the CMS's own delimiters; None where it has no pair of them."""
    complete = _outermost_first(markers)
    for name, found in complete:
        parts = _delimited(text, found, f"marker {name}")
        if parts.body is not None and not _is_empty(parts.body):
            return parts
    if complete:
        return _delimited(text, complete[0][1], f"marker {complete[0][0]}")
    if left := open_span(markers):
        return _delimited(text, (left,), "marker of two families", "markers-incomplete")
    return None


def _outermost_first(markers: Sequence[Marker]) -> list[tuple[str, Sequence[Span]]]:
    """The families that are complete on a page: what an editor pasted from another site brings its
    own pairs along, and they stand in the midst of what the page itself delimits."""
    complete = [(name, found) for name in FAMILIES if (found := spans(markers, name))]
    return sorted(complete, key=lambda one: any(_encloses(o[1], one[1]) for o in complete))


def _encloses(outer: Sequence[Span], inner: Sequence[Span]) -> bool:
    # Both are in order and none of them overlap; a hostile page has thousands.
    starts = [span.start for span in outer]
    before = ((bisect_left(starts, span.start), span) for span in inner)
    return all(at and span.end < outer[at - 1].end for at, span in before)


def _delimited(text: str, found: Sequence[Span], name: str, *doubts: str) -> Parts:
    bodies = [parse_markup(text[span.inner_start : span.inner_end]) for span in found]
    rest = parse_markup(with_short_lists(without_element(_replaced(text, found), "script")))
    body = _joined(_distinct([page.root for page in bodies]))
    embedded = tuple(body.iter(*EMBEDDING))
    hid = without_noise(body)
    return Parts(
        body,
        rest.root,
        Layout(name, (), "the CMS's own delimiters"),
        exact=True,
        doubts=(*doubts, *_doubts(cut=rest.cut or any(page.cut for page in bodies), hid=hid)),
        embedded=embedded,
    )


def located_parts(page: Page, text: str, markers: Sequence[Marker]) -> Parts:
    """A page without a pair of delimiters, taken apart at a known container. Alters its tree."""
    doubts = _doubts(cut=page.cut, hid=False)
    if region := locate(page.root):
        body = _taken_out(region.element)
        embedded = tuple(body.iter(*EMBEDDING))
        doubts += _doubts(cut=False, hid=without_noise(body))
        return Parts(body, page.root, region.layout, doubts=doubts, embedded=embedded)
    if unclosed := unclosed_span(text, markers):
        parts = _delimited(text, (unclosed,), "marker without an end", "markers-incomplete")
        return replace(parts, layout=_NOWHERE, exact=False)
    embedded = tuple(page.root.iter(*EMBEDDING))
    doubts += ("no-region",)
    return Parts(None, page.root, _NOWHERE, doubts=doubts, embedded=embedded)


def _replaced(text: str, found: Sequence[Span]) -> str:
    kept: list[str] = []
    position = 0
    for span in found:
        kept += [text[position : span.start], f"<{PLACE}></{PLACE}>"]
        position = span.end
    return "".join((*kept, text[position:]))


def _joined(roots: Sequence[HtmlElement]) -> HtmlElement:
    if len(roots) == 1:
        return roots[0]
    around = box()
    around.extend(roots)
    return around


def _distinct(roots: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The bodies as boxes; of two that say the same (desktop and mobile) only the first."""
    for root in roots:
        root.tag = "div"
        for body in root.iter("body"):
            body.tag = "div"
    if len(roots) == 1:
        return list(roots)
    seen: dict[str, HtmlElement] = {}
    for root in roots:
        seen.setdefault(dense(plain(root)), root)
    return list(seen.values())


def _taken_out(element: HtmlElement) -> HtmlElement:
    place = html.Element(PLACE)
    place.tail, element.tail = fit(element.tail or ""), None
    parent = element.getparent()
    assert parent is not None, "a container lies below the root"
    parent.replace(element, place)
    # Its name and class have done their work; for trafilatura it is one more box.
    element.tag = "div"
    element.attrib.clear()
    return element


def _is_empty(body: HtmlElement) -> bool:
    """Whether a body that is free of noise has nothing to read and no picture to see."""
    return not dense(plain(body)) and next(body.iter("img"), None) is None


def _doubts(*, cut: bool, hid: bool) -> tuple[str, ...]:
    return ("page-cut",) * cut + ("hidden-text",) * hid
