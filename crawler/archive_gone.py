"""An archive that fails while a page is read: the crawl ends, with one line."""

from collections.abc import Iterable
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.archiving import ArchivingSpider, problem_of_archive
from storage.errors import ArchiveError


class ArchiveGone:
    """Ends the crawl where a callback could not ask the archive. Scrapy would write out each such
    page's traceback and go on; its address stays as one to be fetched."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_spider_exception(
        self,
        response: Response,  # noqa: ARG002 (given by name)
        exception: Exception,
    ) -> Iterable[Any] | None:
        if not isinstance(exception, ArchiveError):
            return None
        assert isinstance(self._crawler.spider, ArchivingSpider)
        self._crawler.spider.end(problem_of_archive(exception))
        return ()
