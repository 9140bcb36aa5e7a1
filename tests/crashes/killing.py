"""The second night of a site, crawled again and again from the same first night: once undisturbed,
and then killed wherever a story says, and gone on with by the same command."""

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from replica import Site, World
from replica.site import ROBOTS
from tests.crashes.alike import Rows, holds
from tests.crawls import nursery
from tests.crawls.conftest import ROOT, night
from tests.crawls.ended import Ended
from tests.places import Database, File, Place
from tests.postgres.server import Server

WORLD = World(seed=7, size=0.6)
KILLED = -signal.SIGKILL


@dataclass
class Nights:
    """The archive after the first night, and copies of it in which the second is crawled."""

    site: Site
    folder: Path
    server: Server | None
    first: Place = field(init=False)
    undisturbed: dict[str, Rows] = field(init=False)
    copies: int = 0

    def __post_init__(self) -> None:
        self.first = self._new(None)
        self.site.day, self.site.robots = 1, ROBOTS
        assert self.crawl(self.first, 1).code == 0
        self.site.day = 2
        self.site.robots = self._shut()
        with self.copy() as place:
            ended = self.crawl(place, 2)
            assert ended.code == 0, ended
            self.undisturbed = holds(place)

    def _shut(self) -> str:
        """A robots.txt of the second night that keeps one of its new articles: it ends without a
        capture."""
        new = set(self.site.world.on(2).articles) - set(self.site.world.on(1).articles)
        path = self.site.article_url(min(new)).removeprefix(self.site.url)
        return f"User-agent: *\nDisallow: {path}\n"

    @contextmanager
    def copy(self) -> Iterator[Place]:
        place = self._new(self.first)
        with closing(place):
            yield place
        if self.server and isinstance(place, Database):
            self.server.drop(place.name)

    def _new(self, of: Place | None) -> Place:
        self.copies += 1
        if self.server:
            return Database(self.server, self.server.new(_name(of)))
        path = self.folder / f"{self.copies}.db"
        if isinstance(of, File):
            shutil.copy(of.path, path)
        return File(path)

    def crawl(self, place: Place, day: int, **told: str) -> Ended:
        """One `scrapy crawl` of the site, to its end."""
        return nursery.run(self._command(), self._told(place, day, told), ROOT, self.folder, 120)

    @contextmanager
    def crawling(self, place: Place, day: int) -> Iterator[ForkServerProcess]:
        """The same, under way."""
        begun = nursery.begin(self._command(), self._told(place, day, {}), ROOT, self.folder)
        try:
            yield begun
        finally:
            begun.kill()
            begun.join(30)

    def asked(self) -> Counter[str]:
        """How often each page of an article was asked for, by its id."""
        pages = (seen.path for seen in self.site.requests if "/art/20" in seen.path)
        return Counter(page.rpartition("_")[2].removesuffix(".html") for page in pages)

    def _command(self) -> list[str]:
        return ["scrapy", "crawl", "hanweb", "-a", f"url={self.site.url}"]

    def _told(self, place: Place, day: int, more: dict[str, str]) -> dict[str, str]:
        return os.environ | {
            "ARCHIVE_URL": place.url,
            "ALLOW_PRIVATE_ADDRESSES": "1",
            "CUNZHENG_DELAY": "0.002",
            "CUNZHENG_TIMEOUT": "10",
            "CLOCK": night(day),
            **more,
        }


def _name(of: Place | None) -> str:
    return of.name if isinstance(of, Database) else "template0"


@dataclass(frozen=True)
class Outcome:
    """What became of a crawl that was killed and gone on with."""

    code: int
    again: int
    """Pages of articles that were asked for again: they had been answered, and were not durable."""
    doubled: frozenset[str]
    """Articles that were asked for again though what they answered was durable."""


def killed_at(nights: Nights, place: Place, point: str) -> Outcome:
    """Kill the second night's crawl as it comes to a point, and go on with it."""
    return _gone_on(nights, place, lambda: nights.crawl(place, 2, CUNZHENG_CRASH=point).code)


def killed_after(nights: Nights, place: Place, seconds: float) -> Outcome:
    """Kill it after so long, wherever it is, and go on with it."""

    def crawl() -> int:
        with nights.crawling(place, 2) as crawling:
            time.sleep(seconds)
        assert crawling.exitcode is not None
        return crawling.exitcode

    return _gone_on(nights, place, crawl)


def _gone_on(nights: Nights, place: Place, crawl: Callable[[], int]) -> Outcome:
    nights.site.requests.clear()
    code = crawl()
    asked, durable = nights.asked(), _captured(place)
    nights.site.requests.clear()
    # Meanwhile the machine's clock was set back by an hour.
    ended = nights.crawl(place, 2, CLOCK=night(2, hour=1))
    assert ended.code == 0, ended
    again = nights.asked()
    return Outcome(code, len(asked.keys() & again.keys()), frozenset(durable & again.keys()))


def _captured(place: Place) -> set[str]:
    """Articles with a capture of the second night."""
    rows = place.ask(
        "SELECT DISTINCT a.cms_id FROM capture_facts f JOIN articles a ON a.id = f.article_id "
        "WHERE f.crawl_id > 1"
    )
    return {cms_id for (cms_id,) in rows}


def moments(count: int, longest_s: float, seed: int) -> list[float]:
    """When to kill, in seconds after a crawl began."""
    chance = random.Random(seed)
    return [chance.uniform(0.05, longest_s) for _ in range(count)]
