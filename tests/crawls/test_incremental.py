"""The nightly crawl: one request a channel where nothing changed, nothing missed where it did."""

import sqlite3
from pathlib import Path

import pytest

from replica import Faults, World, serve
from replica.channels import NOTICES, POLICY, READINGS
from replica.pace import Pace
from replica.site import Site
from replica.twists import Fate, Turn, Twists
from tests.crawls.conftest import Book, Crawl, night
from tests.crawls.test_recorded_pages import served


def asked(site: Site) -> list[str]:
    """What a crawl asked for, its probes and robots.txt aside."""
    return [
        seen.path
        for seen in site.requests
        if seen.path != "/robots.txt" and not seen.path.startswith("/art/1999/")
    ]


@pytest.mark.parametrize("kind", ["jpage_web", "jpage_plain", "jpage_array", "jpaas"])
def test_an_unchanged_site_costs_its_home_page_and_one_request_a_channel(
    kind: str, crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7), kind=kind) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.requests.clear()
        crawl("hanweb", url=site.url, clock=night(2))
        assert len(asked(site)) == 1 + len(site.world.on(1).channels)

    assert set(book.ask("SELECT verdict, whole FROM walks")) == {("complete", 1)}, "all was seen"


@pytest.mark.parametrize(("kind", "most"), [("static", 2), ("xxgk", 2)])
def test_where_lists_are_turned_page_by_page_it_costs_two_requests_a_channel_at_the_most(
    kind: str, most: int, crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7), kind=kind) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.requests.clear()
        crawl("hanweb", url=site.url, clock=night(2))
        walked = book.ask("SELECT count(*) FROM walks WHERE crawl_id = 2")[0][0]
        assert walked < len(asked(site)) - 1 <= most * walked

    verdicts = book.ask("SELECT DISTINCT verdict FROM walks WHERE crawl_id = 2")
    assert verdicts == [("complete",)]


@pytest.mark.parametrize(
    ("kind", "most"), [("jpage_web", 2), ("jpage_plain", 2), ("morecolumn", 2), ("jpaas", 2)]
)
def test_a_title_that_changed_deep_in_a_list_is_found_the_same_night(
    kind: str, most: int, crawl: Crawl, book: Book
) -> None:
    world = World(seed=7)
    with serve(world, kind=kind) as site:
        crawl("hanweb", url=site.channel_url(NOTICES), clock=night(1))
        last = world.on(1).listed(NOTICES)[-1].article
        entry = "UPDATE placements SET listed_title = '从前的标题' WHERE url LIKE ?"
        with sqlite3.connect(book.path) as connection:
            connection.execute(entry, (f"%_{last.number}.html",))
        site.requests.clear()
        crawl("hanweb", url=site.channel_url(NOTICES), clock=night(2))
        fetched = [path for path in asked(site) if f"_{last.number}.html" in path]
        lists = [path for path in asked(site) if "/art" not in path]

    assert len(fetched) == 1
    assert len(lists) <= most, "its page, and all that is not on it at once"


def test_of_a_list_of_plain_files_another_page_is_looked_at_each_night(
    crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7), kind="static") as site:
        url = site.channel_url(NOTICES)
        crawl("hanweb", url=url, clock=night(1))
        turned = []
        for day in (2, 3, 4):
            site.requests.clear()
            crawl("hanweb", url=url, clock=night(day))
            turned.append([path.rpartition("/")[2] for path in asked(site) if "/index_" in path])

    assert turned == [["index_2.html"], ["index_3.html"], ["index_4.html"]]
    assert set(book.ask("SELECT verdict FROM walks")) == {("complete",)}


@pytest.mark.parametrize(
    ("kind", "all_of_it", "further"),
    [
        ("jpage_plain", "startrecord=1&endrecord=128", "?page={}&"),
        ("jpaas", "pageSize%22%3A128", "pageNo%22%3A{}%2C%22pageSize%22%3A15"),
    ],
)
def test_where_a_server_cuts_the_list_short_another_page_is_looked_at_each_night(
    kind: str, all_of_it: str, further: str, crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7), kind=kind, faults=Faults(cap=15)) as site:
        url = site.channel_url(NOTICES)
        crawl("hanweb", url=url, clock=night(1), channels=NOTICES)
        for day in (2, 3):
            site.requests.clear()
            crawl("hanweb", url=url, clock=night(day), channels=NOTICES)
            whole, page = asked(site)[-2:]
            assert all_of_it in whole
            assert further.format(day) in page

    assert book.ask("SELECT verdict, pages FROM walks") == [("complete", n) for n in (6, 2, 2)]


