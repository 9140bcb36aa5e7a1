"""Lines that say of an article what it is: 发布日期：… 来源：… 作者：…, several on one line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.reading.spellings import FIELDS, NOT_CONTENT
from crawler.reading.text import dense, fold, shown

_FIELD = dict.fromkeys(NOT_CONTENT, "") | {
    name: field for field, stated in FIELDS.items() for name in stated.labels
}
# No lookbehind for what may not stand before a label: with one, it would be asked at every
# character, instead of at those with which a label can begin.
_LABEL = re.compile(
    r"(?P<name>"
    + "|".join(r"\s{0,4}".join(n) for n in sorted(_FIELD, key=len, reverse=True))
    + r")\s{0,8}[:：]"
)
_JOINS = re.compile("[一-鿿A-Za-z]")
_BARE_TIME = re.compile(r"[\d\s年月日时分秒./:：T\[\]（）()【】-]{8,40}")
_LONGEST = 400
_EDGES = " \t\u3000\xa0|｜/[]【】()（）,，;；"


@dataclass(frozen=True, slots=True)
class Label:
    """One label and its value. `field` is our name for it, empty for what is no content; `name`
    is what the page calls it."""

    field: str
    value: str
    name: str = ""


def labels_in(line: str) -> tuple[Label, ...]:
    """The labels of a line; each value reaches to the next label. No date line is endless: what
    lies beyond its first 400 characters is not looked at.

    >>> line = "发布日期:2022-02-26 11:38 字体:[大 中 小] 浏览次数:"
    >>> [(label.field, label.value) for label in labels_in(line)]
    [('published', '2022-02-26 11:38'), ('', '大 中 小'), ('', '')]
    """
    if "：" not in line and ":" not in line:
        return ()
    line = line[:_LONGEST]
    found = _found(line)
    ends = [*(match.start() for match in found[1:]), len(line)][: len(found)]
    return tuple(
        _label(dense(match["name"]), line[match.end() : end])
        for match, end in zip(found, ends, strict=True)
    )


def before_labels(line: str) -> str:
    """What a line says before its first label; all of it where it has none."""
    found = _found(line) if "：" in line or ":" in line else []
    return fold(line[: found[0].start()] if found else line).strip(_EDGES)


def time_before_labels(line: str) -> str:
    """What a line says before its first label, where that is digits and signs of a time alone.

    >>> time_before_labels("2026-08-28 来源：价格处"), time_before_labels("县府办 来源：本站")
    ('2026-08-28', '')
    """
    before = before_labels(line)
    return before if _BARE_TIME.fullmatch(before) else ""


def starts_with_label(line: str) -> bool:
    """Whether a line is labels from its first character on."""
    return _LABEL.match(line.lstrip(_EDGES)) is not None


def labelled(labels: Iterable[Label], *fields: str) -> Iterator[Label]:
    """The labels of the first of these fields that has any value, then of the next."""
    filled = [label for label in labels if label.value]
    for field in fields:
        yield from (label for label in filled if label.field == field)


def _found(line: str) -> list[re.Match[str]]:
    return [
        found
        for found in _LABEL.finditer(line)
        if not (found.start() and _JOINS.match(line[found.start() - 1]))
    ]


def _label(name: str, value: str) -> Label:
    return Label(_FIELD[name], shown(value).strip(_EDGES), name)
