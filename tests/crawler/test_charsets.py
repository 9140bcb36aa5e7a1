"""What bytes say comes before what anybody says of them: a page is read right under any label."""

import itertools

import pytest

from crawler.reading import decode

TEXT = (
    "各区人民政府，市政府各部门：为贯彻落实国务院关于优化营商环境的决定，现就有关事项通知如下。"
    "一、加强组织领导。二、明确任务分工，确保各项措施在二〇二二年底以前全部到位。"
)
TRADITIONAL = (
    "各區人民政府，市政府各部門：為貫徹落實國務院關於優化營商環境的決定，現就有關事項通知如下。"
    "一、加強組織領導。二、明確任務分工，確保各項措施在二零二二年底以前全部到位。"
)
RARE = TEXT + "人名用字：㼆𠮷䶮，价格以€计。"

REAL = {
    "utf-8": (TEXT + "𠮷€", lambda text: text.encode()),
    "utf-8 with its mark": (TEXT, lambda text: b"\xef\xbb\xbf" + text.encode()),
    "gbk": (TEXT, lambda text: text.encode("gbk")),
    "gb18030": (RARE, lambda text: text.encode("gb18030")),
    "big5": (TRADITIONAL, lambda text: text.encode("big5")),
    "utf-16 little, with its mark": (RARE, lambda text: b"\xff\xfe" + text.encode("utf-16-le")),
    "utf-16 big, with its mark": (RARE, lambda text: b"\xfe\xff" + text.encode("utf-16-be")),
    "utf-16 little, without": (TEXT, lambda text: text.encode("utf-16-le")),
    "utf-16 big, without": (TEXT, lambda text: text.encode("utf-16-be")),
}
DECLARED = (None, "utf-8", "GBK", "gb2312", "gb18030", "Big5", "utf-16", "iso-8859-1", "x-none")
WHERE = ("header", "meta", "http-equiv", "xml")

# Bytes that are without a fault in both: Big5 under the name of GBK is told by its characters
# where nothing else speaks for it, and GBK under the name of Big5 is what it says it is.
AMBIGUOUS = {("gbk", "Big5"), ("gb18030", "Big5"), ("big5", "GBK"), ("big5", "gb2312"),
             ("big5", "gb18030")}  # fmt: skip


def page(text: str, declared: str | None, where: str) -> str:
    meta = xml = ""
    if declared and where == "meta":
        meta = f'<meta charset="{declared}">'
    elif declared and where == "http-equiv":
        meta = f'<META http-equiv=Content-Type content="text/html; charset={declared}">'
    elif declared and where == "xml":
        xml = f'<?xml version="1.0" encoding="{declared}"?>'
    head = f"{xml}<html><head>{meta}<title>通知</title></head>"
    return f"{head}<body><p>{text}</p></body></html>"


CASES = [
    (real, declared, where)
    for real, declared, where in itertools.product(REAL, DECLARED, WHERE)
    if (real, declared) not in AMBIGUOUS and (declared is not None or where == "header")
]


def test_there_are_very_many() -> None:
    assert len(CASES) > 200


@pytest.mark.parametrize("real", REAL)
@pytest.mark.fault("4.15")
def test_a_page_is_read_right_whatever_charset_is_declared(real: str, score) -> None:
    text, encode = REAL[real]
    cases = [case for case in CASES if case[0] == real]
    for _, declared, where in cases:
        whole = page(text, declared, where)
        read = decode(encode(whole), declared if where == "header" else None)
        assert read == whole, (declared, where)
    score(trials=len(cases), lost=0)


@pytest.mark.parametrize("real", ["gbk", "big5", "utf-8", "gb18030"])
def test_a_last_character_that_is_cut_off_is_the_only_one_lost(real: str) -> None:
    text, encode = REAL[real]
    whole = page(text, None, "header").removesuffix("</p></body></html>")
    read = decode(encode(whole)[:-1], real)
    assert read.rstrip("\ufffd") == whole[:-1]
    assert read.endswith("\ufffd")
