"""What attachments say: each format with Chinese text, by what readers of the office would see."""

from datetime import date, datetime
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from openpyxl import load_workbook
from writing import (
    LINES,
    NUMBER,
    SENTENCE,
    TEXT,
    TITLE,
    ofd,
    ofd_text,
    old_sheet,
    old_word,
    pdf,
    pdf_in,
    picture,
    sheet,
    word,
    word_95,
    zipped,
    zipped_by_windows,
)

from crawler.documents import DocumentText, DocumentUnreadable, Limits
from crawler.documents.readers import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x16\x24\x01\x17\x24\x01"


def read_text(data: bytes, name: str = "") -> DocumentText:
    found = read(data, name, None, Limits())
    assert isinstance(found, DocumentText), found
    return found


# PDF


def test_a_pdf_is_read_page_by_page():
    found = read_text(pdf(LINES, ("附件", SENTENCE)))

    assert found == DocumentText("pdf", f"{TEXT}\n附件\n{SENTENCE}", pages=2)


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("GBK-EUC-H", "gbk"),
        ("GBKp-EUC-H", "gbk"),
        ("GBK2K-H", "gb18030"),
        ("UniGB-UCS2-H", "utf-16-be"),
        ("UniGB-UTF16-H", "utf-16-be"),
    ],
)
def test_fonts_that_are_not_embedded_are_read_by_their_encoding(encoding: str, codec: str):
    assert read_text(pdf_in(encoding, codec)).text == TEXT


def test_a_scanned_pdf_is_marked_as_such():
    assert read_text(pdf((), ())) == DocumentText("pdf", "", 2, scanned=True)


def test_a_scan_with_page_numbers_is_still_a_scan():
    data = pdf(())
    assert read_text(data).scanned

    found = read_text(pdf(LINES, ()))

    assert not found.scanned
    assert found.doubts == ("scanned-pages",)


def test_a_pdf_of_an_empty_page_is_no_scan():
    found = read_text(pdf(("",)))

    assert (found.text, found.scanned, found.doubts) == ("", False, ("no-text",))


# DOCX


def test_paragraphs_and_tables_of_a_docx_stand_in_reading_order():
    document = docx.Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=2, cols=3)
    texts = ("序号", "单位", "金额", "1", "市园林局\n市林业局", "")
    for cell, text in zip(table._cells, texts, strict=True):
        cell.text = text
    document.add_paragraph(SENTENCE)

    rows = "序号\t单位\t金额\n1\t市园林局 市林业局"
    assert read_text(word(document)).text == f"{TITLE}\n{rows}\n{SENTENCE}"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", "甲\n乙"),
        ("<w:ins><w:r><w:t>新增</w:t></w:r></w:ins>", "新增"),
        ("<w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:r><w:t>留</w:t></w:r>", "留"),
        ("<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:r><w:t>留</w:t></w:r>", "留"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r>", "3"),
        ("<w:hyperlink><w:r><w:t>名单</w:t></w:r></w:hyperlink>", "名单"),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件内</w:t></w:r></w:sdtContent></w:sdt>", "控件内"),
    ],
)
def test_what_a_reader_of_the_docx_sees(inside: str, text: str):
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{inside}</w:p>"))

    assert read_text(word(document)).text == text


def test_what_stands_in_a_box_follows_its_paragraph():
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    document = docx.Document()
    paragraph = f"<w:p {W}><w:r><w:pict>{box}</w:pict><w:t>框外</w:t></w:r></w:p>"
    document.element.body.insert(0, parse_xml(paragraph))

    assert read_text(word(document)).text == "框外\n框内"


def test_a_drawing_that_is_written_twice_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>印章处</w:t></w:r></w:p></w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {W}><w:r>{both}</w:r></w:p>"))

    assert read_text(word(document)).text == "印章处"


def test_numbers_that_word_makes_are_said_to_be_missing():
    document = docx.Document()
    numbered = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>总则</w:t></w:r>"
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{numbered}</w:p>"))

    assert read_text(word(document)).doubts == ("numbers-not-shown",)


# DOC, and what WPS writes under its own names


def test_a_doc_is_read_by_its_pieces_of_16_and_of_8_bits():
    data = old_word(f"{TITLE}\r", b"No. 15 \x93draft\x94\r", f"{SENTENCE}\r")

    assert read_text(data) == DocumentText("doc", f"{TITLE}\nNo. 15 “draft”\n{SENTENCE}")


def test_a_doc_made_by_wps_is_read_whatever_it_is_called():
    found = read_text(old_word(f"{TITLE}\r"), name="通知.wps")

    assert (found.format, found.text, found.doubts) == ("doc", TITLE, ())


