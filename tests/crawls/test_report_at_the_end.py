"""A crawl ends with its report, and what the archive adds to it: events, reasons, what is odd."""

import json
import sqlite3

import pytest

from replica import World, serve
from tests.crawls.conftest import Book, Crawl, night

WORLD = World(seed=7, size=0.2)


@pytest.mark.parametrize(("locale", "said"), [("C", "articles: "), ("zh_CN.UTF-8", "文章：")])
def test_the_second_night_ends_with_what_happened_to_articles(
    locale: str, said: str, crawl: Crawl, book: Book
) -> None:
    env = {"LC_ALL": locale, "PYTHONUTF8": "1", "CUNZHENG_GUARD_AT_LEAST": "1000"}
    with serve(WORLD, day=1) as site:
        first = crawl("hanweb", url=site.url, clock=night(1), env=env)
        site.day = 2
        second = crawl("hanweb", url=site.url, clock=night(2), env=env)

    assert said in first.out
    assert said in second.out
    happened = "SELECT count(*) FROM events JOIN captures c ON c.id = capture_id WHERE kind = ?"
    (count,) = book.ask(f"{happened} AND c.crawl_id = 2", "published")[0]
    assert count > 0
    assert f"{'published' if locale == 'C' else '发布'} {count}" in second.out


def test_faults_and_hosts_given_up_are_kept_with_the_crawl(crawl: Crawl, book: Book) -> None:
    with serve(WORLD) as site:
        assert crawl("hanweb", url=site.url, clock=night(1)).code == 0
    ended = crawl("hanweb", url=site.url, clock=night(2))

    assert ended.code == 9
    with sqlite3.connect(book.path) as connection:
        rows = connection.execute("SELECT finish_reason, stats FROM crawls ORDER BY id").fetchall()
    assert rows[0][0] == "finished"
    assert "given_up" not in json.loads(rows[0][1])
    assert rows[1][0] == "site_down"
