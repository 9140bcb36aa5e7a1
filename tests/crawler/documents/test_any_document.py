"""Files bent at random: each is an answer, and whoever read it reads the next one."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from writing import LINES, TEXT, TITLE, ofd, ofd_text, old_sheet, old_word, pdf, sheet, word, zipped

from crawler.documents import DocumentText, DocumentUnreadable, Limits, Reader

WHOLE = {
    "pdf": pdf(LINES),
    "docx": word(),
    "xlsx": sheet(["名称", "数量"], ["树", 3]),
    "doc": old_word(TEXT),
    "xls": old_sheet(["名称", "数量"], ["树", 3]),
    "ofd": ofd(ofd_text(20, 30, TITLE)),
    "zip": zipped({"通知.txt": "内容"}),
    "rtf": rb"{\rtf1\ansi\ansicpg936 {\fonttbl{\f0 SimSun;}}\f0 \'d6\'d2\par \u20013 ?}",
    "csv": "名称,数量\n树,3\n".encode("gb18030"),
    "mht": b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=gbk\r\n\r\n<p>\xd6\xd0</p>",
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.fault("8.2")
@given(chance=st.randoms(use_true_random=False), cut=st.booleans())
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bent_file_is_an_answer(kind: str, reader: Reader, chance, cut: bool) -> None:
    bent = bytearray(WHOLE[kind])
    for _ in range(chance.randint(1, 40)):
        bent[chance.randrange(len(bent))] = chance.randrange(256)
    data = bytes(bent[: chance.randrange(len(bent))] if cut else bent)
    answer = reader.read(data, f"附件.{kind}", None, Limits())
    assert isinstance(answer, DocumentText | DocumentUnreadable)


@pytest.mark.parametrize("kind", WHOLE)
def test_the_same_file_unbent_has_text(kind: str, reader: Reader) -> None:
    answer = reader.read(WHOLE[kind], f"附件.{kind}", None, Limits())
    assert isinstance(answer, DocumentText), answer
    assert answer.text
