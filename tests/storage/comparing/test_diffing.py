"""A change is shown as a person would mark it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Article, Attachment
from storage.comparing.diff import diff, diff_texts
from storage.comparing.spans import By
from tests.storage.comparing.marks import marked


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("项目原则上可以继续", "项目一律不得再继续", ["项目[-原则上可以-][+一律不得再+]继续"]),
        ("补贴1200元", "补贴950元", ["补贴[-1200-][+950+]元"]),
        ("增长5.2%", "增长5.6%", ["增长[-5.2-][+5.6+]%"]),
        ("三月底前", "三月中旬前", ["三月[-底-][+中旬+]前"]),
        # One character that stayed between two that went is no island to be kept.
        ("甲乙丙丁戊", "己乙庚丁戊", ["[-甲乙丙-][+己乙庚+]丁戊"]),
        ("", "新设一条", ["[+新设一条+]"]),
        ("全部删除", "", ["[-全部删除-]"]),
    ],
)
def test_characters_that_changed_are_marked_and_the_others_left(before, after, shown):
    assert marked(diff_texts(before, after, By.CHARACTER)) == shown


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("大力发展农业", "大力发展林业", "大力发展[-农业-][+林业+]"),
        ("三月底前完成", "三月中旬前完成", "[-三月底-][+三月中旬+]前完成"),
        ("同比增长5.2%", "同比下降5.6%", "同比[-增长5.2-][+下降5.6+]%"),
        ("王晓明同志任局长", "王晓朋同志任局长", "[-王晓明-][+王晓朋+]同志任局长"),
        # Whichever 应当 is said to have come: the reader's is the one that begins a phrase.
        (
            "应当节约、应当守法",
            "应当节约、应当用水、应当守法",
            "应当节约、[+应当用水、+]应当守法",
        ),
        ("补贴1200元", "补贴1250元", "补贴[-1200-][+1250+]元"),
    ],
)
def test_words_change_whole(before, after, shown):
    assert marked(diff_texts(before, after)) == [shown]


def test_a_paragraph_put_in_moves_no_other():
    before = "甲条\n乙条内容若干\n丙条"
    after = "甲条\n新设的条文\n乙条内容若干\n丙条"
    assert [p.kind for p in diff_texts(before, after)] == ["same", "added", "same", "same"]


def test_renumbered_paragraphs_are_paired_with_what_they_were():
    before = "第一条 适用范围\n第二条 申报条件为甲\n第三条 附则"
    after = "第一条 适用范围\n第二条 补贴标准\n第三条 申报条件为乙\n第四条 附则"
    assert [p.kind for p in diff_texts(before, after)] == ["same", "added", "changed", "changed"]


def test_a_table_is_compared_cell_by_cell():
    before = "项目\t金额\n道路\t1200\n桥梁\t500"
    after = "项目\t金额\n道路\t1250\n隧道\t80\n桥梁\t500"
    assert marked(diff_texts(before, after)) == [
        "项目\t金额",
        "道路\t[-1200-][+1250+]",
        "[+隧道\t80+]",
        "桥梁\t500",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("时间：3月1日", "时间： 3月１日"),
        ("时间,地点", "时间，地点"),
        ("甲乙丙丁。戊己庚辛。", "甲乙丙丁。\n戊己庚辛。"),
        ("第一条　总则", "第一条 总则"),
    ],
)
def test_what_differs_in_form_alone_is_marked_as_such(before, after):
    assert [p.form_only for p in diff_texts(before, after) if p.kind != "same"] == [True]


def test_form_beside_a_real_change_stays_apart_from_it():
    (paragraph,) = diff_texts("3月１日,会议室", "5月1日，会议室")
    real = [s.text for s in paragraph.spans if s.kind != "same" and not s.form_only]
    assert (real, paragraph.form_only) == (["3", "5"], False)


def test_every_field_is_compared_in_the_order_in_which_users_know_them():
    before = Article(
        title="通知", body="正文", info={"索引号": "1", "主题": "农业"}, images=("http://a/1.png",)
    )
    after = replace(
        before,
        title="公告",
        info={"主题": "林业", "索引号": "1"},
        attachments=(Attachment("表.xlsx", "http://a/t.xlsx"),),
        images=("https://b/1.png",),
    )
    found = {field.name: field for field in diff(before, after)}
    assert list(found) == ["title", "info", "attachments", "images"]
    assert marked(found["title"].paragraphs) == ["[-通知-][+公告+]"]
    assert marked(found["info"].paragraphs) == ["主题：[-农业-][+林业+]", "索引号：1"]
    assert marked(found["attachments"].paragraphs) == ["[+表.xlsx http://a/t.xlsx+]"]
    # Only the host of the image moved, which the archive does not count as a change.
    assert {name: field.form_only for name, field in found.items()} == {
        "title": False,
        "info": False,
        "attachments": False,
        "images": True,
    }


_MOVED = {"added": "moved_here", "removed": "moved_away"}
_TEXTS = st.text(alphabet="甲乙丙，。 　\t\nA1１", max_size=40)


@given(_TEXTS, _TEXTS)
def test_both_texts_can_be_read_from_their_difference(before, after):
    paragraphs = diff_texts(before, after)
    for text, other in ((before, "added"), (after, "removed")):
        read = [
            "".join(span.text for span in paragraph.spans if span.kind != other)
            for paragraph in paragraphs
            if paragraph.kind not in (other, _MOVED[other])
        ]
        assert "\n".join(read) == text


def test_a_long_text_without_punctuation_still_shows_what_stayed():
    text = "".join(chr(0x4E00 + i % 700) for i in range(4000))
    spans = diff_texts(text, f"{text[:2000]}改{text[2001:]}")[0].spans
    assert [s.kind for s in spans] == ["same", "removed", "added", "same"]


def test_other_bytes_under_the_same_name_are_shown_and_are_no_matter_of_form():
    file = Attachment("附表.xlsx", "http://www.example.gov.cn/attach/0/a.xlsx")
    before, after = (
        Article(title="题", attachments=(replace(file, payload_digest=mark * 64),)) for mark in "ab"
    )
    (field,) = diff(before, after)
    assert (field.name, field.form_only) == ("attachments", False)
    assert diff(before, Article(title="题", attachments=(file,))) == ()
