"""A crawl whose parent died ends as by a person: what is in flight is finished and written."""

import os
import signal
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

PARENT_DIED = signal.SIGUSR1
"""What Linux sends to a program of ours whose parent died. It does so for each of the parent's
threads as they die one after the other, and a second SIGTERM has Scrapy drop what is in flight;
so it is not SIGTERM."""


class Orphaned:
    """Has the crawl end once, however often it hears of it. Before there is a crawl, the signal
    ends the program, and nothing is lost."""

    def __init__(self, crawler: "Crawler") -> None:
        self._crawler = crawler
        signal.signal(PARENT_DIED, self._end)

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        return cls(crawler)

    def _end(self, *_: Any) -> None:
        signal.signal(PARENT_DIED, signal.SIG_IGN)
        if self._crawler.crawling:  # else somebody has told it before
            os.kill(os.getpid(), signal.SIGTERM)
