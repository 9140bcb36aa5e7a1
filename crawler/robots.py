"""robots.txt as RFC 9309 has it, which Scrapy alone does not keep: a file that is not there (4xx)
allows all, one that cannot be had (5xx, no connection) forbids all, one is asked for again once it
is a day old, and each is a capture."""

import logging
import re
from datetime import datetime, timedelta
from typing import Self, cast

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from crawler.archiving import ArchivingSpider
from crawler.clock import Clock
from crawler.refusals import RobotsForbid, RobotsUnreachable

MOST_BYTES = 1024 * 1024
"""At least 500 KiB must be read (RFC 9309, 2.5)."""

_VERSION = re.compile(
    rb"(?mi)^([ \t]{0,9}user-agent[ \t]{0,9}:[ \t]{0,9}[a-z_-]{1,64})/[^\s#]{1,64}"
)


class _Unreachable(RobotParser):
    """Stands for a robots.txt that could not be had; `cause` says why."""

    def __init__(self, cause: Exception) -> None:
        self.cause = cause

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        raise NotImplementedError("made by RobotsPolicy alone")

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        del url, user_agent
        return False


class RobotsPolicy(RobotsTxtMiddleware):
    """Scrapy's middleware with RFC 9309's answers to what is not a plain 200."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._now = Clock()
        self._age_most = timedelta(seconds=crawler.settings.getfloat("ROBOTS_AGE_MAX"))
        self._came: dict[str, datetime] = {}
        self._before: dict[str, RobotParser | None] = {}
        # It logs a failed download with its traceback; ours ends as an outcome of one line.
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for the request's host, asked for again where they are too old."""
        netloc = urlparse_cached(request).netloc
        known = self._parsers.get(netloc)
        if not isinstance(known, Deferred):
            self._forget_the_old(netloc, known)
        return await super().robot_parser(request)

    def _forget_the_old(self, netloc: str, known: RobotParser | None) -> None:
        if netloc not in self._came or self._now() - self._came[netloc] < self._age_most:
            return
        del self._parsers[netloc]
        if not isinstance(known, _Unreachable):
            self._before[netloc] = known

    def recheck(self, request: Request) -> None:
        """Raises as for any request that is forbidden, where rules that came while this one waited
        for its turn forbid it."""
        netloc = urlparse_cached(request).netloc
        if netloc not in self._before or request.meta.get("dont_obey_robotstxt"):
            return  # it was checked by the only ones that there are
        rules = self._parsers[netloc]
        self.process_request_2(
            self._before[netloc] if isinstance(rules, Deferred) else rules, request
        )

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if isinstance(rp, _Unreachable):
            raise RobotsUnreachable(f"robots.txt: {rp.cause}") from rp.cause
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise RobotsForbid("robots.txt asks crawlers to stay away from it") from error

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if isinstance(self.crawler.spider, ArchivingSpider):
            self.crawler.spider.record_page(response, "robots")
        self._came[netloc] = self._now()
        if response.status >= 500:
            raise RobotsUnreachable(f"robots.txt answers {response.status}")
        body = b"" if response.status >= 400 else readable(response.body)
        response = Response(response.url, status=response.status, body=body)
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._came[netloc] = self._now()
        waiting = cast("Deferred[RobotParser | None]", self._parsers[netloc])
        # More than five redirects are "not there", and allow all (RFC 9309, 2.3.1.2).
        endless = isinstance(exc, IgnoreRequest) and "max redirections" in str(exc)
        # Old rules hold on where the new ones cannot be had (RFC 9309, 2.4).
        parser = None if endless else self._before.get(netloc, _Unreachable(exc))
        self._parsers[netloc] = parser
        waiting.callback(parser)


def readable(body: bytes) -> bytes:
    """What is read of a robots.txt: its beginning, and our name also where a version follows it,
    which the standard has not foreseen and operators write.

    >>> readable(b"User-agent: Cunzheng/0.1")
    b'User-agent: Cunzheng'
    """
    return _VERSION.sub(rb"\1", body[:MOST_BYTES])
