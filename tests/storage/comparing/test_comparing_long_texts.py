"""Regulations, tables and moved passages are compared as a lawyer would, and no text takes long."""

import random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.comparing.diff import ParagraphDiff, diff_texts
from storage.comparing.spans import By, spans_between
from tests.storage.comparing.marks import marked

ARTICLES = (
    "本办法所称停车场，是指供机动车停放的场所。",
    "市公安机关负责停车场的监督管理工作。",
    "停车场经营者应当明码标价，并在显著位置公示收费标准。",
    "违反本办法规定的，由公安机关责令限期改正。",
)
NUMERALS = "一二三四五六七八九"


def _numbered(clauses, style="第{}条　") -> str:
    return "\n".join(style.format(NUMERALS[at]) + clause for at, clause in enumerate(clauses))


def _loud(paragraphs: tuple[ParagraphDiff, ...]) -> list[ParagraphDiff]:
    return [paragraph for paragraph in paragraphs if not paragraph.quiet]


@pytest.mark.parametrize("style", ["第{}条　", "（{}）", "{}、", "第{}项 "])
def test_a_clause_put_in_is_one_change_and_the_new_numbers_are_quiet(style):
    new = "停车场应当设置无障碍车位。"
    before = _numbered(ARTICLES, style)
    after = _numbered((*ARTICLES[:1], new, *ARTICLES[1:]), style)
    found = diff_texts(before, after)
    (inserted,) = _loud(found)
    assert (inserted.kind, inserted.text_after) == ("added", style.format("二") + new)
    assert [p.renumbered for p in found] == [False, False, True, True, True]


def test_a_clause_taken_out_and_another_reworded_are_two_changes():
    reworded = ARTICLES[3].replace("公安机关", "交通运输部门")
    found = diff_texts(_numbered(ARTICLES), _numbered((ARTICLES[0], ARTICLES[2], reworded)))
    removed, changed = _loud(found)
    assert (removed.kind, removed.text_before) == ("removed", f"第二条　{ARTICLES[1]}")
    assert [s.text for s in changed.spans if not s.quiet] == ["公安机关", "交通运输部门"]
    assert [s.text for s in changed.spans if s.renumbered] == ["第四条　", "第三条　"]


def test_a_clause_that_is_referred_to_under_another_number_is_a_change_of_the_text():
    (changed,) = _loud(diff_texts("第九条 依照第三条处理。\n附则", "第九条 依照第四条处理。\n附则"))
    assert [s.text for s in changed.spans if not s.quiet] == ["第三条", "第四条"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("1.5万元的补贴", "2.5万元的补贴"), ("第三季度产值增加", "第四季度产值增加")],
)
def test_a_figure_is_no_number_of_a_paragraph(before, after):
    (changed,) = diff_texts(before, after)
    assert not changed.quiet


def test_arabic_numbers_and_numbers_in_circles_are_numbers_as_well():
    before = "1.申请\n2.受理\n①现场查验\n②资料审核"
    after = "1.告知\n2.申请\n3.受理\n①现场查验\n②专家评审\n③资料审核"
    assert [(p.kind, p.text_after) for p in _loud(diff_texts(before, after))] == [
        ("added", "1.告知"),
        ("added", "②专家评审"),
    ]


def test_a_paragraph_that_moved_is_shown_where_it_stood_and_where_it_stands():
    before = "\n".join(ARTICLES)
    after = "\n".join((*ARTICLES[1:], ARTICLES[0]))
    away, here = _loud(diff_texts(before, after))
    assert (away.kind, away.before, away.after, away.text_after) == ("moved_away", 1, 4, None)
    assert (here.kind, here.before, here.after, here.text_before) == ("moved_here", 1, 4, None)
    assert here.text_after == away.text_before == ARTICLES[0]


def test_a_paragraph_that_moved_and_was_touched_shows_what_was_touched():
    touched = ARTICLES[2].replace("应当", "可以")
    before = "\n".join((ARTICLES[2], *ARTICLES[:2], ARTICLES[3]))
    after = "\n".join((*ARTICLES[:2], ARTICLES[3], touched))
    away, here = _loud(diff_texts(before, after))
    assert (away.kind, here.kind) == ("moved_away", "moved_here")
    assert marked([here]) == ["停车场经营者[-应当-][+可以+]明码标价，并在显著位置公示收费标准。"]


def test_a_short_line_that_went_and_came_has_not_moved():
    found = diff_texts("附件\n" + ARTICLES[0], ARTICLES[0] + "\n附件")
    assert [p.kind for p in found] == ["removed", "same", "added"]


TABLE = "项目\t金额\t单位\n道路\t1200\t建设局\n桥梁\t500\t交通局\n绿化\t80\t园林局"


def test_a_column_put_in_is_an_added_cell_in_every_row_and_nothing_else():
    rows = [row.split("\t") for row in TABLE.split("\n")]
    column = ["年度", "2025", "2026", "2026"]
    wider = "\n".join("\t".join([r[0], c, *r[1:]]) for r, c in zip(rows, column, strict=True))
    found = diff_texts(TABLE, wider)
    assert [[cell.kind for cell in row.cells] for row in found] == [
        ["same", "added", "same", "same"]
    ] * 4
    assert [row.cells[1].spans[0].text for row in found] == column


