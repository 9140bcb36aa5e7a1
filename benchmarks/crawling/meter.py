"""What a crawl costs, measured inside its process from the spider's opening to the engine's end."""

import asyncio
import json
import os
import resource
from pathlib import Path
from time import monotonic, thread_time
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

_TICK_S = 0.002


class Meter:
    """A Scrapy extension, the same for all that is compared. Writes to the file METER names.

    The longest block of the event loop is told in CPU time of its thread as well: on a busy
    machine another program may hold the processor meanwhile.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._blocked = self._worked = 0.0
        crawler.signals.connect(self._begin, signal=signals.spider_opened)
        crawler.signals.connect(self._end, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _begin(self) -> None:
        self._wall, self._cpu = monotonic(), _cpu_s()
        self._ticking = asyncio.get_running_loop().create_task(self._tick())

    async def _tick(self) -> None:
        while True:
            before, cpu = monotonic(), thread_time()
            await asyncio.sleep(_TICK_S)
            self._blocked = max(self._blocked, monotonic() - before - _TICK_S)
            self._worked = max(self._worked, thread_time() - cpu)

    def _end(self) -> None:
        self._ticking.cancel()
        told = {
            "wall_s": monotonic() - self._wall,
            "cpu_s": _cpu_s() - self._cpu,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "blocked_ms": self._blocked * 1000,
            "worked_ms": self._worked * 1000,
            "responses": self._crawler.stats.get_value("downloader/response_status_count/200", 0),
        }
        Path(os.environ["METER"]).write_text(json.dumps(told), encoding="utf-8")


def _cpu_s() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
