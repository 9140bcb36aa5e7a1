"""What is content and what is not: the digests that decide whether a page was edited."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.article import CONTENT_FIELDS, Article, Attachment, Link, changed_fields, comparable

FILE = Attachment("附件1.pdf", "http://www.example.gov.cn/attach/0/a1.pdf")
PAGE = Article(
    title="一月经济运行情况",
    body="全市生产总值增长5.2%。\n行业\t产值\t增速\n工业\t120\t3.1%",
    published="2026-02-26T11:38+08:00",
    source="市统计局",
    author="Jos\u00e9 张三",
    doc_number="示统〔2026〕3号",
    info={"索引号": "014-2026-01", "主题分类": "统计"},
    attachments=(FILE,),
    images=("http://www.example.gov.cn/picture/0/p1.jpg",),
    subtitle="——增速居全省前列",
    videos=("http://www.example.gov.cn/video/0/v1.mp4",),
    notes=("本文件已于2026年5月1日废止",),
    links=(Link("全文", "http://www.example.gov.cn/art/2026/2/1/art_1_2.html"),),
)


def changed(after: Article, before: Article = PAGE) -> tuple[str, ...]:
    fields = changed_fields(before.field_digests, after.field_digests)
    assert bool(fields) == (before.digest != after.digest)
    return fields


NOT_CONTENT = {
    "white space is wrapped anew": replace(PAGE, body=PAGE.body.replace("增长", "\u3000增 长\xa0")),
    "paragraphs are divided otherwise": replace(PAGE, body=PAGE.body.replace("%。\n", "%。\n\n")),
    "zero-width characters": replace(PAGE, title="一月经济\u200b运行\ufeff情况"),
    "a letter composed otherwise": replace(PAGE, author="Jose\u0301 张三"),
    "empty cells pad the table": replace(PAGE, body=PAGE.body.replace("增速\n", "增速\t\t\n")),
    "the attachment moves to https": replace(
        PAGE, attachments=(replace(FILE, url=FILE.url.replace("http:", "https:")),)
    ),
    "the attachment moves to a cloud bucket": replace(
        PAGE, attachments=(replace(FILE, url="https://oss.example.com/attach/0/a1.pdf"),)
    ),
    "the attachment's type is told": replace(
        PAGE, attachments=(replace(FILE, media_type="application/pdf"),)
    ),
    "a link in the text leads elsewhere": replace(PAGE, links=()),
    "the attachment's bytes are fetched": replace(
        PAGE, attachments=(replace(FILE, payload_digest="0" * 64),)
    ),
    "the images move to https": replace(PAGE, images=("https://b.cn/picture/0/p1.jpg",)),
    "the table's rows are ordered otherwise": replace(
        PAGE, info={"主题分类": "统计", "索引号": "014-2026-01"}
    ),
}


@pytest.mark.parametrize("after", NOT_CONTENT.values(), ids=NOT_CONTENT)
def test_what_no_researcher_would_see_is_no_change(after):
    assert changed(after) == ()


CHANGES = {
    "title": replace(PAGE, title="二月经济运行情况"),
    "body": replace(PAGE, body=PAGE.body.replace("5.2%", "5.3%")),
    "published": replace(PAGE, published="2026-02-26T11:39+08:00"),
    "source": replace(PAGE, source=None),
    "author": replace(PAGE, author="李四"),
    "doc_number": replace(PAGE, doc_number="示统〔2026〕4号"),
    "info": replace(PAGE, info={"索引号": "014-2026-02", "主题分类": "统计"}),
    "attachments": replace(PAGE, attachments=()),
    "subtitle": replace(PAGE, subtitle="——增速居全国前列"),
    "videos": replace(PAGE, videos=()),
    "notes": replace(PAGE, notes=("本文件已于2026年6月1日废止",)),
    "images": replace(PAGE, images=(*PAGE.images, "http://www.example.gov.cn/picture/0/p2.jpg")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_names_its_field_and_no_other(name):
    assert changed(CHANGES[name]) == (name,)


def test_every_content_field_has_its_story():
    assert set(CHANGES) == set(CONTENT_FIELDS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("工业\t12\t3", "工业\t1\t23"),
        ("工业\t12\t\t3", "工业12\t3"),
        ("甲\t1\n乙\t2", "甲\t2\n乙\t1"),
    ],
)
def test_a_digit_that_moves_between_cells_is_a_change(before, after):
    assert changed(replace(PAGE, body=after), replace(PAGE, body=before)) == ("body",)


@pytest.mark.parametrize(
    "after",
    [
        (replace(FILE, name="附件2.pdf"),),
        (replace(FILE, url="http://www.example.gov.cn/attach/0/a2.pdf"),),
        (FILE, FILE),
    ],
)
def test_another_file_or_another_name_is_a_change(after):
    assert changed(replace(PAGE, attachments=after)) == ("attachments",)


def test_several_changes_are_named_in_the_order_of_the_fields():
    after = replace(PAGE, source="统计局", title="新题", images=())
    assert changed(after) == ("title", "source", "images")


def test_what_a_page_does_not_state_is_not_in_its_digest():
    assert set(Article(title="题").field_digests) == {"title"}
    assert Article(title="题", source="", body="\n").digest == Article(title="题").digest


def test_the_digest_carries_its_scheme_and_is_pinned():
    # A digest that changes by itself would make a false edit of every article held.
    # The fields that came after the first release are left out: they change no digest of before.
    page = replace(PAGE, subtitle=None, videos=(), notes=())
    assert page.digest == PINNED


PINNED = "1:3d0023345eda1b7a7c3a5885a0cc90cf748c4472c5a38befb9374d2329ad0e5f"


@given(st.text(alphabet="文a1 \u3000\t\n\u200b", max_size=20))
def test_the_comparable_form_is_a_form_of_itself(text):
    assert comparable(comparable(text)) == comparable(text)


@given(st.text(max_size=20))
def test_any_text_has_a_digest(text):
    assert len(Article(title=text).digest) == 66


def test_lone_surrogates_have_a_digest_too():
    assert Article(title="\ud800").digest != Article(title="\ud801").digest
