"""The guard: a crawl speaks to public addresses of the sites it crawls, and to nothing else."""

from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request, Response
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.addresses import Allowed, as_address
from crawler.hanweb import counts_visits, host_of
from crawler.refusals import OffSite, Private, VisitCounter


class GuardResolver(CachingThreadedResolver):
    """Resolves names as Scrapy's own resolver does, and refuses those that lead to a private
    address: the decision is made on the very address that is connected to.

    To Twisted a refused name is one that does not resolve; `refused` keeps where it led.
    """

    allowed = Allowed("")
    refused: ClassVar[dict[str, str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = Allowed.or_none(crawler.settings["ALLOW_PRIVATE_ADDRESSES"])
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> "Deferred[str]":  # noqa: N802
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self._refuse_private, name)

    def _refuse_private(self, address: str, name: str) -> str:
        if not self.allowed(address):
            self.refused[name] = address
            raise DNSLookupError(f"{name} leads to a private address")
        return address


class RefusedNames:
    """Says of a name that the resolver refused what it is: private, not unknown. Stands nearer to
    the network than the retry middleware, so that it is not asked for again."""

    def process_exception(self, request: Request, exception: Exception) -> None:
        name = urlsplit(request.url).hostname or ""
        if isinstance(exception, CannotResolveHostError) and name in GuardResolver.refused:
            address = GuardResolver.refused[name]
            raise Private(f"{name} leads to {address}, which is not a public address")


class GuardMiddleware:
    """Refuses, before anything is sent, addresses off the crawl's sites, private ones in plain
    sight, and visit counters; after it, an answer that came from a private address."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._allowed = Allowed.or_none(crawler.settings["ALLOW_PRIVATE_ADDRESSES"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            raise OffSite(f"{parts.scheme}: addresses are not fetched")
        if counts_visits(request.url):
            raise VisitCounter("a visit counter is never called")
        if self._plainly_private(parts.hostname or ""):
            raise Private(f"{parts.hostname} is not a public address")
        if request.meta.get("dont_obey_robotstxt"):
            return  # it is for robots.txt itself, whose redirects lead to any authority (RFC 9309)
        if not request.meta.get("opening") and host_of(request.url) not in self._hosts(request):
            raise OffSite(f"{host_of(request.url)} is another site")

    def process_response(self, request: Request, response: Response) -> Response:
        del request
        address = response.ip_address
        if address is not None and not self._allowed(str(address)):
            raise Private(f"the answer came from {address}, which is not a public address")
        return response

    def _hosts(self, request: Request) -> frozenset[str]:
        """The hosts that may be asked: the crawl's sites; for the files of articles, also those
        where the files lie."""
        spider = self._crawler.spider
        hosts: frozenset[str] = getattr(spider, "hosts", frozenset())
        if request.meta.get("file"):
            return hosts | getattr(spider, "file_hosts", frozenset())
        return hosts

    def _plainly_private(self, host: str) -> bool:
        name = host.lower().rstrip(".")
        if name == "localhost" or name.endswith(".localhost"):
            name = "127.0.0.1"
        address = as_address(name)
        return address is not None and not self._allowed(address)
