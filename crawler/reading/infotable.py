"""The table of a disclosure article (政府信息公开): 索引号, 发布机构, 文号, 有效性 and the like.

Seen on fzggw.zj.gov.cn, 2026: label and value cells in turn, two pairs a row, an empty pair at
the end. Other templates use `<th>`, `<dt>`/`<dd>`, or both in one cell.
"""

import re
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

from crawler.reading.noise import visible_strings
from crawler.reading.text import dense, fold

DOC_NUMBER = ("文号", "发文字号", "文件编号")

_TELLING = frozenset(
    [
        "索引号",
        "信息索引号",
        "主题分类",
        "组配分类",
        "体裁分类",
        "服务对象分类",
        "文号",
        "文件编号",
        "发文字号",
        "统一编号",
        "规范性文件登记号",
        "发布机构",
        "发文机关",
        "发文机构",
        "发文单位",
        "公开机构",
        "责任部门",
        "公开主体",
        "生成日期",
        "成文日期",
        "公开方式",
        "公开范围",
        "公开时限",
        "公开程序",
        "有效性",
        "时效",
        "效力状态",
        "时效性",
        "废止日期",
        "失效日期",
        "生效日期",
        "实施日期",
        "信息名称",
        "文件名称",
        "内容概述",
        "内容概览",
        "主题词",
        "关键词",
        "公开日期",
    ]
)
_USUAL = frozenset(
    ["发文日期", "发布日期", "发布时间", "名称", "标题", "来源", "信息来源", "公开形式"]
)
_KNOWN = _TELLING | _USUAL
_INLINE = re.compile(r"(?P<label>[^:：]{2,14})[:：](?P<value>.+)", re.DOTALL)
_COLONS = ":："
_NO_NUMBER = frozenset({"", "无", "/", "-", "--", "—", "暂无", "null"})


def info_tables(root: HtmlElement) -> list[HtmlElement]:
    """The innermost tables and lists that label a disclosure article.

    One is known by two labels of ours, at least one of which no ordinary table would carry.
    """
    boxes = [box for box in root.iter("table", "dl", "ul") if _is_telling(box)]
    around = {outer for box in boxes for outer in box.iterancestors()}
    return [box for box in boxes if box not in around]


def info_of(boxes: list[HtmlElement]) -> Mapping[str, str]:
    """All labels with their values, as the page labels them; pairs without a value are left out.

    The first of two equal labels counts. `索 引 号：` and `索引号` are one label.
    """
    info: dict[str, str] = {}
    for box in boxes:
        for label, value in _pairs(box):
            if label and value:
                info.setdefault(label, value)
    return info


def doc_number_in(info: Mapping[str, str]) -> str | None:
    """The document number (文号) that a table states; None where it says that there is none."""
    stated = (info[label] for label in DOC_NUMBER if label in info)
    return next((number for number in stated if is_a_number(number)), None)


def is_a_number(stated: str) -> bool:
    """Whether what stands beside 文号 is one, and not 无 or a dash."""
    return stated.lower() not in _NO_NUMBER


def _is_telling(box: HtmlElement) -> bool:
    if box.find(".//table") is not None:
        return False
    rows = [list(_pairs_of(row)) for row in _rows(box)]
    labels = {label for row in rows for label, _ in row} & _KNOWN
    # In a list of documents 文号 and 发文机关 head the columns, and the rows below label nothing.
    labelled = sum(bool(row) for row in rows) * 2 >= len(rows)
    return labelled and len(labels) > 1 and bool(labels & _TELLING)


def _rows(box: HtmlElement) -> list[HtmlElement]:
    return list(box.iter("tr", "dl", "li"))


def _pairs(box: HtmlElement) -> Iterator[tuple[str, str]]:
    for row in _rows(box):
        yield from _pairs_of(row)


def _pairs_of(row: HtmlElement) -> Iterator[tuple[str, str]]:
    cells = [_cell(cell) for cell in row.iter("td", "th", "dt", "dd")]
    return _pairs_in_row(cells or [_cell(row)])


def _pairs_in_row(cells: list[str]) -> Iterator[tuple[str, str]]:
    waiting: str | None = None
    for cell in cells:
        if waiting is not None:
            yield waiting, cell
            waiting = None
        elif (inline := _INLINE.fullmatch(cell)) and dense(inline["label"]) in _KNOWN:
            yield dense(inline["label"]), fold(inline["value"])
        elif _is_label(cell):
            waiting = dense(cell).rstrip(_COLONS)


def _is_label(cell: str) -> bool:
    name = dense(cell)
    return name.rstrip(_COLONS) in _KNOWN or (2 < len(name) <= 15 and name[-1] in _COLONS)


def _cell(cell: HtmlElement) -> str:
    return fold("".join(visible_strings(cell)))