def test_full_walks_every_list_to_its_end(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7)) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        crawl("hanweb", url=site.url, clock=night(2), full="1")

    pages = book.ask("SELECT sum(pages) FROM walks GROUP BY crawl_id ORDER BY crawl_id")
    assert pages[0] == pages[1]


def test_after_a_week_a_list_is_walked_to_its_end_again(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7), kind="static") as site:
        for day in (1, 2, 9):
            crawl("hanweb", url=site.url, clock=night(day))

    first, next_night, next_week = (
        pages
        for (pages,) in book.ask("SELECT sum(pages) FROM walks GROUP BY crawl_id ORDER BY crawl_id")
    )
    assert next_night < first == next_week


def test_entries_that_lead_to_other_sites_and_files_are_recorded_and_never_followed(
    crawl: Crawl, book: Book
) -> None:
    world = World(seed=7, twists=Twists(links=True))
    entries = [row.url for row in world.on(1).links]
    with serve(world) as site:
        assert crawl("hanweb", url=site.url, clock=night(1)).code == 0
        followed = [path for path in asked(site) if path in entries]
        site.requests.clear()
        crawl("hanweb", url=site.url, clock=night(2))
        assert len(asked(site)) == 1 + len(site.world.on(1).channels), "they are accounted for"

    assert followed == []
    assert book.count("elsewhere") == 3
    assert book.ask(
        "SELECT off_site FROM walks w JOIN channels c ON c.id = channel_id"
        " WHERE c.name = '通知公告' ORDER BY w.id LIMIT 1"
    ) == [(3,)]


def test_an_article_listed_twice_is_one_article_and_accounted_for(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7, twists=Twists(twice=True))) as site:
        assert crawl("hanweb", url=site.url, clock=night(1)).code == 0
        site.requests.clear()
        crawl("hanweb", url=site.url, clock=night(2))
        assert len(asked(site)) == 1 + len(site.world.on(1).channels)

    assert book.count("versions") == book.count("articles")


def test_a_channel_that_only_breadcrumbs_mention_is_found_and_walked(
    crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7, twists=Twists(hidden=True))) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        names = {channel.name for channel in site.world.on(1).channels}

    walked = book.ask("SELECT DISTINCT c.name FROM walks w JOIN channels c ON c.id = channel_id")
    assert {name for (name,) in walked} == names


def test_a_renamed_channel_keeps_its_id_and_both_names_with_their_dates(
    crawl: Crawl, book: Book
) -> None:
    renamed = Twists(fates=(Fate(POLICY, 2, Turn.RENAMED, "规范性文件"),))
    with serve(World(seed=7, twists=renamed)) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.day = 2
        crawl("hanweb", url=site.url, clock=night(2))

    names = book.ask(
        "SELECT n.name, substr(n.first_seen_at, 1, 10), c.name FROM channel_names n"
        " JOIN channels c ON c.id = n.channel_id WHERE c.cms_id LIKE '%' || ? ORDER BY n.id",
        str(POLICY),
    )
    assert names == [
        ("政策文件", "2022-02-28", "规范性文件"),
        ("规范性文件", "2022-03-01", "规范性文件"),
    ]


