"""The CMS's comment markers and ContentStart/ContentEnd: where they say that the content lies.

Seen on wzkj.wenzhou.gov.cn (2017), fgw.zj.gov.cn (2019) and fzggw.jiangsu.gov.cn (2026), nested in
the order of `FAMILIES`. Editors paste whole pages, so pairs are found inside pairs, twice on a
page, without an end, and ends without a beginning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

FAMILIES = ("信息内容", "ZJEG_RSS.content", "ContentStart")

# Asked at every `<` of every page: each alternative fails at its first character.
_MARKER = re.compile(
    r"<(?:!--\s{0,9}(?:<\$\[(?P<name>[^\]<>]{1,30})\]>\s{0,9}(?P<named>begin|end)"
    r"|ZJEG_RSS\.content\.(?P<zjeg>begin|end))\s{0,9}-->"
    r"|[mM](?i:eta\s(?:[^<>]{0,200}\s)?name\s{0,9}=\s{0,9}[\"']?Content(?P<meta>Start|End)\b)"
    r"[^<>]{0,200}>)"
)
_AFTER = re.compile(
    r"<!--\s{0,9}(?:visitcount Begin|正文\s?end|正文结束|下载，打印，关闭)|</body\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker in a page's text: its family, whether it opens, and where it stands."""

    name: str
    opens: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A delimited part of a page's text, with its markers (`start`, `end`) and without them."""

    start: int
    inner_start: int
    inner_end: int
    end: int


def markers_of(text: str) -> tuple[Marker, ...]:
    """Every marker of a page, in the order in which they stand."""
    return tuple(_marker(found) for found in _MARKER.finditer(text))


def spans(markers: Sequence[Marker], name: str) -> tuple[Span, ...]:
    """The outermost parts that a family of markers delimits.

    A beginning without an end of its own reaches to the last end that follows it; ends without
    a beginning delimit nothing.
    """
    found: list[Span] = []
    opened: list[Marker] = []
    closed: Marker | None = None
    for marker in (m for m in markers if m.name == name):
        if marker.opens:
            opened.append(marker)
        elif opened:
            closed = marker
            first = opened[0]
            opened.pop()
            if not opened:
                found.append(_span(first, marker))
                closed = None
    if opened and closed:
        found.append(_span(opened[0], closed))
    return tuple(found)


def open_span(markers: Sequence[Marker]) -> Span | None:
    """From the first content marker that opens to the last that closes, whatever their families.

    What is left where no family is complete: one family's beginning and another's end.
    """
    content = [marker for marker in markers if marker.name in FAMILIES]
    first = next((marker for marker in content if marker.opens), None)
    last = next((marker for marker in reversed(content) if not marker.opens), None)
    if first is None or last is None or last.start < first.end:
        return None
    return _span(first, last)


def unclosed_span(text: str, markers: Sequence[Marker]) -> Span | None:
    """From a content marker that nothing closes to where such pages leave the article."""
    first = next((m for m in markers if m.name in FAMILIES and m.opens), None)
    if first is None:
        return None
    after = _AFTER.search(text, first.end)
    end = after.start() if after else len(text)
    return Span(first.start, first.end, end, end)


def marked(text: str, markers: Sequence[Marker], names: Sequence[str]) -> str | None:
    """The markup between the first complete pair of the first of these names that has one."""
    for name in names:
        for span in spans(markers, name):
            return text[span.inner_start : span.inner_end]
    return None


def _span(first: Marker, last: Marker) -> Span:
    return Span(first.start, first.end, last.start, last.end)


def _marker(found: re.Match[str]) -> Marker:
    if name := found["name"]:
        return Marker(name, found["named"] == "begin", found.start(), found.end())
    if zjeg := found["zjeg"]:
        return Marker(FAMILIES[1], zjeg == "begin", found.start(), found.end())
    return Marker(FAMILIES[2], found["meta"].lower() == "start", found.start(), found.end())
