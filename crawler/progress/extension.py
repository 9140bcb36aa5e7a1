"""Shows how far a crawl has come while it runs: Scrapy's side of it."""

import sys
from time import monotonic
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings
from scrapy.utils.asyncio import create_looping_call

from crawler.archiving import ArchivingSpider
from crawler.channel_tree import ChannelTreeSpider
from crawler.channels import Channel
from crawler.progress.counting import Counts
from crawler.progress.pace import Pace
from crawler.progress.standing import Standing
from crawler.progress.tellers import JsonLines, OnScreen, PlainLines, Teller
from crawler.progress.waits import WAITED, waiting
from crawler.progress.ways import WAYS
from crawler.progress.words import Words
from storage.errors import ArchiveError
from storage.values import ChannelSeen, Recordable

_ASKING_SHARE = 50
"""After the archive was asked, this many times as long until it is asked again."""


class Progress:
    """Counts what the crawl decides to fetch and what has come of it, and has a teller show it.
    Where the output is no terminal, `auto` writes lines so seldom that cron's mail stays short."""

    def __init__(self, crawler: Crawler, way: str) -> None:
        self._crawler = crawler
        self._way = way
        self._counts = Counts(self._walks)
        self._pace = Pace()
        self._judged_up_to = 0
        self._ask_at = 0.0
        self._teller: Teller | None = None
        self._showing: Any = create_looping_call(self._show)
        crawler.signals.connect(self._begin, signal=signals.spider_opened)
        crawler.signals.connect(self._count, signal=signals.item_scraped)
        crawler.signals.connect(self._end, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        way = crawler.settings["PROGRESS"]
        if way == "none" or way not in WAYS:  # of one that is none the spider tells
            raise NotConfigured
        return cls(crawler, way)

    def _begin(self) -> None:
        spider = self._crawler.spider
        if not isinstance(spider, ArchivingSpider) or not hasattr(spider, "recorder"):
            return
        self._begun = monotonic()
        self._judged_up_to = spider.archive.newest_capture()
        self._teller = teller(self._way, self._crawler.settings, spider)
        self._showing.start(self._teller.every_s, now=False)

    def _count(self, item: Recordable) -> None:
        self._counts.take(item)

    def _show(self) -> None:
        if self._teller is not None:
            self._ask_archive()
            self._teller.show(self.standing())

    def _end(self) -> None:
        if self._teller is None:
            return
        if self._showing.running:
            self._showing.stop()
        if self._way == "json":
            self._ask_at = 0.0  # the last one is whole, however soon after the one before
            self._show()
        self._teller.close()
        self._teller = None

    def standing(self) -> Standing:
        """How far the crawl has come."""
        now, stats = monotonic(), self._crawler.stats
        assert stats is not None
        self._pace.note(now, self._counts.ended)
        return self._counts.standing(
            now - self._begun,
            waited_s=stats.get_value(WAITED, 0.0),
            waiting_s=waiting(stats, now),
            left_s=self._pace.left(self._counts.addresses - self._counts.ended),
            names=self._names(),
        )

    def _names(self) -> dict[str, str | None]:
        """What the spider calls channels, also those that no page has named tonight."""
        spider = self._crawler.spider
        if not isinstance(spider, ChannelTreeSpider):
            return {}
        return {cms_id: channel.name for cms_id, channel in spider.channels.items()}

    def _ask_archive(self) -> None:
        """What the archive has judged since it was asked last, at no more than a small share of
        the crawl's time."""
        spider, asked_at = self._crawler.spider, monotonic()
        if asked_at < self._ask_at:
            return
        assert isinstance(spider, ArchivingSpider)
        try:
            judged = spider.archive.judged_since(spider.recorder.crawl_id, self._judged_up_to)
        except ArchiveError:  # it is told by whoever writes; what is shown goes on without it
            return
        self._judged_up_to = judged.up_to
        for key, outcome in judged.articles:
            self._counts.judged(key, outcome)
        now = monotonic()
        self._ask_at = now + _ASKING_SHARE * (now - asked_at)

    def _walks(self, seen: ChannelSeen) -> bool:
        spider = self._crawler.spider
        if not isinstance(spider, ChannelTreeSpider):
            return False
        return spider.wanted(Channel(seen.cms_id, seen.name, seen.url))


def teller(way: str, settings: BaseSettings, spider: ArchivingSpider) -> Teller:
    """Who shows it, by what was asked for and where it is seen."""
    words = Words(settings.get("LOCALE") or "")
    every = settings.getfloat("PROGRESS_EVERY")
    if way == "json" or (way == "auto" and settings.get("LOG_LINES") == "json"):
        every *= 60 if way == "auto" else 1
        return JsonLines(sys.stderr, spider.recorder.crawl_id, spider.name, every)
    if way == "plain":
        return PlainLines(sys.stderr, words, every)
    if sys.stderr.isatty():
        return OnScreen(sys.stderr, words)
    return PlainLines(sys.stderr, words, 60 * every)
