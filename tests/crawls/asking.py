"""A program: asks for the addresses that it is given, as a crawl would, and prints what became of
each. `--site HOST` is the site that it crawls; without it, each address is a crawl's first."""

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response
from scrapy.utils.project import get_project_settings


class Asking(scrapy.Spider):
    name = "asking"
    handle_httpstatus_list = [*range(400, 600)]  # noqa: RUF012

    def __init__(self, urls: list[str], site: str | None) -> None:
        super().__init__()
        self.urls, self.hosts = urls, frozenset({site} if site else ())
        self.told: dict[str, str] = {}

    async def start(self) -> AsyncIterator[Any]:
        for url in self.urls:
            try:
                yield Request(
                    url,
                    callback=self.answered,
                    errback=self.failed,
                    meta={"opening": not self.hosts},
                    cb_kwargs={"asked": url},
                )
            except ValueError as error:
                self.told[url] = f"ValueError: {error}"

    def answered(self, response: Response, asked: str) -> None:
        self.told[asked] = f"answered: {response.status}"

    def failed(self, failure: Any) -> None:
        asked = failure.request.cb_kwargs["asked"]
        self.told[asked] = f"{type(failure.value).__name__}: {failure.value}"


def main() -> None:
    site = sys.argv[2] if sys.argv[1:2] == ["--site"] else None
    settings = get_project_settings()
    settings.set("ITEM_PIPELINES", {}, "cmdline")
    settings.set("ROBOTSTXT_OBEY", site is not None, "cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Asking)
    process.crawl(crawler, urls=json.load(sys.stdin), site=site)
    process.start()
    assert isinstance(crawler.spider, Asking)
    json.dump(crawler.spider.told, sys.stdout)


if __name__ == "__main__":
    main()
