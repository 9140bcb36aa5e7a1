"""A crawl that is ended in the middle goes on where it stopped, and nothing is lost or doubled."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from replica import World, serve
from replica.site import Site
from tests.crawls.conftest import ROOT, Book, Crawl, on_both

WORLD = World(seed=7)


def start(
    url: str,
    environment: dict[str, str],
    *more: str,
    before: Callable[[], None] | None = None,
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "hanweb", "-a", f"url={url}", *more],
        cwd=ROOT,
        env=environment | {"CUNZHENG_DELAY": "0.02"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )


def after(articles: int, site: Site, crawling: subprocess.Popen[str], sent: int) -> int:
    """Send a signal once so many articles were asked for; the exit code."""
    deadline = time.monotonic() + 60
    while asked(site) < articles:
        assert crawling.poll() is None, "it ended too early"
        assert time.monotonic() < deadline, "it asks for nothing"
        time.sleep(0.01)
    crawling.send_signal(sent)
    crawling.communicate(timeout=180)
    return crawling.returncode


def asked(site: Site) -> int:
    return sum("/art/20" in request.path for request in site.requests)


@pytest.mark.parametrize(
    ("on", "sent"),
    [
        ("sqlite", signal.SIGKILL),
        ("sqlite", signal.SIGTERM),
        ("postgresql", signal.SIGKILL),
    ],
)
@pytest.mark.fault("4.2")
@pytest.mark.trap("0.2", "0.3")
def test_the_same_command_goes_on_where_it_stopped(
    sent: int, crawl: Crawl, book: Book, environment: dict[str, str]
) -> None:
    with serve(WORLD) as site:
        code = after(40, site, start(site.url, environment), sent)
        held = book.count("versions")
        site.requests.clear()
        ended = crawl("hanweb", url=site.url)
        again = asked(site)

    assert code == (-signal.SIGKILL if sent == signal.SIGKILL else 11)
    assert ended.code == 0, ended
    assert again <= 120 - held, "what was held was not fetched again"
    assert book.count("versions") == book.count("articles") == 120
    assert book.ask("SELECT count(*) FROM crawls") == [(1,)]
    assert book.place.damage() == []


def test_a_crawl_may_be_begun_anew(crawl: Crawl, book: Book, environment: dict[str, str]) -> None:
    with serve(WORLD) as site:
        after(10, site, start(site.url, environment), signal.SIGKILL)
        assert crawl("hanweb", url=site.url, resume="0").code == 0

    reasons = book.ask("SELECT finish_reason FROM crawls ORDER BY id")
    assert reasons == [("abandoned",), ("finished",)]


@on_both
@pytest.mark.fault("4.4")
def test_two_crawls_of_one_site_do_not_run_at_once(
    crawl: Crawl, book: Book, environment: dict[str, str]
) -> None:
    with serve(WORLD) as site:
        first = start(site.url, environment)
        try:
            while asked(site) < 5:
                time.sleep(0.01)
            second = crawl("hanweb", url=site.url)
        finally:
            os.kill(first.pid, signal.SIGTERM)
            first.communicate(timeout=180)

    assert second.code == 5
    assert "is being crawled by" in second.err


@on_both
@pytest.mark.fault("4.4")
def test_two_sites_are_archived_into_one_archive_at_once(
    crawl: Crawl, book: Book, environment: dict[str, str]
) -> None:
    with serve(WORLD) as one, serve(World(seed=8), kind="gbk") as other:
        running = [start(site.url, environment) for site in (one, other)]
        codes = [(each.communicate(timeout=180), each.returncode)[1] for each in running]

    assert codes == [0, 0]
    held = book.ask(
        "SELECT s.host, count(*) FROM articles a JOIN sites s ON s.id = a.site_id GROUP BY 1"
    )
    assert sorted(count for _, count in held) == sorted(
        len(World(seed=seed).on(1).articles) for seed in (7, 8)
    )


@pytest.mark.fault("4.3")
def test_a_disk_that_fills_up_ends_the_crawl_with_one_line_and_a_sound_archive(
    crawl: Crawl, book: Book, environment: dict[str, str]
) -> None:
    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    with serve(WORLD) as site:
        crawling = start(site.url, environment, before=small_disk)
        _, said = crawling.communicate(timeout=180)
        assert crawling.returncode == 3, said
        assert len(said.strip().splitlines()) == 1, said
        assert book.ask("PRAGMA integrity_check") == [("ok",)]
        assert crawl("hanweb", url=site.url).code == 0, "with room again it goes on"

    assert book.count("versions") == 120


@on_both
@pytest.mark.fault("4.3a")
def test_an_archive_that_is_locked_in_the_middle_ends_the_crawl_with_one_line(
    crawl: Crawl, book: Book, environment: dict[str, str]
) -> None:
    with serve(WORLD) as site:
        crawling = start(site.url, environment | {"CUNZHENG_BUSY_TIMEOUT": "0.5"})
        while asked(site) < 20:
            time.sleep(0.01)
        with book.place.held():
            _, said = crawling.communicate(timeout=180)
        assert crawling.returncode == 5, said
        assert len(said.strip().splitlines()) == 1, said
        assert crawl("hanweb", url=site.url).code == 0

    assert book.count("versions") == 120


@pytest.mark.trap("0.3")
def test_a_crawl_that_is_told_to_end_while_it_is_closing_closes_all_the_same(
    book: Book, environment: dict[str, str]
) -> None:
    with serve(WORLD) as site:
        few = ("-s", "CLOSESPIDER_PAGECOUNT=60")
        crawling = start(site.url, environment | {"CUNZHENG_LOG_LEVEL": "INFO"}, *few)
        assert crawling.stderr is not None
        while asked(site) < 20:
            time.sleep(0.01)
        with book.place.held():  # so that it takes its time
            next(line for line in crawling.stderr if "Closing spider" in line)
            crawling.send_signal(signal.SIGTERM)
            next(line for line in crawling.stderr if "shutting down gracefully" in line)
        out, _ = crawling.communicate(timeout=180)

    assert crawling.returncode == 6
    assert "incomplete" in out
    assert book.ask("SELECT finish_reason FROM crawls") == [("closespider_pagecount",)]
