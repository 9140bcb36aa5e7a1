"""What the robots.txt of sites says to this crawler, looked at without crawling them."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.settings import Settings

from crawler.failures import outcome_of
from crawler.hanweb import host_of
from crawler.patience import instant
from crawler.robots import readable


@dataclass(frozen=True, slots=True)
class Rules:
    """A site's answer. `allowed` is None where it cannot be had, and `detail` says why; `delay` is
    its `Crawl-delay`, `ahead` the seconds by which the server's clock is ahead of ours."""

    url: str
    allowed: bool | None
    detail: str = ""
    delay: float | None = None
    ahead: float | None = None


def rules_of(urls: Sequence[str], settings: Settings) -> list[Rules]:
    """Ask each site for its robots.txt. Runs Scrapy's reactor, so once in a process."""
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("SPIDER_LOADER_CLASS", "scrapy.spiderloader.DummySpiderLoader", "cmdline")
    settings.set("LOG_LEVEL", "ERROR", "cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(_RulesSpider)
    process.crawl(crawler, urls=tuple(urls))
    process.start()
    assert isinstance(crawler.spider, _RulesSpider)
    return [crawler.spider.told.get(url, Rules(url, None, "not asked")) for url in urls]


class _RulesSpider(scrapy.Spider):
    name = "rules"
    handle_httpstatus_list: ClassVar[list[int]] = [*range(400, 600)]

    def __init__(self, urls: tuple[str, ...]) -> None:
        super().__init__()
        self.urls = urls
        self.hosts = frozenset(map(host_of, urls))
        self.told: dict[str, Rules] = {}

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            parts = urlsplit(url)
            yield Request(
                f"{parts.scheme}://{parts.netloc}/robots.txt",
                callback=self.answered,
                errback=self.failed,
                meta={"dont_obey_robotstxt": True},
                cb_kwargs={"site": url},
            )

    def answered(self, response: Response, site: str) -> None:
        """The rules for the site's first page."""
        then = instant((response.headers.get(b"Date") or b"").decode("latin-1"))
        ahead = (then - datetime.now(UTC)).total_seconds() if then else None
        if response.status >= 500:
            self.told[site] = Rules(site, None, f"status {response.status}", ahead=ahead)
            return
        body = b"" if response.status >= 400 else readable(response.body)
        parser = ProtegoRobotParser(body, self)
        agent = str(self.settings["ROBOTSTXT_USER_AGENT"])
        allowed = parser.allowed(site, agent)
        self.told[site] = Rules(site, allowed, "", parser.crawl_delay(agent), ahead)

    def failed(self, failure: Any) -> None:
        site = failure.request.cb_kwargs["site"]
        self.told[site] = Rules(site, None, outcome_of(failure.value)[1])
