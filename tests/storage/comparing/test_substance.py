"""Edits are ranked by what they change for whoever is governed by the text."""

from dataclasses import replace

import pytest

from storage import Article, Attachment
from storage.comparing.diff import diff
from storage.comparing.passages import passages
from storage.comparing.silence import is_silent
from storage.comparing.substance import EditKind, Substance, substance

_PAGE = Article(title="停车管理办法", body="第一条　为了规范停车。", published="2026-02-25")


def _weighed(before: Article, after: Article) -> Substance:
    return substance(passages(diff(before, after)))


def _of_bodies(before: str, after: str) -> Substance:
    return _weighed(replace(_PAGE, body=before), replace(_PAGE, body=after))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (
            "已经开工的项目原则上可以继续建设",
            "已经开工的项目一律不得再继续建设",
            EditKind.OBLIGATION,
        ),
        ("企业应当报告", "企业可以报告", EditKind.OBLIGATION),
        ("该项目未完工", "该项目已完工", EditKind.NEGATION),
        ("补贴1200元", "补贴1250元", EditKind.MONEY),
        ("处二百元罚款", "处五百元罚款", EditKind.MONEY),
        ("3月1日前完成", "5月1日前完成", EditKind.DATE),
        ("年底前完成", "三季度前完成", EditKind.DATE),
        ("同比增长5.2%", "同比增长5.6%", EditKind.FIGURE),
        ("设立三个分局", "设立四个分局", EditKind.FIGURE),
        ("示建发〔2026〕3号文件", "示建发〔2026〕5号文件", EditKind.DOC_NUMBER),
        ("免去陈志强的职务", "免去陈志刚的职务", EditKind.NAME),
        ("由公安局负责", "由交通运输局负责", EditKind.NAME),
        ("大力发展农业", "大力发展林业", EditKind.WORDING),
        (
            "加强领导。各地要在三月一日前报送材料，逾期不予受理。",
            "加强领导。",
            EditKind.REMOVED,
        ),
        ("加强领导。", "加强领导。\n各部门要密切配合，形成合力，确保落实。", EditKind.ADDED),
        ("统一布署", "统一部署", EditKind.TYPO),
        ("银行帐户", "银行账户", EditKind.TYPO),
        ("认真做好好工作", "认真做好工作", EditKind.TYPO),
        ("总结部经验署", "总结经部验署", EditKind.TYPO),
        ("进一步加强管理。", "进一步加强管理；", EditKind.TYPO),
    ],
)
def test_an_edit_is_told_by_its_sharpest_words(before, after, kind):
    assert _of_bodies(before, after).kinds[0] is kind


def test_what_is_forbidden_outweighs_a_date_and_a_date_a_turn_of_phrase():
    edits = [
        _of_bodies("可以开工", "不得开工"),
        _of_bodies("3月完成", "5月完成"),
        _of_bodies("大力发展", "积极发展"),
        _of_bodies("统一布署", "统一部署"),
    ]
    weights = [edit.weight for edit in edits]
    assert weights == sorted(weights, reverse=True)
    assert [edit.typo for edit in edits] == [False, False, False, True]


def test_many_changes_outweigh_one_of_their_kind_but_none_of_a_heavier_kind():
    one = _of_bodies("3月完成", "5月完成")
    many = _of_bodies(
        "3月完成，大力发展农业，由市里统筹负责", "5月完成，大力发展林业，由省里统筹负责"
    )
    forbidden = _of_bodies("可以开工", "不得开工")
    assert one.weight < many.weight < forbidden.weight


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("第一条　总则\n第二条　附则", "第一条 总则\n第二条 附则"),
        ("时间：３月１日", "时间:3月1日"),
        ("第二条 附则如下。", "第三条 附则如下。"),
    ],
)
def test_form_and_numbers_of_clauses_weigh_nothing(before, after):
    assert _of_bodies(before, after) == Substance(0, (), ())


def test_the_heaviest_place_comes_first_with_its_surroundings():
    found = _of_bodies(
        "一、大力发展农业。\n二、企业应当在开工之前报告。",
        "一、大力发展林业。\n二、企业可以在开工之前报告。",
    )
    place = found.places[0].passage
    assert (place.lead, place.before, place.after, place.tail) == (
        "二、企业",
        "应当",
        "可以",
        "在开工之前报告。",
    )
    assert found.kinds == (EditKind.OBLIGATION, EditKind.WORDING)


def test_a_file_a_source_and_a_picture_are_kinds_of_their_own():
    attached = replace(_PAGE, attachments=(Attachment("表.xlsx", "http://a/t.xlsx"),))
    assert _weighed(attached, _PAGE).kinds == (EditKind.FILE,)
    assert _weighed(_PAGE, replace(_PAGE, source="市府办")).kinds == (EditKind.ORIGIN,)
    assert _weighed(_PAGE, replace(_PAGE, images=("http://a/1.png",))).kinds == (EditKind.IMAGE,)


@pytest.mark.parametrize(
    ("change", "silent"),
    [
        ({"body": "第一条　为了管理停车。"}, True),
        ({"source": "市府办"}, True),
        ({"body": "另一文本", "title": "停车管理办法（修订）"}, False),
        ({"body": "另一文本", "published": "2026-03-01"}, False),
        ({"body": "另一文本", "notes": ("更正：第一条有误。",)}, False),
        ({"body": "另一文本", "info": {"更新日期": "2026-03-01"}}, False),
        ({"body": "另一文本", "info": {"主题分类": "城建"}}, True),
        ({"body": "另一文本", "title": "停车管理　办法"}, True),
    ],
)
def test_an_edit_is_silent_where_neither_title_nor_time_nor_a_note_says_so(change, silent):
    assert is_silent(_PAGE, replace(_PAGE, **change)) is silent


def test_an_old_correction_announces_no_new_edit():
    noted = replace(_PAGE, notes=("更正：第一条有误。",))
    assert is_silent(noted, replace(noted, body="另一文本"))
    assert is_silent(noted, replace(noted, body="另一文本", notes=()))
