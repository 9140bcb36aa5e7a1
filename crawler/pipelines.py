"""The one pipeline: what spiders yield goes into the archive, and at the end it is settled."""

import asyncio
from dataclasses import asdict
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from crawler.archiving import ArchivingSpider, problem_of_archive
from crawler.certificates import Shown, judged
from crawler.ending import Ending
from crawler.heads import BoundedProtocol
from crawler.hosts import Hosts
from storage.errors import ArchiveError
from storage.recorder import Closed
from storage.values import Recordable

_FLUSH_S = 1.0
_PAUSE_S = 0.01
_KEPT_STATS = (
    "downloader/request_count",
    "downloader/response_count",
    "downloader/response_bytes",
    "downloader/exception_count",
    "retry/count",
    "elapsed_time_seconds",
)


class ArchivePipeline:
    """Hands values to the recorder, sees that none waits longer than a second, and closes."""

    def __init__(self, crawler: Crawler, spider: ArchivingSpider) -> None:
        self._crawler = crawler
        self._spider = spider
        self._flushing: Any = None
        self._broken = False
        crawler.signals.connect(self._close, signal=signals.spider_closed)
        crawler.signals.connect(self._closed, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        assert isinstance(crawler.spider, ArchivingSpider)
        return cls(crawler, crawler.spider)

    @property
    def _writes(self) -> bool:
        return hasattr(self._spider, "recorder") and not self._broken

    def open_spider(self) -> None:
        if self._writes:
            self._flushing = create_looping_call(self._flush)
            self._flushing.start(_FLUSH_S, now=False)

    async def process_item(self, item: Recordable) -> Recordable:
        """Hand a value over. Where the recorder is behind, its response stays with us, and enough
        of such responses keep Scrapy from downloading more (SCRAPER_SLOT_MAX_ACTIVE_SIZE)."""
        if self._writes:
            self._guarded(lambda: self._spider.recorder.add(item))
        while self._writes and self._spider.recorder.behind:
            await asyncio.sleep(_PAUSE_S)
            self._flush()
        return item

    def _flush(self) -> None:
        if self._writes:
            self._guarded(self._spider.recorder.flush_soon)

    def _guarded(self, write: Any) -> None:
        try:
            write()
        except ArchiveError as error:
            self._broken = True
            self._spider.end(problem_of_archive(error))

    async def _close(self, spider: ArchivingSpider, reason: str) -> None:
        if self._flushing is not None:
            self._flushing.stop()
        closed, unmet = Closed({}, 0, None), None
        if hasattr(spider, "recorder"):
            try:
                closing = spider.recorder.close_soon(_finish_reason(reason), self._stats())
                closed = await asyncio.wrap_future(closing)
                unmet = spider.unmet() if spider.problem is None else None
            except ArchiveError as error:
                spider.problem = spider.problem or problem_of_archive(error)
            spider.archive.close()
        given_up = self._given_up()
        spider.ending = Ending(
            finish_reason=reason,
            problem=spider.problem,
            outcomes=closed.outcomes,
            unended=closed.unended,
            held_because=closed.held_because,
            crawl_id=spider.recorder.crawl_id if hasattr(spider, "recorder") else None,
            verdicts=tuple(spider.verdicts.values()),
            unmet=unmet,
            files=closed.files,
            given_up=given_up,
            bad_certificates={h: c.fault for h, c in _certificates().items() if c.fault},
            site_down=bool(spider.hosts) and spider.hosts <= given_up.keys(),
            clock=str(spider.clock.steps()) if hasattr(spider, "clock") else "",
            errors=self._crawler.stats.get_value("spider_exceptions/count", 0),
        )

    async def _closed(self) -> None:
        """Wait until the spider has closed. Told to end while a spider is closing, Scrapy 2.19
        waits for its requests only, and stops the reactor under what is still being written."""
        assert self._crawler.engine is not None
        while self._crawler.engine.spider is not None:
            await asyncio.sleep(_PAUSE_S)

    def _given_up(self) -> dict[str, str]:
        hosts = self._crawler.get_downloader_middleware(Hosts)
        return hosts.given_up() if hosts else {}

    def _stats(self) -> dict[str, Any]:
        stats = self._crawler.stats.get_stats()
        kept = {name: stats[name] for name in _KEPT_STATS if name in stats}
        shown = {host: asdict(each) for host, each in _certificates().items()}
        told: dict[str, Any] = {
            "certificates": shown,
            "given_up": self._given_up(),
            "errors": stats.get("spider_exceptions/count", 0),
        }
        told |= self._spider.clock.steps().as_stats()
        return kept | {name: value for name, value in told.items() if value}


def _finish_reason(reason: str) -> str:
    return "interrupted" if reason == "shutdown" else reason


def _certificates() -> dict[str, Shown]:
    return {host: judged(host, chain) for host, chain in BoundedProtocol.certificates.items()}
