"""What is missing, in words; what came of one crawl; and whether the archive can be relied on."""

from datetime import UTC, datetime

from reading_room.pages.crawls import days_since
from tests.reading_room.conftest import said
from tests.storage.story import HOST


def _channels(page) -> list[str]:
    return [link.text_content() for link in page.xpath("//main//li/p[1]/a")]


def test_gaps_are_told_in_sentences_and_what_is_complete_is_not(read):
    page = read(f"/coverage?site={HOST}")
    assert _channels(page) == ["政务公开", "政务公开 / 政策文件"]
    assert "网站称共 5 条，1 页列表只给出 2 条，差 3 条" in said(page)
    assert "3 个栏目中，1 个核对齐全，2 个有缺口" in said(page)


def test_complete_channels_are_listed_on_request(read):
    page = read(f"/coverage?site={HOST}&all=1")
    assert "政务公开 / 通知公告" in _channels(page)


def test_a_crawl_tells_all_that_came_of_it(read):
    page = read("/crawls/2")
    for told in ("新 1", "有改动 1", "不见 2", "发布 1", "修改 1", "失踪 2", "历时 9 分钟"):
        assert told in said(page)
    assert page.xpath("//main//a/@href")[:2] == ["/crawls", f"/sites/{HOST}"]


def test_a_crawl_stands_beside_those_before_it(read):
    rows = read("/crawls/3").xpath("//section[@aria-labelledby='usual']//tbody/tr")
    told = {row[0].text_content(): [cell.text for cell in row[1:]] for row in rows}
    assert told["新文章"] == ["0", "4", "1–6"]


def test_a_crawl_that_is_none_is_not_there(visitor):
    assert visitor.get("/crawls/999999999").status_code == 404


def test_a_look_leads_to_its_crawl(read, archive, numbered):
    capture = archive.history(archive.find(f"{HOST}/1001")).captures[0].id
    assert "/crawls/1" in read(f"/captures/{capture}").xpath("//main//a/@href")


def test_health_says_when_each_site_was_crawled_last(read, archive):
    (site,) = [each for each in archive.sites() if each.host == HOST]
    page = read("/health")
    assert "没有搁置着的采集" in said(page)
    assert f"{days_since(site, datetime.now(UTC)):,} 天前" in said(page)
