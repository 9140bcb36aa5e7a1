"""The lines of a container that are no body: date lines, print and close buttons, share blocks.

Only at its two ends, and only where the CMS did not delimit the body itself.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crawler.reading.dates import published_time
from crawler.reading.labels import labels_in, starts_with_label, time_before_labels
from crawler.reading.text import dense, fold

_BUTTON = re.compile(
    r"返回顶部|返回首页|打印(?:本稿|本页|此页|文章|页面|内容)?|关闭(?:本页|窗口|此页|页面)?|我要纠错|分享[至到]?"
    r"|收藏(?:本页)?|字[体号]|大|中|小|扫一扫[^\s]{0,30}|保护视力色|视力保护色|加入收藏|下载|复制链接"
)
_DECORATION = re.compile(r"[\s\[\]【】()（）:：|｜/·、,，>»-]+")
_CLOSING = re.compile(r"打印|关闭|返回顶部|上一[篇条]|下一[篇条]")
_NEIGHBOUR = re.compile(
    r"[【\[]?(?:上一[篇条]|下一[篇条]|相关(?:链接|阅读|文章|新闻)|附件下载)[】\]]?[:：]?"
)
_FILES = re.compile(r"[【\[]?(?:附件|相关|文件)下载[】\]]?[:：]?")
_CRUMBS = re.compile(r"(?:您?(?:现?在|当前)的?位置|首页\s{0,3}[>＞»›])")
_SENTENCE_ENDS = ("。", "！", "；", "：", ":")
_LONGEST_BUTTONS, _LONGEST_LABELS = 120, 200
_AT_THE_END = frozenset({"source", "author", "editor", ""})


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A container's lines: the body's, and those that were found to be none."""

    body: tuple[str, ...]
    taken: tuple[str, ...]


def trimmed(lines: Sequence[str], title: str, *, only_the_body: bool) -> Trimmed:
    """Take the lines that are no body off both ends.

    Where a box holds `only_the_body`, its beginning is the body's and the end is trimmed line by
    line; where title and buttons share the box, everything behind the first button goes too.
    """
    start = 0 if only_the_body else _first_of_body(lines, title)
    end = len(lines)
    if not only_the_body:
        buttons = (
            i for i in range(start, end) if is_button(lines[i]) and _CLOSING.search(lines[i])
        )
        end = next(buttons, end)
    while end > start and (
        _ends_a_page(lines[end - 1]) or not (only_the_body or _says_something(lines[end - 1]))
    ):
        end -= 1
    return Trimmed(tuple(lines[start:end]), (*lines[:start], *lines[end:]))


def fenced(lines: Sequence[str]) -> tuple[str, ...] | None:
    """The lines between a page's date line and its first closing button (打印, 关闭, 上一篇).

    None where a page lacks one of the two: then nothing says where its body begins and ends.
    """
    dated = (n for n, line in enumerate(lines) if _has_date(line))
    start = next(dated, len(lines)) + 1
    closing = (n for n in range(start, len(lines)) if _closes(lines[n]))
    end = next(closing, 0)
    return tuple(lines[start:end]) if end >= start else None


def is_button(line: str) -> bool:
    """Whether a line consists of buttons alone: 【打印此页】【关闭窗口】, 字体：大 中 小.

    >>> [is_button(line) for line in ("【打印本稿】【关闭本页】", "打印 关闭", "关闭窗口期间")]
    [True, True, False]
    """
    line = fold(line)
    if len(line) > _LONGEST_BUTTONS:
        return False
    if _NEIGHBOUR.match(line):
        return True
    return bool(_BUTTON.search(line)) and not _DECORATION.sub("", _BUTTON.sub("", line))


def without_files(lines: Sequence[str], names: Collection[str]) -> tuple[str, ...]:
    """The lines without the block of files at their end: 附件下载, and the files' names alone.

    >>> without_files(["甲。", "附件下载：", "申报表.xls 办法.pdf"], ["申报表.xls", "办法.pdf"])
    ('甲。',)
    >>> without_files(["甲。", "附件：申报表.xls"], ["申报表.xls"])
    ('甲。', '附件：申报表.xls')
    """
    known = sorted(filter(None, map(dense, names)), key=len, reverse=True)
    for at in range(len(lines) - 1, -1, -1):
        left = dense(lines[at])
        begins = _FILES.match(left)
        left = left[begins.end() :] if begins else left
        for name in known:
            left = left.replace(name, "")
        if _says_something(left):
            break
        if begins:
            return tuple(lines[:at])
    return tuple(lines)


def _says_something(line: str) -> bool:
    return bool(_DECORATION.sub("", line))


def _closes(line: str) -> bool:
    return is_button(line) and _CLOSING.search(line) is not None


def _has_date(line: str) -> bool:
    labels = labels_in(line) if len(fold(line)) <= _LONGEST_LABELS else ()
    return any(label.field == "published" and published_time(label.value) for label in labels)


def _ends_a_page(line: str) -> bool:
    if is_button(line):
        return True
    line = fold(line)
    fields = {label.field for label in labels_in(line)}
    # A date line is known by what it says beside the date: 时间：2016-11-25 字号：[大 中 小].
    known = _AT_THE_END | {"published"} if "" in fields else _AT_THE_END
    return len(line) <= 80 and starts_with_label(line) and fields <= known


def _first_of_body(lines: Sequence[str], title: str) -> int:
    start = 0
    for number, line in enumerate(lines[:20]):
        if _closes(line):
            break
        if _begins_a_page(line, title):
            start = number + 1
        elif len(dense(line)) > 30 or line.endswith(_SENTENCE_ENDS):
            break
    return start


def _begins_a_page(line: str, title: str) -> bool:
    same_title = bool(title) and dense(line) == dense(title)
    return same_title or is_button(line) or _is_date_line(line) or bool(_CRUMBS.match(fold(line)))


def _is_date_line(line: str) -> bool:
    labels = labels_in(line)
    # 2026-08-28 来源：价格处 (fzggw.jiangsu.gov.cn, 2026): its time has no label.
    if not labels or not (starts_with_label(line) or published_time(time_before_labels(line))):
        return False
    # 时间：明日上午 begins a body, 时间：2022-02-26 a date line.
    return all(label.field != "published" or published_time(label.value) for label in labels)
