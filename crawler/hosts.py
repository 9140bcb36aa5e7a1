"""What a crawl knows of each host: how far apart it wants requests, and whether it is well."""

from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser

from crawler.archiving import ArchivingSpider, problem_of_archive
from crawler.ending import ExitCode, Problem
from crawler.hanweb import host_of
from crawler.patience import Bearing, Patience
from crawler.refusals import GivenUp
from crawler.shared_turns import SharedTurns
from crawler.turns import Turns
from storage.errors import ArchiveError
from storage.judging import Outcome
from storage.values import Captured

_CAME = "came_to_hosts"
"""Under this name a request carries when it came, by Python's monotonic clock."""


class Interrupted(CloseSpider):
    """The crawl is being ended while the request still waits for its turn. It is not sent, and its
    address is left for the next run."""


class Hosts:
    """Refuses, before they wait for anything, requests to hosts that were given up; keeps the books
    that `crawler.sending` goes by. Where the crawl is being ended, a request that waits goes back
    to the scheduler, and so is left undone rather than failed."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._bearing = Bearing.of(settings)
        self._delay = settings.getfloat("DOWNLOAD_DELAY")
        self._delay_most = settings.getfloat("CRAWL_DELAY_MAX")
        self._agent: str = settings["ROBOTSTXT_USER_AGENT"]
        self._asked: dict[str, float] = {}
        self._known: dict[str, Patience] = {}
        self._answered: dict[str, float] = {}
        self.at_once = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self._judged, signal=signals.item_scraped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @cached_property
    def turns(self) -> Turns:
        """The turns at all hosts, shared with other crawls of this machine, and with those of
        others where they fill the same archive."""
        settings = self._crawler.settings
        folder, url = Path(settings["TURNS_FOLDER"]), settings["ARCHIVE_URL"]
        shared = url.startswith("postgresql")
        turns = SharedTurns(folder, url) if shared else Turns(folder)
        self._crawler.signals.connect(turns.close, signal=signals.engine_stopped, weak=False)
        return turns

    def patience(self, host: str) -> Patience:
        """What was met at a host so far."""
        return self._known.setdefault(host, Patience(self._bearing))

    def delay(self, host: str) -> float:
        """Seconds between two requests to a host: ours, or its robots.txt's `Crawl-delay`."""
        return max(self._delay, self._asked.get(host, 0.0))

    def given_up(self) -> dict[str, str]:
        """The hosts that were given up, and why."""
        return {host: known.given_up for host, known in self._known.items() if known.given_up}

    def go_on(self) -> None:
        """Raises Interrupted where the crawl is being ended."""
        if not self._crawler.crawling or getattr(self._crawler.spider, "problem", None):
            raise Interrupted("shutdown")

    def end(self, error: ArchiveError) -> None:
        """End the crawl: without the archive nothing is asked."""
        assert isinstance(self._crawler.spider, ArchivingSpider)
        self._crawler.spider.end(problem_of_archive(error))

    def process_request(self, request: Request) -> None:
        self.check(host_of(request.url))
        request.meta[_CAME] = monotonic()

    def answered(self, request: Request) -> None:
        """A request to a host is over."""
        self._answered[host_of(request.url)] = monotonic()

    def since_ready(self, request: Request) -> float:
        """Seconds for which a request, now first in its host's line, was held back though the one
        before it was over: by Scrapy, which keeps the delay too."""
        now = monotonic()
        before = self._answered.get(host_of(request.url), now)  # the first is not held back
        came: float = request.meta.get(_CAME, now)
        return now - max(before, came)

    def check(self, host: str) -> None:
        """Raises GivenUp where the host was given up."""
        if why := self.patience(host).given_up:
            raise GivenUp(f"{host} was {why}")

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        ended = isinstance(exception, Interrupted) or isinstance(exception.__cause__, Interrupted)
        return request if ended and request.callback is not NO_CALLBACK else None

    def _judged(self, item: object) -> None:
        """Only when a page was read it is known to be no challenge: many come with status 200."""
        if not isinstance(item, Captured):
            return
        host = host_of(item.url)
        if item.outcome != Outcome.CHALLENGED:
            self.patience(host).let_in()
        elif self.patience(host).challenged():
            self._turned_away(host)

    def _turned_away(self, host: str) -> None:
        """Where no site of the crawl lets it in, it ends; what is left is for the next run."""
        spider = self._crawler.spider
        assert isinstance(spider, ArchivingSpider)
        if all(self.patience(each).turns_us_away for each in spider.hosts):
            why = (
                f"{host}: the site answers with challenges; they are not bypassed; "
                "ask the site, or try again from another network"
            )
            spider.end(Problem(ExitCode.BLOCKED, why))

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        asked = robotparser.crawl_delay(self._agent)
        self._asked[host_of(request.url)] = min(float(asked or 0), self._delay_most)