def test_instructions_of_fields_are_not_text():
    data = old_word("见\x13 HYPERLINK \x13 PAGE \x14x\x15 \x14附件\x15。\r")

    assert read_text(data).text == "见附件。"


def test_notes_follow_the_text_and_nothing_else_does():
    assert read_text(old_word("正文\r注一\r", notes=3)).text == "正文\n注一"


def test_an_empty_cell_of_a_doc_is_not_the_end_of_its_row():
    text = "序号\x07\x07金额\x07\x071\x07市园林局\r市林业局\x073万元\x07\x07合计\r"
    first, second = text.index("金额") + 3, text.index("3万元") + 4
    spans = [
        (0, first, IN_TABLE),
        (first, first + 1, ROW_END),
        (first + 1, second, IN_TABLE),
        (second, second + 1, ROW_END),
    ]

    shown = read_text(old_word(text, spans=spans)).text

    assert shown == "序号\t\t金额\n1\t市园林局 市林业局\t3万元\n合计"


def test_rows_are_guessed_where_a_doc_does_not_say():
    assert read_text(old_word("甲\x07乙\x07\x07丙\x07丁\x07\x07完\r")).text == "甲\t乙\n丙\t丁\n完"


@pytest.mark.parametrize(
    ("codec", "magic"), [("gbk", 0xA5DC), ("utf-16-le", 0xA699), ("utf-16-le", 0xA697)]
)
def test_a_doc_of_1995_is_read(codec: str, magic: int):
    assert read_text(word_95("\r".join(LINES) + "\r", codec, magic)).text == TEXT


# XLSX, XLS


def test_a_sheet_is_rows_of_cells():
    data = sheet(
        ("序号", "单位", "金额", "日期"),
        (1, "市园林局", 3.5, date(2026, 3, 1)),
        (),
        (2, None, 0.1 + 0.2, datetime.fromisoformat("2026-03-01T09:30")),
    )

    assert read_text(data) == DocumentText(
        "xlsx",
        "序号\t单位\t金额\t日期\n1\t市园林局\t3.5\t2026-03-01\n2\t\t0.3\t2026-03-01 09:30:00",
        pages=1,
    )


def test_sheets_are_told_apart_by_their_names_where_there_are_several():
    found = read_text(sheet(("甲",), 明细=[("乙",)], 空表=[]))

    assert (found.text, found.pages) == ("Sheet\n甲\n明细\n乙", 3)


def test_a_hidden_sheet_is_read_and_said():

    book = load_workbook(BytesIO(sheet(("甲",), 内部=[("乙",)])))
    book["内部"].sheet_state = "hidden"
    file = BytesIO()
    book.save(file)

    found = read_text(file.getvalue())

    assert found.text.endswith("内部\n乙")
    assert found.doubts == ("hidden-sheets",)


def test_an_old_sheet_is_read_like_a_new_one():
    rows = (("序号", "单位", "日期", "是"), (1, "市园林局", date(2026, 3, 1), True))

    found = read_text(old_sheet(*rows), name="汇总表.et")

    assert found == DocumentText("xls", "序号\t单位\t日期\t是\n1\t市园林局\t2026-03-01\tTRUE", 1)


# OFD


def test_an_ofd_is_read_by_where_its_text_stands():
    page = ofd_text(20, 60, SENTENCE) + ofd_text(20, 20, TITLE) + ofd_text(21, 40.6, "15号", "4 4")
    page += ofd_text(10, 40, "〔2022〕", "g 5 2.2")

    assert read_text(ofd(page, ofd_text(20, 20, "附件"))) == DocumentText(
        "ofd", f"{TITLE}\n〔2022〕15号\n{SENTENCE}\n附件", pages=2
    )


def test_a_small_line_under_a_large_title_is_a_line_of_its_own():
    title = ofd_text(20, 20, TITLE).replace('Size="4"', 'Size="10"')

    assert read_text(ofd(title + ofd_text(20, 24.5, "（试行）"))).text == f"{TITLE}\n（试行）"


def test_an_ofd_that_lacks_a_page_is_read_and_doubted():
    whole = ofd(ofd_text(20, 20, TITLE), ofd_text(20, 20, SENTENCE))
    with ZipFile(BytesIO(whole)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist() if "Page_0" not in name}

    found = read_text(zipped(parts))

    assert (found.text, found.pages, found.doubts) == (SENTENCE, 2, ("pages-unread",))