def test_a_column_taken_out_of_a_table_that_also_gained_a_row():
    rows = [row.split("\t") for row in TABLE.split("\n")]
    narrower = [f"{r[0]}\t{r[2]}" for r in rows]
    narrower.insert(2, "隧道\t交通局")
    found = diff_texts(TABLE, "\n".join(narrower))
    assert [row.kind for row in found] == ["changed", "changed", "added", "changed", "changed"]
    assert [[c.kind for c in row.cells] for row in found if row.kind == "changed"] == [
        ["same", "removed", "same"]
    ] * 4


def test_a_name_put_into_a_numbered_list_renumbers_the_rows_quietly():
    names = ["陈一\t本科", "刘二\t硕士", "张三\t本科"]
    before = "序号\t姓名\t学历\n" + "\n".join(f"{n}\t{row}" for n, row in enumerate(names, 1))
    names.insert(1, "李四\t博士")
    after = "序号\t姓名\t学历\n" + "\n".join(f"{n}\t{row}" for n, row in enumerate(names, 1))
    found = diff_texts(before, after)
    (added,) = _loud(found)
    assert (added.kind, added.text_after) == ("added", "2\t李四\t博士")
    assert [row.renumbered for row in found] == [False, False, False, True, True]


def test_a_first_column_of_figures_is_no_numbering():
    found = diff_texts("月份\t产值\n3\t120", "月份\t产值\n4\t120")
    assert [row.quiet for row in found] == [True, False]


def test_a_cell_says_what_changed_in_it():
    row = diff_texts("项目\t金额\n道路工程\t1200万元", "项目\t金额\n道路工程\t1250万元")[1]
    assert [cell.kind for cell in row.cells] == ["same", "changed"]
    assert [s.text for s in row.cells[1].spans] == ["1200", "1250", "万元"]


_LINES = st.lists(st.text(alphabet="甲乙丙第一二条、，。 　\t1１.A", max_size=12), max_size=12).map(
    "\n".join
)


@given(_LINES, _LINES, st.sampled_from(By))
def test_both_texts_are_exactly_what_their_comparison_holds(before, after, by):
    paragraphs = diff_texts(before, after, by)
    assert "\n".join(_told(p.text_before for p in paragraphs)) == before
    assert "\n".join(_told(p.text_after for p in paragraphs)) == after


@given(_LINES, st.permutations(range(12)))
def test_lines_in_another_order_lose_nothing(text, order):
    lines = text.split("\n")
    moved = "\n".join(lines[at] for at in order if at < len(lines))
    paragraphs = diff_texts(text, moved)
    assert "\n".join(_told(p.text_before for p in paragraphs)) == text
    assert "\n".join(_told(p.text_after for p in paragraphs)) == moved


@given(_LINES)
def test_a_text_compared_with_itself_stays(text):
    assert {p.kind for p in diff_texts(text, text)} <= {"same"}


@given(st.text(alphabet="应当可以不得国家，1", max_size=30), st.text(max_size=30))
def test_spans_hold_both_texts_whatever_is_marked(before, after):
    for by in By:
        spans = spans_between(before, after, by)
        assert "".join(s.text for s in spans if s.kind != "added") == before
        assert "".join(s.text for s in spans if s.kind != "removed") == after


def _told(texts):
    return [text for text in texts if text is not None]


def _prose(seed: int, size: int) -> str:
    chance = random.Random(seed)
    return "".join(chr(0x4E00 + chance.randrange(1500)) for _ in range(size))


def _paragraphs(seed: int, count: int = 600, size: int = 110) -> list[str]:
    return [f"{_prose(seed + at, size)}。" for at in range(count)]


LONG = _paragraphs(1)  # 66,000 characters, 200 kB
_SHUFFLED = random.Random(2).sample(LONG, len(LONG))
_ROW = "合计\t0\t0\t0"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("\n".join(LONG), "\n".join(p[:50] + "改" + p[52:] for p in LONG), id="edited"),
        pytest.param("\n".join(LONG), "\n".join(_paragraphs(9000)), id="rewritten"),
        pytest.param("\n".join(LONG), "\n".join(_SHUFFLED), id="in another order"),
        pytest.param("".join(LONG), "".join(p[:50] + "改" + p[52:] for p in LONG), id="one line"),
        pytest.param("的" * 66_000, "的" * 65_900 + "地", id="one character"),
        pytest.param("甲乙" * 33_000, "乙甲丙" * 22_000, id="two characters"),
        pytest.param(
            "\n".join([_ROW] * 7000),
            "\n".join([_ROW] * 3000 + ["小计\t1\t1\t1"] + [_ROW] * 3900),
            id="rows that are equal",
        ),
        pytest.param(
            "\n".join(f"{_prose(n, 2)}\t{n}\n文" for n in range(4000)),
            "\n".join(f"{_prose(n, 2)}\t{n + 1}\n文" for n in range(4000)),
            id="many tables",
        ),
        pytest.param(
            "\n".join("\t".join(_prose(n, 300)) for n in range(100)),
            "\n".join("\t".join(_prose(n, 301)) for n in range(100)),
            id="many columns",
        ),
    ],
)
def test_no_text_takes_long(before, after):
    began = time.process_time()
    diff_texts(before, after)
    # Of what hangs, not of speed: it takes a second and less, and quadratic time is many minutes.
    assert time.process_time() - began < 100


def test_a_paragraph_edited_among_a_thousand_is_the_only_change():
    edited = [*LONG[:300], LONG[300].replace("。", "，但另有规定的除外。"), *LONG[301:]]
    counted = Counter(p.kind for p in diff_texts("\n".join(LONG), "\n".join(edited)))
    assert counted == {"same": 599, "changed": 1}