@pytest.mark.parametrize("turn", [Turn.EMPTIED, Turn.VANISHED])
def test_a_channel_that_is_emptied_or_vanishes_takes_nothing_down(
    turn: Turn, crawl: Crawl, book: Book
) -> None:
    fate = Twists(fates=(Fate(NOTICES, 2, turn),))
    with serve(World(seed=7, twists=fate)) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.day = 2
        crawl("hanweb", url=site.url, clock=night(2))

    by_channel = (
        "SELECT w.verdict, c.last_seen_at FROM walks w JOIN channels c ON c.id = channel_id"
        " WHERE c.cms_id LIKE '%' || ? ORDER BY w.id"
    )
    verdicts = [verdict for verdict, _ in book.ask(by_channel, str(NOTICES))]
    assert verdicts[0] == "complete"
    assert "complete" not in verdicts[1:], "an emptied list is not believed at once"
    standing = book.ask(
        "SELECT count(*) FROM placements p JOIN channels c ON c.id = p.channel_id"
        " WHERE c.cms_id LIKE '%' || ? AND p.left_at IS NULL",
        str(NOTICES),
    )
    assert standing[0][0] >= 70, "its entries are still taken to stand"


@pytest.mark.parametrize("kind", ["jpage_web", "static", "jpaas"])
def test_a_channel_that_is_merged_into_another_is_dated_and_its_articles_are_listed_there(
    kind: str, crawl: Crawl, book: Book
) -> None:
    calm = Pace(published=0, edited=0, moved=0, taken_down=0, restored=0)
    fate = Twists(fates=(Fate(READINGS, 2, Turn.MERGED, into=POLICY),), pace=calm)
    with serve(World(seed=7, size=0.3, twists=fate), kind=kind) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.day = 2
        ended = crawl("hanweb", url=site.url, clock=night(2))

    assert "none short" in ended.out, ended
    last_seen = "SELECT substr(last_seen_at, 1, 10) FROM channels WHERE cms_id LIKE '%' || ?"
    assert book.ask(last_seen, str(READINGS)) == [("2022-02-28",)]
    assert book.ask(last_seen, str(POLICY)) == [("2022-03-01",)]
    listed_by = (
        "SELECT p.article_id FROM placements p JOIN channels c ON c.id = p.channel_id"
        " WHERE c.cms_id LIKE '%' || ? AND p.left_at IS NULL"
    )
    merged = book.ask(listed_by, str(READINGS))
    assert merged
    assert set(merged) <= set(book.ask(listed_by, str(POLICY)))
    assert book.ask("SELECT DISTINCT kind FROM events") == [("published",)], "nothing came down"


@pytest.mark.fault("4.13")
def test_an_empty_listing_with_status_200_is_no_event(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7)) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        events = book.count("events")
        site.faults = Faults(empty_listings=True)
        ended = crawl("hanweb", url=site.url, clock=night(2))

    told = book.ask("SELECT e.kind, count(*) FROM events e WHERE e.id > ? GROUP BY 1", events)
    assert ended.code == 7
    assert [kind for kind, _ in told if kind in ("missing", "gone")] == []


MENUS = {
    "a script (wzkj.wenzhou.gov.cn, 2017)": (
        "<script src='/script/0/1607250824348226.js'></script>",
        "/script/0/1607250824348226.js",
        r'document.write("<ul><li><a href=\"/col/col7/index.html\">通知公告<\/a><\/li><\/ul>");',
    ),
    "a site map": (
        "<a href='map/index.html'>网站地图</a>",
        "/map/index.html",
        "<html><body><h4><a href='../col/col7/index.html'>通知公告</a></h4></body></html>",
    ),
}


@pytest.mark.parametrize(("link", "path", "menu"), MENUS.values(), ids=MENUS)
def test_channels_that_only_a_script_or_the_site_map_names_are_found(
    link: str, path: str, menu: str, crawl: Crawl, book: Book, tmp_path: Path
) -> None:
    home = (
        f"<html><head><title>望川高新区</title></head><body>{link}"
        "<a href='http://www.hanweb.com' style='display:none'>Produced By 大汉网络 大汉版通发布系统"
        "</a></body></html>"
    )
    channel = '<html><meta name="ColumnName" content="通知公告"><body>本栏目暂无内容</body></html>'
    pages = {"/": home, path: menu, "/col/col7/index.html": channel}
    files = {}
    for number, (path, text) in enumerate(pages.items()):
        files[path] = tmp_path / f"{number}.html"
        files[path].write_text(text, "utf-8")

    with served(files) as url:
        crawl("hanweb", url=url)

    assert book.ask("SELECT cms_id, name FROM channels") == [("7", "通知公告")]
