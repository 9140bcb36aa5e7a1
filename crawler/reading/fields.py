"""Title, time, source, author and document number, each from the surest place that has it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.reading import tags as metas
from crawler.reading.dates import published_time, same_day
from crawler.reading.infotable import doc_number_in, is_a_number
from crawler.reading.labels import before_labels, labels_in, values
from crawler.reading.markers import Marker, marked
from crawler.reading.noise import visible_strings
from crawler.reading.page import parse
from crawler.reading.text import dense, fold

_TITLE_MARKERS = ("标题名称(html)", "标题名称", "标题")
_HEADINGS = frozenset({"con-title", "bt_title", "main-fl-tit", "bt-art-title", "art-title"})
_SEPARATORS = " -_|｜—–>·　"
_DOC_NUMBER = re.compile(
    r"[一-鿿A-Za-z]{1,20}[〔\[【（(]?(?:19|20)\d\d[〕\]】）)]?(?:年)?第?\d{1,5}号"
)
_BARE_TIME = re.compile(r"[\d\s年月日时分秒./:：T\[\]（）()【】-]{8,40}")


@dataclass(frozen=True, slots=True)
class Stated:
    """A field's value and the place where the page states it."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Where fields are looked for: the text with its markers, the tags, the rest of the page, the
    lines around the body, and the disclosure table."""

    text: str
    markers: Sequence[Marker]
    tags: Mapping[str, str]
    rest: HtmlElement
    lines: Sequence[str]
    info: Mapping[str, str]

    def marked(self, *names: str) -> str | None:
        """The text between the markers of the first of these names that the page has."""
        inside = marked(self.text, self.markers, names)
        return fold("".join(visible_strings(parse(inside).root))) if inside else None


def title_of(sources: Sources, known: Sequence[str]) -> Stated | None:
    """The article's title. `known` are names that `<title>` may join to it: site and channels."""
    return _first(
        (_plain(metas.first(sources.tags, metas.TITLE)), "meta"),
        (sources.marked(*_TITLE_MARKERS), "marker"),
        (_heading(sources.rest, known), "heading"),
        (_title_tag(sources.rest, known), "title-tag"),
    )


def published_of(sources: Sources) -> tuple[Stated | None, bool]:
    """The publication time, and whether the page contradicts itself about the day.

    Of the times that name the same day as the surest one, the most precise: a page may show the
    day and give the minute in its tags, or the other way round.
    """
    stated = [
        Stated(time, origin) for text, origin in _times(sources) if (time := published_time(text))
    ]
    if not stated:
        table = next((sources.info[k] for k in ("发布日期", "发布时间") if k in sources.info), "")
        time = published_time(table)
        return (Stated(time, "table") if time else None), False
    agreeing = [one for one in stated if same_day(one.value, stated[0].value)]
    best = max(agreeing, key=lambda one: len(one.value))
    return best, len(agreeing) < len(stated)


def source_of(sources: Sources) -> Stated | None:
    """Where the article comes from, as the page says (来源)."""
    return _first(
        (metas.first(sources.tags, metas.SOURCE), "meta"),
        (sources.marked("信息来源"), "marker"),
        (next(values(sources.lines, "source"), None), "label"),
    )


def author_of(sources: Sources) -> Stated | None:
    """The author; where the page names only an editor (编辑), the editor."""
    return _first(
        (metas.first(sources.tags, metas.AUTHOR), "meta"),
        (sources.marked("作者"), "marker"),
        (next(values(sources.lines, "author", "editor"), None), "label"),
    )


def doc_number_of(sources: Sources) -> Stated | None:
    """The document number (文号), never one that the text merely refers to."""
    lead = sources.marked("文号", "发文字号", "引题") or ""
    alone = (line for line in sources.lines if _DOC_NUMBER.fullmatch(dense(line)))
    return _first(
        (doc_number_in(sources.info), "table"),
        (lead if _DOC_NUMBER.fullmatch(dense(lead)) else None, "marker"),
        (next(filter(is_a_number, values(sources.lines, "doc_number")), None), "label"),
        (next(alone, None), "label"),
    )


def _times(sources: Sources) -> Iterable[tuple[str, str]]:
    for name in metas.PUBLISHED:
        yield from ((content, "meta") for content in metas.every_tag(sources.rest, name))
    yield sources.marked("发布日期", "发布时间") or "", "marker"
    yield from ((value, "label") for value in values(sources.lines, "published"))
    for line in sources.lines:
        bare = before_labels(line)
        if labels_in(line) and _BARE_TIME.fullmatch(bare):
            yield bare, "label"


def _first(*stated: tuple[str | None, str]) -> Stated | None:
    return next((Stated(value, origin) for value, origin in stated if value), None)


def _plain(title: str | None) -> str | None:
    # Some templates write the headline's own line break into the tag.
    return fold(re.sub(r"<br\s{0,3}/?>", " ", title, flags=re.IGNORECASE)) if title else None


def _heading(rest: HtmlElement, known: Sequence[str]) -> str | None:
    headings = [n for n in rest.iter("p", "td", "div", "h1", "h2", "h3") if _is_heading(n)]
    texts = (fold("".join(visible_strings(node))) for node in headings)
    return next((text for text in texts if text and text not in known and len(text) < 200), None)


def _is_heading(node: HtmlElement) -> bool:
    return node.tag == "h1" or bool(_HEADINGS & set((node.get("class") or "").lower().split()))


def _title_tag(rest: HtmlElement, known: Sequence[str]) -> str | None:
    """`<title>` without the names that templates join to it: 站名 栏目 标题, 标题-站名."""
    title = rest.find(".//title")
    text = fold(title.text or "") if title is not None else ""
    for name in (name for name in known if name):
        if text.startswith(name):
            text = text.removeprefix(name).lstrip(_SEPARATORS)
        elif text.endswith(name) and text[: -len(name)].endswith(tuple(_SEPARATORS)):
            text = text.removesuffix(name).rstrip(_SEPARATORS)
    return text or None
