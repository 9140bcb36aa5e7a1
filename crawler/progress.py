"""Progress on a terminal: one line, renewed every other second, while a crawl runs."""

import sys
from collections import Counter
from typing import Any, Self, TextIO

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from storage.values import Captured, Ended, Recordable, Walked, Wanted

EVERY_S = 2.0


class Progress:
    """Counts what the crawl decides to fetch and what has come of it. Nothing where the output is
    no terminal: cron's mail holds the report alone."""

    def __init__(self, crawler: Crawler, screen: TextIO) -> None:
        self._screen = screen
        self._wanted: Counter[str] = Counter()
        self._ended = self._walked = 0
        self._showing: Any = create_looping_call(self._show)
        crawler.signals.connect(self._begin, signal=signals.spider_opened)
        crawler.signals.connect(self.count, signal=signals.item_scraped)
        crawler.signals.connect(self._end, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not sys.stderr.isatty():
            raise NotConfigured
        return cls(crawler, sys.stderr)

    def count(self, item: Recordable) -> None:
        match item:
            case Wanted():
                self._wanted[item.kind] += 1
            case Captured() if item.key is not None:
                self._ended += 1
            case Ended():
                self._ended += 1
            case Walked():
                self._walked += 1

    def line(self) -> str:
        """The state of the crawl in one line.

        `channels 3/8 · pages of lists 5 · articles 40/120`
        """
        return (
            f"channels {self._walked}/{self._wanted['channel']} · "
            f"pages of lists {self._wanted['listing']} · "
            f"articles {self._ended}/{self._wanted['article']}"
        )

    def _begin(self) -> None:
        self._showing.start(EVERY_S, now=False)

    def _show(self) -> None:
        self._screen.write(f"\r\x1b[K{self.line()}")
        self._screen.flush()

    def _end(self) -> None:
        self._showing.stop()
        self._screen.write("\r\x1b[K")
        self._screen.flush()
