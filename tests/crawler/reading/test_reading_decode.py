"""Bytes and what is said about them: the bytes are believed first."""

import codecs

import pytest

from crawler.reading import decode

PAGE = (
    "<html><head><title>关于印发云溪县春耕备耕实施方案的通知</title></head><body>"
    "<p>各乡镇人民政府，县政府各部门：现将实施方案印发给你们，请认真贯彻执行。</p></body></html>"
)
TRADITIONAL = (
    "<html><body><p>請認真貫徹執行，並於三月五日前回報辦理情形，謝謝合作。</p></body></html>"
)
RARE = PAGE.replace("各乡镇", "𠮷乡，€12，各乡镇")


def saying(charset: str, page: str = PAGE) -> str:
    return page.replace("<head>", f'<head><meta charset="{charset}">')


@pytest.mark.parametrize("page", [PAGE, RARE], ids=["common", "rare"])
@pytest.mark.parametrize("meta", [None, "utf-8", "gb2312", "gbk", "big5", "nonsense"])
@pytest.mark.parametrize("header", [None, "utf-8", "GBK", "gb2312", "iso-8859-1", "base64"])
def test_utf_8_is_utf_8_whatever_is_declared(page, header, meta):
    text = saying(meta, page) if meta else page
    assert decode(text.encode("utf-8"), header) == text


@pytest.mark.parametrize("page", [PAGE, RARE], ids=["common", "rare"])
@pytest.mark.parametrize(
    ("header", "meta"),
    [
        ("gb2312", None), ("GBK", None), ("gb18030", None), ("x-gbk", None), (' "gbk" ', None),
        (None, "gb2312"), (None, "GBK"), (None, "gb18030"), ("utf-8", "gb2312"),
        ("iso-8859-1", "gbk"), ("windows-1252", "gbk"), ("us-ascii", "gb2312"),
        ("nonsense", "gbk"), ("gbk", "utf-8"), ("hex", "gbk"),
    ],
)  # fmt: skip
def test_gb_pages_are_read_in_the_widest_of_their_charsets(page, header, meta):
    text = saying(meta, page) if meta else page
    assert decode(text.encode("gb18030"), header) == text


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1"])
def test_an_undeclared_gb_page_is_recognised(declared):
    assert decode(PAGE.encode("gb18030"), declared) == PAGE


@pytest.mark.parametrize("declared", ["big5", "BIG5", "x-x-big5", "big5-hkscs"])
def test_a_big5_page_is_read_as_declared(declared):
    assert decode(TRADITIONAL.encode("big5"), declared) == TRADITIONAL


@pytest.mark.parametrize("declared", [None, "gbk"])
@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark, charset, declared):
    assert decode(mark + RARE.encode(charset), declared) == RARE


@pytest.mark.parametrize("lost", [1, 2])
@pytest.mark.parametrize("declared", [None, "utf-8", "gbk"])
def test_a_last_character_cut_off_does_not_spoil_a_utf_8_page(declared, lost):
    assert decode((PAGE + "完").encode("utf-8")[:-lost], declared) == PAGE + "\ufffd"


@pytest.mark.parametrize(("last", "lost"), [("完", 1), ("𠮷", 1), ("𠮷", 2), ("𠮷", 3)])
def test_a_last_character_cut_off_does_not_spoil_a_gb_page(last, lost):
    assert decode((PAGE + last).encode("gb18030")[:-lost], "gbk") == PAGE + "\ufffd"


def test_a_declaration_after_the_first_four_kilobytes_is_not_looked_for():
    late = "<html>" + " " * 5000 + '<meta charset="big5">' + PAGE
    assert decode(late.encode("gb18030"), None) == late


def test_what_no_database_takes_becomes_a_replacement_and_private_characters_stay():
    assert decode("甲\x00乙\ue000丙".encode(), None) == "甲\ufffd乙\ue000丙"
    lone = "甲\ud800乙".encode("utf-8", "surrogatepass")
    assert "\ud800" not in decode(lone, "utf-8")


def test_the_euro_of_a_windows_page_is_the_euro():
    assert decode(b"<p>\xd4\xa4\xcb\xe3 \x8012</p>", "gbk") == "<p>预算 €12</p>"


@pytest.mark.parametrize("payload", [b"", b" ", b"\xff", b"\x80", bytes(range(256))])
def test_any_bytes_give_some_text(payload):
    assert isinstance(decode(payload, None), str)
