"""What happened, what is held against what is claimed, and how crawls went."""

import pytest

from tests.reading_room import regulation
from tests.reading_room.conftest import said
from tests.storage.story import EDITED, HOST, MOVED


def _rows(page) -> list[str]:
    return [" ".join(row.text_content().split()) for row in page.xpath("//main//ol/li")]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kind=gone", ["撤下 关于拟聘用人员的公示"]),
        ("kind=edited&field=title&site=" + HOST, ["修改 停车管理办法"]),
        ("kind=moved", ["移动 惠企政策清单"]),
        (f"site={regulation.HOST}&kind=edited&field=body", ["修改 小微企业补贴办法"]),
        ("kind=restored&channel=11", ["恢复 供水抢修公告"]),
        ("kind=gone&kind=restored&until=2026-03-03", []),
    ],
)
def test_events_are_filtered(read, query, words):
    rows = _rows(read(f"/events?{query}"))
    assert len(rows) == len(words)
    assert all(row.startswith(word) for row, word in zip(rows, words, strict=True))


def test_an_edit_leads_to_what_changed(read, numbered):
    page = read(f"/events?kind=edited&field=body&site={HOST}")
    assert f"/articles/{numbered(EDITED)}/diff/1..2" in page.xpath("//main//a/@href")


def test_an_event_leads_to_the_look_that_showed_it(read, visitor, archive):
    (row,) = read("/events?kind=gone").xpath("//main//ol/li")
    (evidence,) = [link for link in row.xpath(".//a/@href") if link.startswith("/captures/")]
    look = visitor.get(f"{evidence}.json").json()["capture"]
    assert (look["status"], look["absence"]) == (404, "404")


def test_a_move_names_the_channels_not_their_numbers(read, numbered):
    assert "由 通知公告 移到 政策文件" in said(read(f"/articles/{numbered(MOVED)}"))


def test_pages_of_events_hold_each_once(visitor, archive):
    address, seen = "/events.json?limit=4", []
    while address:
        answer = visitor.get(address).json()
        assert len(answer["items"]) <= 4
        seen += [item["_cunzheng"]["id"] for item in answer["items"]]
        address = answer.get("next_url")
    whole = visitor.get("/events.json?limit=200").json()["items"]
    assert seen == [item["_cunzheng"]["id"] for item in whole]
    assert len(seen) == len(set(seen)) > 10


def test_a_site_shows_what_it_claims_and_where_it_falls_short(read):
    page = read(f"/sites/{HOST}")
    rows = {
        r[0].text_content().strip(): [c.text.strip() for c in r[1:5]]
        for r in page.xpath("//tbody/tr")
    }
    assert rows["政策文件"] == ["5", "2", "2", "差 3 条"]
    gaps = page.xpath("//section[@aria-labelledby='gaps']//li")
    assert len(gaps) == 2
    assert "网站称共 5 条，1 页列表只给出 2 条，差 3 条" in said(page)


def test_a_channel_shows_its_list_as_of_a_day(read, archive):
    ids = {channel.name: channel.id for channel in archive.channels(HOST)}
    now = _rows(read(f"/channels/{ids['政策文件']}"))
    then = _rows(read(f"/channels/{ids['政策文件']}?as_of=2026-03-02"))
    assert (len(now), len(then)) == (2, 1)
    before = read(f"/channels/{ids['政策文件']}?as_of=2025-01")
    assert _rows(before) == []
    assert "还没有走过这个栏目" in said(before)


def test_a_channel_pages_through_its_list_in_the_lists_own_order(visitor, archive):
    ids = {channel.name: channel.id for channel in archive.channels(HOST)}
    address, seen = f"/channels/{ids['通知公告']}.json?limit=2", []
    while address:
        answer = visitor.get(address).json()
        seen += [entry["id"] for entry in answer["entries"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == answer["listed"] == 5


def test_a_channel_that_was_renamed_keeps_its_names(read, archive):
    (channel,) = archive.channels("hostile.example.gov.cn")
    page = read(f"/channels/{channel.id}")
    names = page.xpath("//section[@aria-labelledby='names']//bdi")
    assert len({name.text for name in names}) == 2


def test_crawls_say_how_every_address_ended(read, visitor):
    page = read("/crawls")
    assert "新 6" in said(page)
    assert "不见 2" in said(page)
    address, seen = "/crawls.json?limit=3", []
    while address:
        answer = visitor.get(address).json()
        seen += [crawl["id"] for crawl in answer["crawls"]]
        address = answer["next"]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 10


def test_the_front_page_leads_to_sites_and_to_what_changed_last(read):
    page = read("/")
    links = page.xpath("//main//a/@href")
    assert f"/sites/{HOST}" in links
    assert f"/sites/{regulation.HOST}" in links
    changes = page.xpath("//section[@aria-labelledby='changes']//li")
    assert "小微企业补贴办法（试行）" in changes[0].text_content()
