"""Figures over time: charts that are drawn on the server, with the table behind each."""

import csv
import io
from datetime import UTC, datetime

import lxml.html
import pytest
from starlette.testclient import TestClient

from reading_room.app import open_room
from reading_room.claimed import balances
from storage.archive import Archive
from storage.article import Article, ArticleKey
from storage.consult.claims import ChannelClaims, Claim
from storage.consult.series import Counted
from storage.values import Captured, SiteSeen, Wanted
from tests.reading_room import corrections
from tests.reading_room.conftest import said
from tests.storage.story import HOST


def _figures(page) -> dict[str, list[list[str]]]:
    """The tables behind the charts, by the charts' names."""
    return {
        chart.xpath("./figcaption")[0].text_content(): [
            [cell.text for cell in row] for row in chart.xpath(".//tbody/tr")
        ]
        for chart in page.xpath("//figure")
    }


def test_each_month_is_a_column_and_a_row(read):
    page = read(f"/series?of=published&site={HOST}")
    (chart,) = page.xpath("//figure")
    assert _figures(page) == {"发布的文章": [["2026-02", "6"], ["2026-03", "1"]]}
    assert [column.xpath("./title")[0].text for column in chart.xpath(".//rect")] == [
        "2026-02: 6",
        "2026-03: 1",
    ]
    taller, lower = (float(column.get("height")) for column in chart.xpath(".//rect"))
    assert taller == pytest.approx(6 * lower, rel=0.01)


def test_a_chart_has_a_name_and_says_what_it_shows(read):
    (chart,) = read(f"/series?of=published&site={HOST}").xpath("//figure")
    (drawing,) = chart.xpath("./svg[@role='img']")
    name, told = drawing.get("aria-labelledby").split()
    assert chart.xpath("./*[@id=$i]", i=name)[0].text == "发布的文章"
    assert drawing.xpath("./desc[@id=$i]", i=told)[0].text == (
        "2026-02 至 2026-03，共 7；最多 6（2026-02）。"
    )


@pytest.mark.parametrize("of", [*(counted.value for counted in Counted), "held"])
def test_everything_that_is_counted_can_be_seen(read, visitor, of):
    page = read(f"/series?of={of}")
    rows = [row for table in _figures(page).values() for row in table]
    assert rows
    assert len(list(csv.reader(io.StringIO(visitor.get(f"/series.csv?of={of}").text)))) > 1


def test_words_are_told_as_shares_of_what_was_published(read):
    page = read(f"/series?of=words&q=临时建设&site={HOST}")
    assert list(_figures(page).values()) == [
        [["2026-02", "1", "6", "16.7%"], ["2026-03", "1", "1", "100.0%"]]
    ]


def test_channels_are_drawn_apart_each_with_its_name(read):
    names = _figures(read(f"/series?of=published&each=channel&site={HOST}"))
    assert set(names) == {f"发布的文章 通知公告 · {HOST}", f"发布的文章 政策文件 · {HOST}"}


def test_what_is_held_stands_beside_what_is_claimed(read, archive):
    (channel,) = [each for each in archive.channels(HOST) if each.cms_id == "12"]
    tables = _figures(read(f"/channels/{channel.id}"))
    # Four are claimed, one that is listed was never read; on the third day one moves there.
    assert tables["存下的与自称的"] == [
        ["2026-03-02", "0", "4"],
        ["2026-03-04", "1", "5"],
    ]


@pytest.mark.parametrize("path", ["/", f"/sites/{HOST}", "/search?q=临时建设"])
def test_charts_stand_where_they_are_looked_for(read, path):
    page = read(path)
    assert page.xpath("//figure//rect")
    for link in page.xpath("//figure//a/@href"):
        assert link.startswith("/series")


def test_what_is_long_is_drawn_by_years(tmp_path):
    url = f"sqlite:///{tmp_path}/archive.db"
    archive, at = Archive.open(url), datetime(2026, 3, 1, tzinfo=UTC)
    with archive.record("hanweb", f"http://{HOST}/", [HOST]) as crawl:
        crawl.add(SiteSeen(host=HOST, name=None, generation="classic", at=at))
        for year in (2015, 2026):
            key, address = ArticleKey(HOST, str(year)), f"http://{HOST}/art/{year}"
            article = Article(title="通知", body="正文", published=f"{year}-01-01")
            crawl.add(Wanted(url=address, kind="article", key=key, listed_title=None, at=at))
            crawl.add(
                Captured(
                    url=address, captured_at=at, status=200, headers={}, payload=b"x",
                    page_kind="article", reader="story/1", key=key, article=article,
                )
            )  # fmt: skip
    archive.close()
    with TestClient(open_room(url), base_url="http://localhost") as client:
        page = lxml.html.document_fromstring(client.get("/").text)
    (table,) = _figures(page).values()
    assert [row[0] for row in table] == [str(year) for year in range(2015, 2027)]


def test_what_is_downloaded_is_what_is_drawn(read, visitor):
    page = read(f"/sites/{corrections.HOST}")
    (link,) = page.xpath("//figure[.//figcaption[text()='悄悄改动']]//a[text()='CSV']/@href")
    answer = visitor.get(link)
    assert answer.headers["content-disposition"] == 'attachment; filename="silent.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["period"], row["count"]) for row in rows] == [("2026-02", "1")]


def test_a_channel_that_is_called_like_a_formula_is_no_formula(visitor):
    answer = visitor.get("/series.csv?of=published&each=channel").text
    assert [row for row in csv.reader(io.StringIO(answer)) if row[2].startswith(("=", "@"))] == []
    assert "'=HYPERLINK" in answer


def test_words_that_are_missing_are_asked_for(read):
    assert "请填上要数的词" in said(read("/series?of=words"))


def _claim(day: int, claimed: int | None, held: int, off_site: int = 0) -> Claim:
    at = datetime(2026, 3, day, 2, tzinfo=UTC)
    return Claim(at, claimed, held, off_site, held, "complete")


def test_channels_add_up_each_by_its_last_walk():
    notices = ChannelClaims(1, HOST, "11", None, (_claim(1, 10, 8, 1), _claim(3, 12, 12)))
    policies = ChannelClaims(2, HOST, "12", None, (_claim(2, 5, 4), _claim(4, 5, 4)))
    silent = ChannelClaims(3, HOST, "13", None, (_claim(1, None, 99),))
    found = [(each.day, each.held, each.claimed) for each in balances([notices, policies, silent])]
    assert found == [
        ("2026-03-01", 8, 9),
        ("2026-03-02", 12, 14),
        ("2026-03-03", 16, 17),
        ("2026-03-04", 16, 17),
    ]


def test_without_any_total_only_what_is_held_is_told():
    silent = ChannelClaims(3, HOST, "13", None, (_claim(1, None, 99),))
    assert [(each.held, each.claimed) for each in balances([silent])] == [(99, None)]
