"""Searching: every version, hits in their context, and pages that neither repeat nor skip."""

import pytest

from tests.reading_room.conftest import said
from tests.storage.story import EDITED, HOST, LATE


def _titles(page) -> list[str]:
    return [title.text_content().strip() for title in page.xpath("//ol//h2")]


def test_words_are_marked_where_they_stand(read):
    page = read("/search?q=临时建设")
    assert [mark.text for mark in page.xpath("//h2//mark")] == ["临时建设"]
    assert _titles(page) == ["关于规范临时建设管理的通知", "一月经济运行情况"]


def test_words_that_were_edited_away_are_found_in_their_version(read, numbered):
    page = read("/search?q=原则上可以继续")
    assert "在第 1 版；现为第 2 版" in said(page)
    assert page.xpath("//h2/a/@href") == [f"/articles/{numbered(EDITED)}/versions/1"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (f"site={HOST}", 2),
        ("site=rules.example.gov.cn", 0),
        ("state=gone", 0),
        ("state=present", 2),
        ("since=2026-03-01", 1),
        ("until=2026-02", 1),
        ("channel=11", 2),
        ("channel=12", 0),
        ("in=title", 1),
        ("in=body", 1),
        ("source=园林", 0),
        ("doc_number=示建发(2026)3号", 1),
        ("edited=1", 1),
        ("as_of=2026-03-02", 1),
        ("site=&state=&since=&until=&channel=", 2),
    ],
)
def test_conditions_narrow_the_answer(read, filters, found):
    assert len(_titles(read(f"/search?q=临时建设&{filters}"))) == found


def test_the_form_keeps_what_was_asked(read):
    page = read(f"/search?q=临时建设&site={HOST}&state=present&since=2026-02-01")
    assert page.xpath("//main//input[@name='q']/@value") == ["临时建设"]
    chosen = page.xpath("//select/option[@selected]/@value")
    assert chosen == ["anywhere", HOST, "present", "relevance"]
    assert page.xpath("//input[@name='since']/@value") == ["2026-02-01"]


def test_without_words_conditions_alone_choose(read):
    assert _titles(read("/search?state=gone")) == ["关于拟聘用人员的公示"]
    assert len(_titles(read(f"/search?site={HOST}&edited=1"))) == 2


def test_the_newest_may_come_first(read):
    by_title = _titles(read("/search?q=临时建设&sort=relevance"))
    by_date = _titles(read("/search?q=临时建设&sort=date"))
    assert by_date == list(reversed(by_title))


def test_as_of_a_day_finds_what_stood_then_and_leads_there(read, numbered):
    page = read("/search?q=原则上可以继续&as_of=2026-03-02")
    (link,) = page.xpath("//h2/a/@href")
    assert link == f"/articles/{numbered(EDITED)}?as_of=2026-03-02"
    assert "原则上可以继续" in said(read(link))
    assert _titles(read("/search?q=原则上可以继续&as_of=2026-03-04")) == []


def test_once_a_site_is_chosen_its_channels_are_offered_by_name(read):
    page = read(f"/search?q=通知&site={HOST}&channel=12")
    offered = page.xpath("//select[@name='channel']/option")
    assert [option.text for option in offered] == ["不限", "政务公开", "政策文件", "通知公告"]
    assert [o.text for o in offered if o.get("selected") is not None] == ["政策文件"]
    assert read("/search?q=通知").xpath("//input[@name='channel']")


def test_pages_follow_each_other_by_a_cursor(read):
    address, seen = "/search?q=的&limit=1", []
    while address:
        page = read(address)
        seen += _titles(page)
        address = next(iter(page.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) > 3


def test_the_twin_pages_the_same_way(visitor):
    address, seen = "/search.json?q=的&limit=2", []
    while address:
        answer = visitor.get(address).json()
        seen += [hit["article"]["id"] for hit in answer["hits"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) > 3


def test_an_address_that_is_typed_is_found_too(read, numbered):
    page = read(f"/search?q=http://{HOST}/art/2026/3/1/art_11_{LATE}.html")
    assert page.xpath("//p[@class='notice']/a/@href")[0] == f"/articles/{numbered(LATE)}"


def test_nothing_found_says_what_to_try(read):
    assert "换个说法" in said(read("/search?q=没有的词"))


def test_without_words_the_form_stands_alone(read):
    page = read("/search")
    assert page.xpath("//ol") == []
    assert "所有版本" in said(page)
