"""Edits that no page tells of, and the words that came or went in them, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text

from storage import Article, Attachment, Consultation
from storage.comparing.changed_words import Way
from storage.comparing.substance import EditKind
from storage.consult.edits import EditCursor, EditQuery
from storage.judging import Absence
from tests.places import Place
from tests.storage.seeing import APR, DAY, FEB, HOST, JAN, MAR, MINUTE, Told, entry, look, walk
from tests.storage.test_files import PLAN, WITH_PLAN, fetched

RULES = Article(
    title="停车管理办法",
    body="第一条　停车场经营者应当公示收费标准。\n第二条　违反规定的，处二百元罚款。",
    published="2026-01-09",
)


def _with(body: str, **more: object) -> Article:
    return replace(RULES, body=body, **more)


@contextmanager
def asked(told: Told) -> Iterator[Consultation]:
    consultation = Consultation.open(told.url)
    yield consultation
    consultation.close()


@pytest.fixture(scope="module")
def edited(lasting: Place) -> Iterator[Told]:
    told = Told(lasting)
    _tell(told)
    yield told
    told.rest()


def _tell(told: Told) -> None:
    """Five pages that changed in February, each in its way; one more that said so."""
    bodies = {
        "1": RULES.body.replace("应当", "可以"),
        "2": RULES.body.replace("二百元", "五百元"),
        "3": RULES.body.replace("经营者", "运营单位"),
        "4": RULES.body.replace("标准", "标淮"),
        "5": RULES.body.replace("，", ","),
        "6": RULES.body.replace("应当", "不得"),
    }
    told.crawl(JAN, *walk(JAN, *map(entry, bodies)), *(look(RULES, JAN, n) for n in bodies))
    after = {n: _with(body) for n, body in bodies.items()}
    after["6"] = replace(after["6"], title="停车管理办法（修订）")
    told.crawl(FEB, *(look(page, FEB, n) for n, page in after.items()))


def _silent(archive: Consultation, **filters: object) -> list[str]:
    found = archive.silent_edits(EditQuery(**filters))
    return [edit.article.cms_id for edit in found.edits]


def test_the_sharpest_come_first_typos_are_apart_and_form_is_nothing(edited: Told):
    with asked(edited) as archive:
        assert _silent(archive) == ["1", "2", "3"]
        assert _silent(archive, typos=True) == ["1", "2", "3", "4"]
        assert _silent(archive, kinds=(EditKind.TYPO,)) == ["4"]
        assert _silent(archive, kinds=(EditKind.MONEY, EditKind.TYPO)) == ["2", "4"]
        assert archive.silent_edits().total == 3


def test_an_edit_says_between_which_looks_it_happened_and_what_it_changed(edited: Told):
    with asked(edited) as archive:
        edit = archive.silent_edits(EditQuery(limit=1)).edits[0]
    assert (edit.previous, edit.version) == (1, 2)
    assert (edit.last_seen, edit.first_seen, edit.silent) == (JAN, FEB, True)
    (place,) = edit.places
    assert (place.passage.before, place.passage.after) == ("应当", "可以")
    assert place.passage.lead.endswith("停车场经营者")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"host": HOST}, 3),
        ({"host": "www.example.org"}, 0),
        ({"channel": "11"}, 3),
        ({"channel": "12"}, 0),
        ({"since": FEB, "until": FEB}, 3),
        ({"since": FEB + MINUTE}, 0),
        ({"until": FEB - MINUTE}, 0),
    ],
)
def test_filters_narrow_what_is_asked_for(edited: Told, filters, found):
    with asked(edited) as archive:
        assert len(_silent(archive, **filters)) == found
        assert len(archive.word_changes("停车", query=EditQuery(**filters)).changes) == 0


def test_pages_of_silent_edits_follow_each_other(edited: Told):
    with asked(edited) as archive:
        pages, query = [], EditQuery(typos=True, limit=1)
        while True:
            found = archive.silent_edits(query)
            pages += [edit.article.cms_id for edit in found.edits]
            if found.next is None:
                break
            query = replace(query, after=EditCursor.parse(str(found.next)))
    assert pages == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("words", "way", "found"),
    [
        (["应当"], None, {"1": (Way.REMOVED,), "6": (Way.REMOVED,)}),
        (["应当"], Way.ADDED, {}),
        (["可以"], Way.ADDED, {"1": (Way.ADDED,)}),
        (["可"], None, {"1": (Way.ADDED,)}),
        (["五百元"], None, {"2": (Way.ADDED,)}),
        (["运营单位公示"], None, {}),
        (["运营单位应当公示"], None, {"3": (Way.ADDED,)}),
        (["修订"], None, {"6": (Way.ADDED,)}),
        (["修订", "不得"], None, {"6": (Way.ADDED,)}),
        (["修订　应当"], None, {}),
        (["停车"], None, {}),
        (["第一"], None, {}),
        (["沙漠"], None, {}),
        (['"', "NEAR("], None, {}),
    ],
)
def test_words_that_came_or_went_are_found_where_they_did(edited: Told, words, way, found):
    with asked(edited) as archive:
        answered = archive.word_changes(*words, way=way)
    assert {change.edit.article.cms_id: change.ways for change in answered.changes} == found
    assert answered.at_most >= len(found)


def test_a_change_of_words_shows_the_passage_that_holds_them(told: Told):
    before = _with("一、大力发展农业。\n二、试点三年，期满评估。")
    told.crawl(JAN, look(before, JAN))
    told.crawl(FEB, look(_with("一、大力发展林业。"), FEB))
    with asked(told) as archive:
        (change,) = archive.word_changes("试点").changes
    assert [place.passage.before for place in change.edit.places] == ["二、试点三年，期满评估。"]
    assert change.ways == (Way.REMOVED,)


def test_the_newest_change_comes_first_and_pages_follow_each_other(told: Told):
    for at, body in ((JAN, "甲"), (FEB, "甲试点"), (MAR, "甲"), (APR, "甲试点乙")):
        told.crawl(at, *(look(_with(body), at, n) for n in ("1", "2")))
    with asked(told) as archive:
        pages, query = [], EditQuery(limit=1)
        while True:
            found = archive.word_changes("试点", query=query)
            pages += [(c.edit.first_seen, c.edit.version) for c in found.changes]
            if found.next is None:
                break
            query = replace(query, after=EditCursor.parse(str(found.next)))
    assert pages == [(APR, 4)] * 2 + [(MAR, 3)] * 2 + [(FEB, 2)] * 2


def test_a_text_that_comes_back_altered_after_a_gap_is_an_edit_too(told: Told):
    told.crawl(JAN, look(RULES, JAN))
    told.crawl(FEB, look(Absence.NOT_FOUND, FEB))
    told.crawl(FEB + 2 * DAY, look(Absence.NOT_FOUND, FEB + 2 * DAY))
    told.crawl(MAR, look(_with(RULES.body.replace("应当", "可以")), MAR))
    with asked(told) as archive:
        (edit,) = archive.silent_edits().edits
    assert (edit.last_seen, edit.first_seen) == (JAN, MAR)


def test_other_bytes_under_the_same_name_are_a_silent_edit_of_a_file(told: Told):
    told.crawl(JAN, look(WITH_PLAN, JAN), fetched(PLAN, b"plan", JAN))
    told.crawl(FEB, look(WITH_PLAN, FEB), fetched(PLAN, b"other plan", FEB))
    with asked(told) as archive:
        (edit,) = archive.silent_edits().edits
    assert edit.kinds == (EditKind.FILE,)
    assert edit.places[0].passage.field == "attachments"


def _edits(told: Told) -> list[tuple]:
    return told.ask(
        "SELECT a.cms_id, v.number, e.silent, e.weight, e.kinds, e.tokens FROM edits e "
        "JOIN version_spans v ON v.id = e.version_id JOIN articles a ON a.id = e.article_id "
        "ORDER BY a.cms_id, v.number"
    )


def test_edits_are_the_same_whatever_the_order_of_recording(told_anew: Callable[[], Told]):
    looks = [
        look(_with(body), at)
        for at, body in ((JAN, "应当甲"), (FEB, "可以甲"), (MAR, "不得甲"), (APR, "应当甲"))
    ]
    in_order, late, backwards = told_anew(), told_anew(), told_anew()
    in_order.crawl(APR, *looks)
    late.crawl(APR, looks[0], looks[3], looks[1], looks[2])
    backwards.crawl(APR, *looks[::-1])
    assert _edits(in_order) == _edits(late) == _edits(backwards) != []
    for told in (late, backwards):
        with asked(told) as archive:
            assert len(archive.word_changes("可以").changes) == 2
            assert len(archive.word_changes("应当").changes) == 2


def test_what_was_weighed_by_another_rule_or_never_is_weighed_once_asked_for(told: Told):
    _tell(told)
    whole = _edits(told)
    with told.archive.engine.begin() as connection:
        connection.execute(text("UPDATE edits SET rule = '0', weight = 1"))
    assert sum(told.archive.weigh_edits(batch=2)) == 6
    assert _edits(told) == whole
    assert list(told.archive.weigh_edits()) == []
    with asked(told) as archive:
        assert len(archive.word_changes("应当").changes) == 2


def test_a_cursor_that_nobody_wrote_is_refused():
    for text_ in ("", "1_2", "x_20260101T000000.000000Z_1", "1_2026_1"):
        with pytest.raises(ValueError, match=r".*"):
            EditCursor.parse(text_)


def test_files_offered_anew_are_told(told: Told):
    told.crawl(JAN, look(RULES, JAN))
    offered = replace(RULES, attachments=(Attachment("附表.xlsx", f"http://{HOST}/a.xlsx"),))
    told.crawl(FEB, look(offered, FEB))
    with asked(told) as archive:
        assert archive.silent_edits().edits[0].kinds == (EditKind.FILE,)
