"""A long crawl takes no more memory and no more files at its end than in its middle."""

import time
from pathlib import Path

import pytest

from replica import World, serve
from tests.crawls.conftest import Book
from tests.crawls.test_interrupted import asked, start

LARGE = World(seed=7, size=8)
MB = 1024 * 1024
MOST_MB = 8
"""Over the second half of the crawl, some 500 articles."""


def _takes(pid: int) -> tuple[int, int]:
    """Bytes in memory, and open files."""
    process = Path(f"/proc/{pid}")
    pages = int((process / "statm").read_text().split()[1])
    return pages * 4096, len(list((process / "fd").iterdir()))


@pytest.mark.heavy
@pytest.mark.fault("4.38")
def test_a_long_crawl_leaks_nothing(environment: dict[str, str], book: Book, score) -> None:
    looks: dict[int, tuple[int, int]] = {}
    with serve(LARGE) as site:
        crawling = start(site.url, environment | {"CUNZHENG_ATTACHMENTS": "0"})
        while crawling.poll() is None:
            with_so_many = asked(site)
            try:
                looks[with_so_many] = _takes(crawling.pid)
            except (FileNotFoundError, ProcessLookupError):
                break
            time.sleep(0.5)
        said = crawling.communicate(timeout=60)
    assert crawling.returncode == 0, said
    articles = book.count("articles")
    assert articles > 800
    later = [look for number, look in looks.items() if articles / 2 <= number < articles]
    assert len(later) > 10
    (before, files_before), (after, files_after) = later[0], later[-1]
    grown = (after - before) / MB
    score(articles, worst={"MB grown": round(grown, 1), "files": max(f for _, f in later)})
    assert grown < MOST_MB
    assert abs(files_after - files_before) <= 8, "its connections come and go"
