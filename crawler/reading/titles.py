"""The headline, and the lines above and below it (引题, 副题)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from crawler.reading import spellings
from crawler.reading.body import title_in
from crawler.reading.fields import Sources, Stated
from crawler.reading.labels import labels_in
from crawler.reading.noise import visible_strings
from crawler.reading.numbers import is_number
from crawler.reading.page import parse
from crawler.reading.spellings import Field
from crawler.reading.text import dense, fold, shown

_HEADINGS = frozenset({"con-title", "bt_title", "main-fl-tit", "bt-art-title", "art-title"})
_SUBHEADINGS = frozenset(
    {"subtitle", "sub-title", "sub_title", "bt-subtitle", "con-subtitle", "art-subtitle", "futitle"}
)
_LEADS = frozenset({"leadtitle", "lead-title", "yinti", "bt-leadtitle"})
_SEPARATORS = " -_|｜—–>·　"
_DASHED = re.compile(r"(?:——|――|──|—)\s?\S.{1,80}")
_DATE = re.compile(r"\d{4}\s?[-年./]\s?\d{1,2}")
_SENTENCE = re.compile(r"[。！；]$")


def title_of(sources: Sources, known: Sequence[str], listed: str | None) -> Stated | None:
    """The article's title. `known` are names that `<title>` may join to it: site and channels;
    `listed` is what a listing calls the article, for pages that do not name it at all; where none
    does, trafilatura's guess stands in."""
    for one in sources.stated(spellings.TITLE):
        return Stated(_plain(one.value), one.origin)
    if heading := _heading(sources.headed, known):
        return Stated(heading, "label:heading")
    if tag := _title_tag(sources.rest, known):
        return Stated(tag, "meta:title-tag")
    if listed and shown(listed):
        return Stated(shown(listed), "listing")
    guessed = _guessed(sources, known)
    return Stated(guessed, "trafilatura") if guessed else None


def subtitle_of(sources: Sources, title: str) -> Stated | None:
    """The lines above and below the headline, joined by a newline; a document number is none."""
    above = _line(sources, spellings.LEAD_TITLE, "lead_title", _LEADS)
    below = _line(sources, spellings.SUBTITLE, "subtitle", _SUBHEADINGS) or _dashed(sources, title)
    lines = [
        one for one in (above, below) if one and not is_number(one.value) and one.value != title
    ]
    return Stated("\n".join(one.value for one in lines), lines[0].origin) if lines else None


def _line(sources: Sources, field: Field, name: str, classes: frozenset[str]) -> Stated | None:
    if stated := next(sources.stated(field, name), None):
        return Stated(_plain(stated.value), stated.origin)
    # Some templates name the date line so: 发布日期：… 来源：…
    texts = (t for t in _texts(sources.headed, classes) if not labels_in(t) and not _DATE.search(t))
    text = next(texts, None)
    return Stated(text, "label:heading") if text else None


def _dashed(sources: Sources, title: str) -> Stated | None:
    """`——在全县…会议上的讲话` on the line below the headline."""
    dashed = (
        (above, below)
        for above, below in pairwise(sources.lines)
        if _DASHED.fullmatch(below) and not _SENTENCE.search(below)
    )
    line = next((below for above, below in dashed if dense(above) == dense(title) != ""), None)
    return Stated(line, "label:heading") if line else None


def _plain(title: str) -> str:
    # Some templates write the headline's own line break into the tag.
    return shown(re.sub(r"<br\s{0,3}/?>", " ", title, flags=re.IGNORECASE))


def _heading(headed: Sequence[HtmlElement], known: Sequence[str]) -> str | None:
    texts = _texts(headed, _HEADINGS, tag="h1")
    return next((text for text in texts if fold(text) not in known and len(text) < 200), None)


def _texts(headed: Sequence[HtmlElement], classes: frozenset[str], tag: str = "") -> Iterator[str]:
    for node in headed:
        named = (node.get("class") or "").lower().split()
        if (node.tag == tag or not classes.isdisjoint(named)) and (text := _shown(node)):
            yield text


def _shown(node: HtmlElement) -> str:
    return shown("".join(visible_strings(node)))


def _title_tag(rest: HtmlElement, known: Sequence[str]) -> str | None:
    """`<title>` without the names that templates join to it: 站名 栏目 标题, 标题-站名."""
    title = rest.find(".//title")
    return _without_names(shown(title.text or ""), known) if title is not None else None


def _guessed(sources: Sources, known: Sequence[str]) -> str | None:
    page = parse(sources.text).root
    for tag in page.iter("title"):
        tag.text = None  # it was asked before, and names nothing but the site
    return _without_names(shown(title_in(page) or ""), known)


def _without_names(text: str, known: Sequence[str]) -> str | None:
    for name in (name for name in known if name):
        if text.startswith(name):
            text = text.removeprefix(name).lstrip(_SEPARATORS)
        elif text.endswith(name) and text[: -len(name)].endswith(tuple(_SEPARATORS)):
            text = text.removesuffix(name).rstrip(_SEPARATORS)
    return text or None
