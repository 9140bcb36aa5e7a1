"""Files that are broken, locked, or made to harm: each is an answer, and the next file is read."""

import asyncio
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from writing import LINES, TEXT, ofd, old_sheet, old_word, pdf, sheet, word, zipped

import settings
from crawler.documents import (
    DOCUMENT_READER,
    DocumentText,
    DocumentUnreadable,
    Limits,
    NoReader,
    Reader,
    Reason,
    read_document,
    read_document_soon,
)
from crawler.documents.readers import read

LIMITS = Limits()


def read_or_why(data: bytes, limits: Limits = LIMITS, name: str = "") -> str:
    """The text, or the reason why there is none."""
    found = read(data, name, None, limits)
    return found.text if isinstance(found, DocumentText) else found.reason


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


def worker_that(does: str) -> tuple[str, ...]:
    """A real worker in which reading any file does something else."""
    needed = "import crawler.documents.worker as w\nfrom crawler.documents import DocumentText\n"
    replaced = f"def read(*_):\n    {does}\nw.read = read\n"
    return (sys.executable, "-c", f"{needed}{replaced}w.main()")


# Broken and locked


@pytest.mark.parametrize(
    "data",
    [
        pdf(LINES)[:200],
        b"%PDF-1.7 and nothing more",
        word()[:-100],
        zipped({"word/document.xml": "<w:document"}),
        zipped({"OFD.xml": "<a:b xmlns:a='urn:x'><a:DocRoot>nowhere.xml</a:DocRoot></a:b>"}),
        zipped({"xl/workbook.xml": "<workbook/>"}),
        old_word("正文")[:1500],
        old_sheet(("甲",))[:1500],
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ],
)
@pytest.mark.fault("4.17a")
def test_a_damaged_file_is_said_to_be_damaged(reader: Reader, data: bytes):
    assert reader.read(data, "", None, LIMITS) == DocumentUnreadable(Reason.DAMAGED)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"\x00" * 5000, Reason.EMPTY),
        (b"\r\n \r\n", Reason.EMPTY),
        (b"Rar!\x1a\x07\x01\x00", Reason.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", Reason.ARCHIVE),
        (b"\x01\x02\x03\x04", Reason.UNKNOWN),
        (zipped({"ppt/presentation.xml": "<p/>"}), Reason.UNKNOWN),
        (pdf(LINES, password="1949"), Reason.ENCRYPTED),
        (old_word("密", flags=0x0100), Reason.ENCRYPTED),
    ],
)
def test_what_cannot_be_read_has_its_reason(data: bytes, reason: Reason):
    assert read_or_why(data) == reason


def test_a_pdf_that_only_its_owner_may_print_is_read():
    assert read_or_why(pdf(LINES, password="")) == TEXT


def test_every_reason_is_one_line_in_both_languages():
    for reason in Reason:
        assert "\n" not in reason + reason.zh
        assert reason.isascii()
        assert not reason.zh.isascii()
        assert Reason(str(reason)) is reason


# Bombs


def bomb(part: str, around: dict[str, str | bytes]) -> bytes:
    """40 MB of zeros in some 40 KB, as one part of a document."""
    return zipped({**around, part: b"\x00" * (40 * 2**20)})


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "OFD.xml"])
@pytest.mark.fault("4.17a")
def test_a_bomb_is_refused_before_it_is_unpacked(part: str, monkeypatch: pytest.MonkeyPatch):
    data, opened = bomb(part, {}), []
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda _, name, *__: opened.append(name))

    assert read_or_why(data) == Reason.BOMB
    assert opened == []


def test_a_document_that_unpacks_to_more_than_is_allowed_is_refused():
    assert read_or_why(word(), Limits(unpacked=1000)) == Reason.BOMB


def test_a_zip_that_says_less_than_it_holds_is_damaged():
    data = bytearray(zipped({"word/document.xml": b"\x00" * (40 * 2**20)}))
    with zipfile.ZipFile(BytesIO(data)) as packed:
        place = packed.start_dir + 24
    data[place : place + 4] = (1000).to_bytes(4, "little")

    assert read_or_why(bytes(data)) == Reason.DAMAGED


