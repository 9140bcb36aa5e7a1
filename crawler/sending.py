"""Sending: how a request goes out and what is learnt of its host by what comes back.

This stands where Scrapy hands a request to the network, after all its queues: so what is kept
here, the distance between two requests above all, is kept at the server.
"""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from time import monotonic

from scrapy import signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import Request, Response

from crawler.hanweb import host_of
from crawler.heads import BoundedFactory
from crawler.hosts import Hosts, Interrupted
from crawler.patience import OVERLOADED, TURNED_AWAY, Patience, asked_to_wait
from crawler.progress.waits import waited, waits
from crawler.robots import RobotsPolicy
from storage.errors import ArchiveError

UNREACHED = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
"""What Scrapy raises where a host is not there, or does not answer as HTTP has it."""

_HEAD_CAME = "head_came"

_LOOK_S = 0.25
"""How often a waiting request looks whether the crawl is being ended."""


class MannerlyHandler(HTTP11DownloadHandler):
    """Scrapy's handler for HTTP, one turn at a time and no sooner than a host wants it."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        crawler.signals.connect(_note_head, signal=signals.headers_received)
        self._pool._factory = BoundedFactory

    @cached_property
    def _hosts(self) -> Hosts:
        hosts = self._crawler.get_downloader_middleware(Hosts)
        assert hosts is not None, "settings.DOWNLOADER_MIDDLEWARES names crawler.hosts.Hosts"
        return hosts

    @cached_property
    def _robots(self) -> RobotsPolicy | None:
        return self._crawler.get_downloader_middleware(RobotsPolicy)

    async def download_request(self, request: Request) -> Response:
        host = host_of(request.url)
        patience = self._hosts.patience(host)
        try:
            async with self._hosts.turns.turn(host, self._hosts.at_once, self._hosts.go_on):
                waited(self._crawler.stats, self._hosts.since_ready(request))
                await self._wait(host, patience)
                if self._robots is not None:
                    self._robots.recheck(request)
                return await self._send(request, patience)
        except Interrupted:
            self._hurry(request)
            raise
        except ArchiveError as error:  # who keeps the turns is gone
            self._hosts.end(error)
            self._hurry(request)
            raise Interrupted("shutdown") from error

    async def _wait(self, host: str, patience: Patience) -> None:
        """Until the host may be asked: it was left alone for long enough, and the last request to
        it, by whichever crawl, is far enough away."""
        while True:
            self._hosts.go_on()
            self._hosts.check(host)
            left = patience.wait(monotonic()) or await self._hosts.turns.begin(
                host, self._hosts.delay(host)
            )
            if not left:
                return
            waits(self._crawler.stats, host, monotonic() + left)
            await asyncio.sleep(slept := min(left, _LOOK_S))
            waited(self._crawler.stats, slept)

    async def _send(self, request: Request, patience: Patience) -> Response:
        # What a site says of addresses that cannot exist tells nothing of its health.
        counts = not request.meta.get("probe")
        attempt = request.meta.get("retry_times", 0) + 1
        request.meta.pop(_HEAD_CAME, None)  # a redirect or another try brings it along
        try:
            response = await super().download_request(request)
        except UNREACHED as error:
            if counts:
                patience.failed(type(error).__name__, monotonic(), attempt=attempt)
            raise
        finally:
            # When the head of the answer came, the request had surely arrived.
            now = monotonic()
            came = request.meta.get(_HEAD_CAME, now)
            await self._hosts.turns.arrived(host_of(request.url), now - came)
            self._hosts.answered(request)
        if counts:
            _note(response, attempt, patience)
        return response

    def _hurry(self, request: Request) -> None:
        """Let what still waits in Scrapy's queue for this host come at once, to be sent back."""
        with suppress(KeyError):
            slot = self._crawler.engine.downloader.slots[request.meta["download_slot"]]
            slot.delay = 0.0


def _note_head(request: Request) -> None:
    # Scrapy's own `download_latency` is reckoned from a moment that a busy machine moves.
    request.meta[_HEAD_CAME] = monotonic()


def _note(response: Response, attempt: int, patience: Patience) -> None:
    if response.status not in OVERLOADED | TURNED_AWAY:
        patience.answered()
        return
    said = {
        name: (response.headers.get(name) or b"").decode("latin-1")
        for name in ("Retry-After", "Date")
    }
    asked = asked_to_wait(said, datetime.now(UTC))
    patience.failed(f"status {response.status}", monotonic(), asked=asked, attempt=attempt)
