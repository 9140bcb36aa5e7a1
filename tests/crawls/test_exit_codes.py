"""The contract for cron: each way in which a night can end has its exit code."""

import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from replica import Ailment, Faults, World, serve
from replica.site import Site
from tests.crawls.conftest import Book, Crawl, Ended, night
from tests.crawls.test_interrupted import start

SMALL = World(seed=7, size=0.1)


class Night:
    """What a scenario may use: a site, an archive, and the command."""

    def __init__(self, site: Site, book: Book, crawl: Crawl, environment: dict[str, str]) -> None:
        self.site, self.book, self.environment = site, book, environment
        self._crawl = crawl

    def crawl(self, spider: str = "hanweb", **given: str) -> Ended:
        arguments = {"url": self.site.url, "clock": night(2)} if spider == "hanweb" else {}
        return self._crawl(spider, **arguments | given)


def complete(night: Night) -> Ended:
    return night.crawl()


def no_such_argument(night: Night) -> Ended:
    return night.crawl(chanels="1")


def no_such_spider(night: Night) -> Ended:
    return night.crawl("no_such_site")


def no_such_channel(night: Night) -> Ended:
    return night.crawl(channels="99999999")


def disk_full(night: Night) -> Ended:
    import resource

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    crawling = start(night.site.url, night.environment, before=small_disk)
    out, err = crawling.communicate(timeout=180)
    return Ended(crawling.returncode, out, err)


def no_room_for_an_archive(night: Night) -> Ended:
    night.book.path.unlink()
    return disk_full(night)


def settings_that_cannot_be(night: Night) -> Ended:
    return night.crawl(env={"CUNZHENG_DELAY": "0"})  # type: ignore[arg-type]


def private_addresses_misspelt(night: Night) -> Ended:
    return night.crawl(env={"ALLOW_PRIVATE_ADDRESSES": "yes please"})  # type: ignore[arg-type]


def no_folder_for_turns(night: Night) -> Ended:
    return night.crawl(env={"CUNZHENG_TURNS": "/proc/nowhere"})  # type: ignore[arg-type]


def damaged(night: Night) -> Ended:
    assert night.crawl().code == 0
    data = bytearray(night.book.path.read_bytes())
    data[100:4000] = b"\xff" * 3900
    night.book.path.write_bytes(data)
    for suffix in ("-wal", "-shm"):
        Path(f"{night.book.path}{suffix}").unlink(missing_ok=True)
    return night.crawl()


def no_database(night: Night) -> Ended:
    night.book.path.write_text("a letter to a friend, and no database" * 100)
    return night.crawl()


def locked(night: Night) -> Ended:
    assert night.crawl(channels="17863").code == 0
    blocker = sqlite3.connect(night.book.path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        return night.crawl(env={"CUNZHENG_BUSY_TIMEOUT": "0.5"})  # type: ignore[arg-type]
    finally:
        blocker.close()


def two_at_once(night: Night) -> Ended:
    night.site.faults = Faults(articles=Ailment.SLOW, delay=2)
    first = start(night.site.url, night.environment)
    try:
        deadline = time.monotonic() + 60
        while not any("/art/" in request.path for request in night.site.requests):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return night.crawl()
    finally:
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=180)


def incomplete(night: Night) -> Ended:
    path = night.site.article_url(max(night.site.world.on(1).articles))[len(night.site.url) :]
    night.site.faults = Faults(articles=Ailment.TRUNCATED, only=(path,))
    return night.crawl()


def blocked(night: Night) -> Ended:
    night.site.robots = "User-agent: *\nDisallow: /\n"
    return night.crawl()


def challenged(night: Night) -> Ended:
    night.site.faults = Faults(everything=Ailment.CHALLENGE_412, robots=None)
    return night.crawl(url=f"{night.site.url}/col/col17863/index.html")


def down(night: Night) -> Ended:
    night.site.faults = Faults(everything=Ailment.OUTAGE)
    return night.crawl()


def interrupted(night: Night) -> Ended:
    crawling = start(night.site.url, night.environment)
    deadline = time.monotonic() + 60
    while not any("/art/" in request.path for request in night.site.requests):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    crawling.send_signal(signal.SIGTERM)
    out, err = crawling.communicate(timeout=180)
    return Ended(crawling.returncode, out, err)


SCENARIOS: list[tuple[Callable[[Night], Ended], int]] = [
    (complete, 0),
    (no_such_argument, 2),
    (no_such_spider, 2),
    (no_such_channel, 2),
    (disk_full, 3),
    (no_room_for_an_archive, 3),
    (settings_that_cannot_be, 4),
    (private_addresses_misspelt, 4),
    (no_folder_for_turns, 4),
    (damaged, 4),
    (no_database, 4),
    (locked, 5),
    (two_at_once, 5),
    (incomplete, 6),
    (blocked, 8),
    (challenged, 8),
    (down, 9),
    (interrupted, 11),
]
"""Code 1, an error of this program, and 7, held by the guard, have stories of their own."""

QUICK = {disk_full, private_addresses_misspelt, no_folder_for_turns, damaged}
"""The others are told in small by the stories about bad input and interruptions."""


@pytest.mark.parametrize(
    ("scenario", "code"),
    [
        pytest.param(each, code, marks=() if each in QUICK else pytest.mark.heavy, id=each.__name__)
        for each, code in SCENARIOS
    ],
)
@pytest.mark.fault("8.5")
@pytest.mark.trap("0.4")
def test_a_night_ends_with_the_code_that_cron_goes_by(
    scenario: Callable[[Night], Ended],
    code: int,
    crawl: Crawl,
    book: Book,
    environment: dict[str, str],
) -> None:
    with serve(SMALL) as site:
        ended = scenario(Night(site, book, crawl, environment))
    assert ended.code == code, ended
    assert "Traceback" not in ended.err
    if code not in (0, 6, 11):
        assert len(ended.err.strip().splitlines()) == 1, ended.err