def test_a_bomb_in_a_zip_is_listed_and_doubted():
    found = read(bomb("资料.bin", {}), "", None, LIMITS)

    assert isinstance(found, DocumentText)
    assert found.text == f"资料.bin\t{40 * 2**20}"
    assert found.doubts == ("unpacks-hugely",)


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]><x>&h;</x>"
)


@pytest.mark.parametrize("part", ["word/document.xml", "OFD.xml", "xl/workbook.xml"])
@pytest.mark.fault("4.18")
def test_a_document_with_entities_is_refused(part: str):
    assert read_or_why(zipped({part: LAUGHS})) == Reason.ENTITIES


def test_a_sheet_of_too_many_cells_is_cut():
    found = read(sheet(*([(1, 2, 3)] * 100)), "", None, Limits(cells=40))

    assert isinstance(found, DocumentText)
    assert found.text == "\n".join(["1\t2\t3"] * 10)
    assert found.doubts == ("cut",)


@pytest.mark.parametrize(
    "data",
    [pdf(LINES), word(), old_word("\r".join(LINES)), TEXT.encode(), sheet(*((x,) for x in LINES))],
)
def test_a_text_that_is_too_long_is_cut_and_said_to_be(data: bytes):
    found = read(data, "", None, Limits(characters=15))

    assert isinstance(found, DocumentText)
    assert found.text == TEXT[:15]
    assert found.doubts == ("cut",)


def test_a_pdf_of_too_many_pages_is_cut():
    found = read(pdf(*[LINES] * 3), "", None, Limits(pages=2))

    assert found == DocumentText("pdf", f"{TEXT}\n{TEXT}", 3, doubts=("cut",))


# The process that reads


def test_one_process_reads_many_files(reader: Reader, monkeypatch: pytest.MonkeyPatch):
    for data in (pdf(LINES), word(), ofd(), old_word("\r".join(LINES) + "\r")):
        assert isinstance(reader.read(data, "附件", None, LIMITS), DocumentText)
    monkeypatch.delattr("crawler.documents.reading.subprocess.Popen")

    assert reader.read(pdf(LINES), "附件.pdf", None, LIMITS) == DocumentText("pdf", TEXT, 1)


def test_a_sheet_whose_rows_never_end_is_cut_off(reader: Reader):
    book = BytesIO(sheet(("甲",)))
    with zipfile.ZipFile(book) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    first = "xl/worksheets/sheet1.xml"
    parts[first] = parts[first].replace(b'<row r="1"', b'<row r="900000000000"')
    endless = Limits(cells=10**15, cpu_seconds=1)

    found = reader.read(zipped(parts), "名单.xlsx", None, endless)

    assert found == DocumentUnreadable(Reason.SLOW)
    assert reader.read(pdf(LINES), "", None, LIMITS) == DocumentText("pdf", TEXT, 1)


@pytest.mark.parametrize(
    ("does", "limits", "reason"),
    [
        ("while True: pass", Limits(seconds=0.3), Reason.SLOW),
        ("import time; time.sleep(60)", Limits(seconds=0.3), Reason.SLOW),
        ("return bytearray(2**30)", Limits(memory=2**29), Reason.MEMORY),
        ("import os; os.abort()", LIMITS, Reason.CRASHED),
        ("import os; os._exit(0)", LIMITS, Reason.CRASHED),
        ("raise AssertionError", LIMITS, Reason.DAMAGED),
        ("return read()", LIMITS, Reason.DAMAGED),
        ("import os; os.write(3, b'nonsense' * 9); os._exit(0)", LIMITS, Reason.CRASHED),
    ],
)
@pytest.mark.fault("4.17a")
def test_whatever_a_file_does_to_its_reader_is_an_answer(does: str, limits: Limits, reason: Reason):
    reader = Reader(worker_that(does))

    assert reader.read(b"text", "", None, limits) == DocumentUnreadable(reason)
    reader.close()


