"""A crawl whose parent died hears of it several times, and ends once, as by a person."""

import time

from crawler.orphaned import PARENT_DIED
from replica import serve
from tests.crawls.conftest import Book
from tests.crawls.test_interrupted import WORLD, after, asked, start


def test_what_was_in_flight_when_the_parent_died_is_written(
    book: Book, environment: dict[str, str]
) -> None:
    with serve(WORLD) as site:
        crawling = start(site.url, environment)
        while asked(site) < 5:
            assert crawling.poll() is None
            time.sleep(0.01)
        for _ in range(10):  # a thread of the parent after the other
            crawling.send_signal(PARENT_DIED)
            time.sleep(0.02)
        assert after(0, site, crawling, PARENT_DIED) == 11
        seen = {r.path for r in site.requests if "/art/20" in r.path and r.status == 200}
        held = {url.removeprefix(site.url) for (url,) in book.ask("SELECT url FROM captures")}
    assert seen <= held
    assert len(seen) < len(site.world.on(1).articles)