def test_columns_of_an_ofd_keep_their_distance():
    page = ofd_text(20, 20, "购买方", "4 4") + ofd_text(120, 20, "金额", "4")

    assert read_text(ofd(page)).text == "购买方 金额"


def test_what_an_ofd_prints_on_every_page_belongs_to_the_page():
    found = read_text(ofd(ofd_text(20, 40, SENTENCE), template=ofd_text(20, 10, "电子发票")))

    assert found.text == f"电子发票\n{SENTENCE}"


def test_a_scanned_ofd_is_marked_as_such():
    image = '<ofd:ImageObject ID="7" Boundary="0 0 210 297" ResourceID="8"/>'

    assert read_text(ofd(image)) == DocumentText("ofd", "", 1, scanned=True)


# The list of a ZIP


@pytest.mark.parametrize("codec", ["gbk", "utf-8"])
def test_the_names_in_a_zip_are_read_though_nothing_says_their_charset(codec: str):
    data = zipped_by_windows(["附件1：名单.doc", "附表/汇总表.xls"], codec)

    assert read_text(data).text == "附件1：名单.doc\t7\n附表/汇总表.xls\t7"


def test_the_names_in_a_zip_that_says_their_charset():
    assert read_text(zipped({"名单.txt": TEXT})).text == f"名单.txt\t{len(TEXT.encode())}"


# Pages, plain text, pictures


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_plain_text_is_decoded_as_pages_are(codec: str):
    assert read_text(f"{TITLE}\r\n\r\n{SENTENCE}".encode(codec)).text == f"{TITLE}\n{SENTENCE}"


def test_a_table_of_comma_separated_values_gives_rows():
    data = '序号,单位\r\n1,"园林局,林业局"\r\n'.encode("gbk")

    assert read_text(data, "名单.csv") == DocumentText("csv", "序号\t单位\n1\t园林局,林业局")


def test_a_page_gives_what_is_visible_of_it():
    page = f"<html><style>p{{}}</style><p>{TITLE}</p><table><tr><td>甲<td>乙</table></html>"

    assert read_text(page.encode()).text == f"{TITLE}\n甲\t乙"


def test_a_doc_that_is_rtf_inside_is_read():
    def coded(text: str) -> str:
        return "".join(f"\\'{byte:02x}" for byte in text.encode("gbk"))

    data = (
        r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0 "
        rf"{coded(TITLE)}\par a|b\tab c\par"
        rf"\trowd\cellx1\cellx2 {coded('甲')}\cell {coded('乙')}\cell\row \u26519?\par}}"
    )

    found = read_text(data.encode(), "通知.doc")

    assert (found.format, found.text) == ("rtf", f"{TITLE}\na|b c\n甲\t乙\n林")
    assert found.doubts == ("named-otherwise",)


def test_a_doc_that_is_a_web_page_in_one_file_is_read():
    page = EmailMessage()
    page.add_related(f"<p>{TITLE}</p>", subtype="html", charset="gb2312")
    page.add_related(picture(), "image", "png")

    found = read_text(b"MIME-Version: 1.0\n" + page.as_bytes(), "通知.doc")

    assert (found.format, found.text) == ("mht", TITLE)


def test_a_picture_has_no_text():
    assert read_text(picture(), "公章.png") == DocumentText("png", "")


# Names and types are hints


@pytest.mark.parametrize(
    ("data", "name", "kind", "doubts"),
    [
        (word(), "通知.doc", "docx", ("named-otherwise",)),
        (old_word(f"{TITLE}\r"), "通知.docx", "doc", ("named-otherwise",)),
        (word(), "通知.wps", "docx", ()),
        (word(), "下载附件", "docx", ()),
        (b"<html><body><table><tr><td>1</table>", "汇总.xls", "html", ("named-otherwise",)),
        (pdf(LINES), "附件.PDF", "pdf", ()),
    ],
)
def test_the_bytes_say_what_a_file_is_and_a_wrong_name_is_a_doubt(
    data: bytes, name: str, kind: str, doubts: tuple[str, ...]
):
    found = read_text(data, name)

    assert (found.format, found.doubts) == (kind, doubts)


@pytest.mark.parametrize(
    ("declared", "doubts"),
    [
        ("application/pdf; charset=UTF-8", ()),
        ("application/octet-stream", ()),
        (None, ()),
        ("application/msword", ("typed-otherwise",)),
    ],
)
def test_a_wrong_media_type_is_a_doubt(declared: str | None, doubts: tuple[str, ...]):
    found = read(pdf((NUMBER, SENTENCE)), "", declared, Limits())

    assert not isinstance(found, DocumentUnreadable)
    assert found.doubts == doubts