def test_a_file_that_takes_too_much_memory_is_refused(reader: Reader):
    xml = "<d xmlns:w='urn:w'>" + "<w:p/>" * 1_500_000 + "</d>"

    found = reader.read(
        zipped({"word/document.xml": xml}), "", None, Limits(memory=150 * 2**20, ratio=2000)
    )

    assert found == DocumentUnreadable(Reason.MEMORY)
    assert reader.read(word(), "", None, LIMITS) == DocumentText("docx", TEXT)


def test_a_reader_writes_nothing(tmp_path: Path):
    reader = Reader(worker_that(f"open({str(tmp_path / 'note')!r}, 'w').write('x' * 9999)"))

    assert reader.read(b"text", "", None, LIMITS) == DocumentUnreadable(Reason.DAMAGED)
    assert not any(path.stat().st_size for path in tmp_path.iterdir())


def test_a_reader_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ARCHIVE_URL", "postgresql://user:secret@db/archive")
    reader = Reader(worker_that("import os; return DocumentText('', str(dict(os.environ)))"))

    found = reader.read(b"text", "", None, LIMITS)
    reader.close()

    assert isinstance(found, DocumentText)
    assert "secret" not in found.text


def test_a_process_is_replaced_after_so_many_files():
    reader = Reader(worker_that("import os; return DocumentText(str(os.getpid()), '')"))

    answers = [reader.read(b"text", "", None, Limits(documents=2)) for _ in range(5)]
    reader.close()

    processes = [found.format for found in answers if isinstance(found, DocumentText)]
    assert [processes.index(process) for process in processes] == [0, 0, 2, 2, 4]


def test_a_process_that_died_between_two_files_costs_neither():
    reader = Reader()
    assert reader.read(word(), "", None, LIMITS) == DocumentText("docx", TEXT)
    assert reader._worker is not None
    reader._worker._process.kill()
    reader._worker._process.wait()

    assert reader.read(word(), "", None, LIMITS) == DocumentText("docx", TEXT)
    reader.close()


@pytest.mark.parametrize("does", ["import nothing_of_this_name", "raise SystemExit(5)"])
def test_an_installation_that_lacks_a_library_blames_no_file(does: str):
    reader = Reader(worker_that(does))

    with pytest.raises(NoReader):
        reader.read(b"text", "", None, LIMITS)


def test_a_worker_that_does_not_start_blames_no_file():
    with pytest.raises(NoReader, match="does not start"):
        Reader((sys.executable, "-c", "raise SystemExit(1)")).read(b"text", "", None, LIMITS)


def test_a_file_larger_than_is_read_is_not_even_sent():
    assert read_document(b"12345", "", None, Limits(size=4)) == DocumentUnreadable(Reason.LARGE)


def test_reading_does_not_hold_up_the_event_loop():
    async def crawl() -> tuple[list[DocumentText | DocumentUnreadable], int]:
        files = [read_document_soon(pdf(LINES), f"{n}.pdf", None, LIMITS) for n in range(3)]
        task = asyncio.gather(*files)
        turns = 0
        while not task.done():
            await asyncio.sleep(0.001)
            turns += 1
        return list(task.result()), turns

    found, turns = asyncio.run(crawl())

    assert found == [DocumentText("pdf", TEXT, 1)] * 3
    assert turns > 5
    assert DOCUMENT_READER == "document/1"


def test_the_settings_name_limits_that_there_are():
    given = {name: value for name, value in vars(settings).items() if name.startswith("DOCUMENT_")}

    assert Limits.of(given) == Limits()
    assert {name.removeprefix("DOCUMENT_").lower() for name in given} <= {*Limits.__slots__}
    assert Limits.of({"DOCUMENT_SECONDS": "1.5", "DOCUMENT_PAGES": 9}) == Limits(
        seconds=1.5, pages=9
    )
