"""Edits that no page tells of, and words that came and went."""

import pytest

from tests.reading_room import corrections
from tests.reading_room.conftest import said
from tests.storage.story import EDITED, HOST


def _titles(page) -> list[str]:
    return [title.text_content().strip() for title in page.xpath("//ol//h2")]


def test_the_gravest_silent_edit_comes_first_and_shows_what_changed(read, numbered):
    page = read("/silent-edits")
    first = page.xpath("//ol/li")[0]
    assert first.xpath(".//h2//bdi")[0].text == "关于规范临时建设管理的通知"
    assert first.xpath(".//h2/a/@href") == [f"/articles/{numbered(EDITED)}/diff/1..2"]
    assert "应当／可以／不得" in first.text_content()
    assert (first.xpath(".//del")[0].text, first.xpath(".//ins")[0].text) != (None, None)
    assert "两次查看之间" in first.text_content()


def test_an_edit_that_a_title_tells_of_is_not_silent(read):
    assert "停车管理办法" not in _titles(read(f"/silent-edits?site={HOST}"))


def test_slips_of_writing_are_kept_apart_until_asked_for(read):
    apart = read(f"/silent-edits?site={corrections.HOST}")
    assert _titles(apart) == ["养老服务补助标准"]
    with_typos = read(f"/silent-edits?site={corrections.HOST}&typos=1")
    assert _titles(with_typos) == ["养老服务补助标准", "停水通知"]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ("kind=money", ["养老服务补助标准"]),
        ("kind=typo", ["停水通知"]),
        ("kind=date", []),
        ("since=2026-02-10", []),
        ("until=2026-02-09", ["养老服务补助标准"]),
    ],
)
def test_silent_edits_are_narrowed(read, conditions, found):
    assert _titles(read(f"/silent-edits?site={corrections.HOST}&{conditions}")) == found


def test_pages_of_silent_edits_follow_each_other(visitor):
    address, seen = "/silent-edits.json?typos=1&limit=1", []
    while address:
        answer = visitor.get(address).json()
        seen += [edit["article"]["id"] for edit in answer["edits"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == answer["total"] > 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=试点", ["养老服务补助标准"]),
        ("q=试点&way=removed", ["养老服务补助标准"]),
        ("q=试点&way=added", []),
        ("q=不得&way=added", ["关于规范临时建设管理的通知"]),
        ("q=试点&site=" + HOST, []),
        ("q=没有的词", []),
    ],
)
def test_words_are_found_by_what_became_of_them(read, query, found):
    assert _titles(read(f"/changes?{query}")) == found


def test_only_the_places_where_the_word_went_are_shown(read):
    (change,) = read("/changes?q=试点").xpath("//ol/li")
    assert [mark.text for mark in change.xpath(".//del")] == ["试点"]
    assert "删去" in change.xpath(".//span[contains(@class, 'way-')]")[0].text


def test_without_words_nothing_is_looked_for(read):
    page = read("/changes")
    assert page.xpath("//main//ol") == []
    assert "加上或删去" in said(page)


@pytest.mark.parametrize(
    "query", ["silent-edits?kind=nothing", "changes?way=up", "silent-edits?after=xyz"]
)
def test_a_bad_question_gets_a_clear_page(visitor, query):
    assert visitor.get(f"/{query}").status_code == 400
