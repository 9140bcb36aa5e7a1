"""What the archive recorded, in a reader's words."""

from datetime import UTC, datetime

import pytest

from reading_room.language import Language, Say
from reading_room.telling import details, evidence, held, verdict_name
from reading_room.words import WORDS
from storage.consult.holds import HoldSeen
from storage.guard import Reason, Why

ZH, EN = Say(Language.ZH, WORDS), Say(Language.EN, WORDS)
NIGHT = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"class": "soft-404"}, ["页面能打开，但只说内容不存在"]),
        ({"class": "something new"}, ["something new"]),
        (
            {"class": "404", "first_signal_at": "2026-03-01T18:00:00+00:00"},
            ["页面返回 404：找不到", "首次不见于 2026-03-02 02:00"],
        ),
        (
            {"gap_hours": 24.5, "absent_since": "2026-03-01T18:00:00+00:00", "same_text": False},
            ["自 2026-03-02 02:00 起中断 24.5 小时", "内容有变"],
        ),
        ({"from": ["11"], "to": ["12", "99"]}, ["由 通知公告 移到 政策文件、99"]),
        (
            {"channels": ["11"], "window": ["11"]},
            ["栏目：通知公告", "通知公告 只列近期，被新的挤出"],
        ),
        ({"file": "attach/0/a.pdf"}, ["换了文件：attach/0/a.pdf"]),
        ({}, []),
    ],
)
def test_evidence_is_told_in_sentences(known, told):
    assert evidence(known, {"11": "通知公告", "12": "政策文件"}, ZH) == told


def test_an_edit_says_which_fields_and_how():
    told = details(("title", "body"), {}, {}, ZH), details(("title", "body"), {}, {}, EN)
    assert told == ("改了标题、正文", "changed: title, text")


@pytest.mark.parametrize(
    ("verdict", "told"),
    [("short by 3", "差 3 条"), ("complete", "齐全"), ("odd", "odd"), (None, "—")],
)
def test_verdicts_are_called_by_name(verdict, told):
    assert verdict_name(verdict, ZH) == told


def test_a_hold_says_where_why_and_until_when():
    because = (Reason(Why.VANISHED, 30, 100),)
    hold = HoldSeen("a.gov.cn", False, because, NIGHT, None, None)
    assert held(hold, ZH) == "a.gov.cn 的消失迹象暂不采信：100 篇文章中有 30 篇似乎同时消失"
    released = HoldSeen("a.gov.cn", True, (), NIGHT, NIGHT, "reader")
    assert held(released, EN) == (
        "held at a.gov.cn: why was not recorded; released 2026-03-03 02:00, as it reads now"
    )
