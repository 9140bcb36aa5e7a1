"""Channels whose lists are asked for without their pages: nothing is lost by it."""

import re
import sqlite3

import pytest

from replica import KINDS, Faults, World, serve
from replica.channels import NOTICES, POLICY
from replica.faults import Ailment
from replica.site import Site
from replica.twists import Fate, Turn, Twists
from tests.crawls.conftest import Book, Crawl, night
from tests.crawls.test_incremental import asked

SMALL = World(seed=7, size=0.3)
KIND = "jpage_plain"
"""A kind that gives any list in one answer, and whose pages never show the whole of it."""


def pages(site: Site) -> list[str]:
    return [path for path in asked(site) if re.fullmatch(r"/col/col\d+/index\.html", path)]


def test_a_channels_own_page_is_asked_for_within_seven_days(crawl: Crawl) -> None:
    with serve(SMALL, kind=KIND) as site:
        seen = []
        for day in (1, 2, 7, 8):
            site.requests.clear()
            crawl("hanweb", url=site.url, clock=night(day, hour=2 if day < 8 else 1))
            seen.append(len(pages(site)))

    channels = len(SMALL.on(1).channels)
    assert seen == [channels, 0, 0, channels], "the eighth night began an hour early"


def test_a_list_that_is_no_longer_there_is_looked_for_on_its_page_the_same_night(
    crawl: Crawl, book: Book
) -> None:
    with serve(SMALL, kind=KIND) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.kind = KINDS["static"]
        ended = crawl("hanweb", url=site.url, clock=night(2))

    assert ended.code == 0, (ended.out, ended.err)
    dialects = book.ask("SELECT DISTINCT dialect FROM channels")
    assert dialects == [("static",)]
    walks = "SELECT DISTINCT verdict FROM walks WHERE crawl_id = 2"
    assert book.ask(walks) == [("complete",)], "and it is walked to its end"
    assert book.ask("SELECT DISTINCT state FROM articles") == [("present",)]


def test_a_channel_that_only_breadcrumbs_mention_is_walked_every_night(
    crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7, size=0.3, twists=Twists(hidden=True)), kind=KIND) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        crawl("hanweb", url=site.url, clock=night(2))

    by_night = book.ask(
        "SELECT group_concat(channel_id) FROM"
        " (SELECT * FROM walks ORDER BY channel_id) GROUP BY crawl_id ORDER BY crawl_id"
    )
    assert by_night[0] == by_night[1]


def test_a_channel_that_vanished_is_no_shortfall_and_dated(crawl: Crawl, book: Book) -> None:
    fate = Twists(fates=(Fate(POLICY, 2, Turn.VANISHED),))
    with serve(World(seed=7, size=0.3, twists=fate), kind=KIND) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.day = 2
        ended = crawl("hanweb", url=site.url, clock=night(2))

    assert "none short" in ended.out, ended
    last = "SELECT substr(last_seen_at, 1, 10) FROM channels WHERE cms_id LIKE '%' || ?"
    assert book.ask(last, str(POLICY)) == [("2022-02-28",)]
    assert book.ask(last, str(NOTICES)) == [("2022-03-01",)]


def test_a_channel_that_the_menu_calls_otherwise_is_asked_by_its_page_the_same_night(
    crawl: Crawl, book: Book
) -> None:
    renamed = Twists(fates=(Fate(POLICY, 2, Turn.RENAMED, "规范性文件"),))
    with serve(World(seed=7, size=0.3, twists=renamed), kind=KIND) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.day = 2
        site.requests.clear()
        crawl("hanweb", url=site.url, clock=night(2))
        assert len(pages(site)) == 1

    names = "SELECT n.name FROM channel_names n JOIN channels c ON c.id = n.channel_id"
    assert book.ask(f"{names} WHERE c.cms_id LIKE '%' || ? ORDER BY n.id", str(POLICY)) == [
        ("政策文件",),
        ("规范性文件",),
    ]


def test_an_article_that_failed_is_asked_for_though_its_lists_come_as_they_were(
    crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7, size=0.1), kind=KIND) as site:
        lost = site.article_url(next(iter(site.world.on(1).articles)))
        site.faults = Faults(articles=Ailment.OUTAGE, only=[lost.removeprefix(site.url)])
        for day in (1, 2):
            crawl("hanweb", url=site.url, clock=night(day))
        unread = "SELECT url FROM articles WHERE versions = 0"
        assert book.ask(unread) == [(lost,)]
        site.faults = Faults()
        crawl("hanweb", url=site.url, clock=night(3))

    assert book.ask(unread) == []
    answers = "SELECT answer FROM listing_journal WHERE crawl_id = {} AND answer IS NOT NULL"
    assert sorted(book.ask(answers.format(3))) == sorted(book.ask(answers.format(2))) != []


@pytest.mark.parametrize("kind", ["static"])
def test_pages_that_a_server_can_confirm_are_asked_for_only_if_they_changed(
    kind: str, crawl: Crawl, book: Book
) -> None:
    with serve(SMALL, kind=kind) as site:
        site.tagged = True
        statuses = []
        for day in (1, 2, 3):
            site.requests.clear()
            ended = crawl("hanweb", url=site.url, clock=night(day))
            statuses.append({seen.status for seen in site.requests if "/col/" in seen.path})
            assert ended.code == 0

    assert statuses == [{200}, {304}, {200}], "a server's word is not taken twice in a row"
    confirmed = "SELECT count(*) FROM captures WHERE status = 304 AND revalidates IS NOT NULL"
    assert book.ask(confirmed)[0][0] >= len(SMALL.on(1).channels)
    assert book.ask("SELECT DISTINCT verdict FROM walks") == [("complete",)]


def test_a_crawl_that_goes_on_waits_for_no_page_that_it_asks_for_otherwise_now(
    crawl: Crawl, book: Book
) -> None:
    with serve(SMALL, kind=KIND) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        book.place.unguarded("DELETE FROM crawl_seals")  # as before it ended
        with sqlite3.connect(book.path) as connection:
            connection.execute("UPDATE crawls SET finish_reason = NULL, finished_at = NULL")
            connection.execute(
                "INSERT INTO frontier (crawl_id, url, kind, added_at) SELECT 1, ?, 'listing',"
                " started_at FROM crawls",
                (f"{site.url}/module/jpage/dataproxy.jsp?startrecord=31",),
            )
        ended = crawl("hanweb", url=site.url, clock=night(1, hour=3))

    assert ended.code == 0, ended
    assert book.ask("SELECT count(*) FROM crawls") == [(1,)]
    assert book.ask("SELECT count(*) FROM frontier WHERE outcome IS NULL") == [(0,)]
