"""An article: what it said and when, what became of it, and how to cite it."""

import pytest

from tests.reading_room import hostile, regulation
from tests.reading_room.conftest import said
from tests.storage.story import BACK, EDITED, HOST, LATE, MOVED, QUIET, TAKEN_DOWN, UNREAD


def test_the_text_stands_as_it_was_with_its_tables_by_cell(read, numbered):
    page = read(f"/articles/{numbered(LATE)}")
    text = page.xpath("//section[@class='body']")[0]
    assert (
        next(p.text for p in text.xpath(".//p[contains(@class, 'paragraph')]"))
        == "全市GDP增长５.２%。"
    )
    cells = [[cell.text for cell in row] for row in text.xpath(".//table[@class='held']//tr")]
    assert cells == [["行业", "产值", "增速"], ["工业", "120", "3.1%"], ["农业", "45", "1.0%"]]


def test_chapters_and_headings_are_set_apart(read, numbered):
    page = read(f"/articles/{numbered(regulation.ID, regulation.HOST)}")
    assert [p.text for p in page.xpath("//p[@class='chapter']")] == ["第一章　总则"]
    edited = read(f"/articles/{numbered(EDITED)}")
    assert [p.text for p in edited.xpath("//p[@class='heading']")] == ["一、总体要求", "二、附则"]


def test_an_old_version_says_that_it_is_old(read, numbered):
    page = read(f"/articles/{numbered(EDITED)}/versions/1")
    assert "已被改写" in said(page)
    assert "原则上可以继续" in said(page)
    assert f"/articles/{numbered(EDITED)}/diff/1..2" in page.xpath("//a/@href")


def test_as_of_a_day_it_shows_what_stood_then_and_between_which_looks(read, numbered):
    page = read(f"/articles/{numbered(EDITED)}?as_of=2026-03-02")
    assert "原则上可以继续" in said(page)
    assert "此前最后查看于 2026-03-02 10:01" in said(page)
    assert "其后首次查看于 2026-03-03 10:01" in said(page)


def test_before_anybody_looked_nothing_is_known(read, numbered):
    page = read(f"/articles/{numbered(QUIET)}?as_of=2025")
    assert "当时的情形未知" in said(page)
    assert page.xpath("//section[@class='body']//p") == []


def test_what_was_taken_down_says_since_when_and_how_it_is_known(read, numbered):
    page = read(f"/articles/{numbered(TAKEN_DOWN)}")
    assert "自 2026-03-03 10:01 起已不在网上" in said(page)
    assert "拟聘用人员名单如下。" in said(page)
    events = [e.text_content() for e in page.xpath("//section[@aria-labelledby='events']//li")]
    assert "撤下" in events[0]
    assert "404" in events[0]
    assert "首次不见于 2026-03-03 10:01" in events[0]


def test_what_came_back_says_for_how_long_it_was_away(read, numbered):
    assert "中断 24.0 小时；内容未变" in said(read(f"/articles/{numbered(BACK)}"))


def test_where_it_is_listed_leads_to_the_channels(read, numbered, archive):
    page = read(f"/articles/{numbered(MOVED)}")
    places = page.xpath("//section[@aria-labelledby='placements']//li")
    assert ["现仍在列" in place.text_content() for place in places] == [True, False]
    ids = {channel.name: channel.id for channel in archive.channels(HOST)}
    assert places[0].xpath(".//a/@href") == [f"/channels/{ids['政策文件']}"]


def test_one_that_was_only_listed_says_so(read, numbered):
    assert "还没有读到过正文" in said(read(f"/articles/{numbered(UNREAD)}"))


def test_it_is_cited_after_the_national_standard_and_by_an_instant(read, numbered):
    page = read(f"/articles/{numbered(regulation.ID, regulation.HOST)}/versions/1")
    cited = [p.text_content() for p in page.xpath("//p[contains(@class, 'copy')]")]
    url = f"http://{regulation.HOST}/art/2026/3/1/art_5_{regulation.ID}.html"
    assert cited[0] == (f"示例市财政局. 小微企业补贴办法[EB/OL]. (2026-03-01)[2026-03-08]. {url}.")
    assert cited[1].startswith(
        "《小微企业补贴办法》，示财发〔2026〕7号，示例市财政局，2026-03-01T09:00"
    )
    assert "第 1 版，采集于 2026-03-08 10:00:00（北京时间）" in cited[1]


def test_the_lasting_address_shows_the_version_that_it_cites(read, numbered):
    article = numbered(regulation.ID, regulation.HOST)
    for number in (1, 2, 3):
        page = read(f"/articles/{article}/versions/{number}")
        (lasting,) = page.xpath("//p[@class='copy url']/a/@href")
        told = said(read(lasting))
        assert f"第 {number} 版，共 {number} 版" in told
        assert ("现为第 3 版" in told) == (number < 3)


def test_its_life_is_drawn_and_told(read, numbered):
    page = read(f"/articles/{numbered(TAKEN_DOWN)}")
    (drawn,) = page.xpath("//svg")
    assert [bar.get("class") for bar in drawn.xpath(".//rect")] == [
        "bar-version",
        "bar-missing",
        "bar-gone",
    ]
    assert drawn.get("aria-label") == "2026-03-02 至 2026-03-04，1 个版本，3 次查看"


def test_its_twin_tells_the_same(visitor, numbered):
    told = visitor.get(f"/articles/{numbered(EDITED)}.json?as_of=2026-03-02").json()
    assert told["version"]["number"] == 1
    assert told["state"] == "present"
    assert told["observed_at"] == "2026-03-02T02:01:00.000000Z"
    assert [event["kind"] for event in told["events"]] == ["published"]
    assert told["as_of"].startswith("2026-03-02T15:59:59")


@pytest.mark.parametrize("path", ["/articles/999999", "/articles/1/versions/99", "/articles/x"])
def test_what_is_not_held_is_not_found(visitor, path):
    for address in (path, f"{path}.json"):
        answer = visitor.get(address)
        assert answer.status_code == 404
    assert answer.json()["code"] == "fail.unknown"


def test_a_link_to_an_article_that_is_held_leads_to_it(read, numbered):
    evil = numbered("9001", hostile.HOST)
    links = read(f"/articles/{evil}/versions/1").xpath("//section[@class='body']//ul/li")
    led = {li.xpath("string(.//bdi)"): li.xpath(".//a/@href") for li in links if li.xpath(".//bdi")}
    assert led["他处"] == [f"/articles/{evil}"]
    assert led[hostile.SCRIPT] == []


def test_an_address_of_the_site_leads_to_its_article(visitor, numbered):
    address = f"https://{HOST}/art/2026/3/1/art_11_{EDITED}.html"
    found = visitor.get("/find", params={"address": address})
    assert found.headers["location"] == f"/articles/{numbered(EDITED)}"
    assert visitor.get("/find?address=http://elsewhere.example/").status_code == 404
    assert visitor.get("/find").status_code == 400
