"""Lines that say of an article what it is: 发布日期：… 来源：… 作者：…, several on one line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.reading.text import dense, fold

_NAMES = {
    "published": ("发布日期", "发布时间", "发表时间", "发表日期", "发稿时间", "时间", "日期"),
    "source": ("信息来源", "文章来源", "稿件来源", "来源单位", "稿源", "来源"),
    "author": ("文章作者", "作者"),
    "editor": ("责任编辑", "编辑"),
    "doc_number": ("发文字号", "文件编号", "文号"),
    "": (
        "字体", "字号", "文字大小", "浏览次数", "浏览量", "浏览", "点击次数", "点击数", "点击量",
        "点击", "阅读次数", "阅读量", "阅读", "访问次数", "访问量", "人气", "更新时间", "分享至",
        "分享到", "分享", "保护视力色", "视力保护色", "审核", "校对", "发布机构", "发布单位",
    ),
}  # fmt: skip
_FIELD = {name: field for field, names in _NAMES.items() for name in names}
_LABEL = re.compile(
    r"(?<![一-鿿A-Za-z])(?P<name>"
    + "|".join(r"\s?".join(n) for n in sorted(_FIELD, key=len, reverse=True))
    + r")\s{0,3}[:：]"
)
_LONGEST = 400
_EDGES = " \t|｜/[]【】()（）,，;；"


@dataclass(frozen=True, slots=True)
class Label:
    """One label and its value. `field` is our name for it, empty for what is no content."""

    field: str
    value: str


def labels_in(line: str) -> tuple[Label, ...]:
    """The labels of a line; each value reaches to the next label. No date line is endless: what
    lies beyond its first 400 characters is not looked at.

    >>> line = "发布日期:2022-02-26 11:38 字体:[大 中 小] 浏览次数:"
    >>> [(label.field, label.value) for label in labels_in(line)]
    [('published', '2022-02-26 11:38'), ('', '大 中 小'), ('', '')]
    """
    line = line[:_LONGEST]
    found = list(_LABEL.finditer(line))
    ends = [*(match.start() for match in found[1:]), len(line)][: len(found)]
    return tuple(
        Label(_FIELD[dense(match["name"])], fold(line[match.end() : end]).strip(_EDGES))
        for match, end in zip(found, ends, strict=True)
    )


def before_labels(line: str) -> str:
    """What a line says before its first label; all of it where it has none."""
    found = _LABEL.search(line)
    return fold(line[: found.start()] if found else line).strip(_EDGES)


def starts_with_label(line: str) -> bool:
    """Whether a line is labels from its first character on."""
    return _LABEL.match(line.lstrip(_EDGES)) is not None


def values(lines: Iterable[str], *fields: str) -> Iterator[str]:
    """The non-empty values of the first of these fields that has any, then of the next."""
    labels = [label for line in lines for label in labels_in(line)]
    for field in fields:
        yield from (label.value for label in labels if label.field == field and label.value)
