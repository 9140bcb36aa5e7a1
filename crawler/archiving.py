"""The spider that records: what all our spiders have in common."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self, cast

import scrapy
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, UsageError
from scrapy.http import Request, Response

from crawler import responses
from crawler.addresses import Allowed
from crawler.attaching import Files
from crawler.clock import Clock, clock_from
from crawler.continuing import continued
from crawler.ending import Ending, ExitCode, Problem
from crawler.failures import outcome_of
from crawler.guarding import guard_from
from crawler.logs import check as check_log_format
from crawler.progress import ways
from crawler.reading import Fingerprint
from crawler.reading.values import READER
from crawler.rereading import Rereader
from crawler.turns import Turns
from storage.archive import Archive
from storage.article import ArticleKey
from storage.beside import Beside
from storage.errors import ArchiveError, ArchiveLocked, DiskFull
from storage.judging import Outcome
from storage.values import Captured, Wanted

MIN_DELAY = 0.001
"""Scrapy from 2.14 on does not keep its limit of requests per host where the delay is 0."""


class ArchivingSpider(scrapy.Spider):
    """Fetches into an archive. A subclass says what it fetches; this keeps the books.

    `hosts` are the sites that the crawl may speak to. `problem`, once set, ends the crawl and is
    what the operator is told.
    """

    handle_httpstatus_list: ClassVar[list[int]] = [304, *range(400, 600)]  # each is evidence

    archive: Archive
    recorder: Beside
    clock: Clock
    files: Files
    _reread: Rereader | None = None

    def __init__(self, *args: Any, resume: str = "1", **unknown: Any) -> None:
        super().__init__(*args)
        self.resume = resume != "0"
        self.problem: Problem | None = None
        self.ending: Ending | None = None
        self._ending: asyncio.Task[None] | None = None
        # Scrapyd gives its own number of the job along, and the version of the egg, as arguments.
        self._unknown = tuple(name for name in unknown if not name.startswith("_"))
        self.hosts: frozenset[str] = frozenset()
        self.file_hosts: frozenset[str] = frozenset()
        self.not_found: dict[str, tuple[Fingerprint, ...]] = {}
        self.verdicts: dict[str, str] = {}
        self._asked: set[str] = set()
        self._wanted: set[ArticleKey] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        try:
            spider._check_arguments()
            spider._open(crawler)
        except UsageError as error:
            spider.problem = Problem(ExitCode.USAGE, str(error))
        except ValueError as error:
            spider.problem = Problem(ExitCode.CONFIGURATION, str(error))
        except ArchiveError as error:
            spider.problem = problem_of_archive(error)
        return spider

    def target(self) -> str:
        """What this crawl is about, in one word or address: two crawls of one target are the same
        work, and an interrupted one is resumed."""
        raise NotImplementedError

    def _check_arguments(self) -> None:
        if self._unknown:
            raise UsageError(f"{self.name} knows no argument {', '.join(self._unknown)}")

    def _open(self, crawler: Crawler) -> None:
        if crawler.settings.getfloat("DOWNLOAD_DELAY") < MIN_DELAY:
            raise ValueError(f"DOWNLOAD_DELAY must be at least {MIN_DELAY} (see docs/operating.md)")
        Allowed(crawler.settings["ALLOW_PRIVATE_ADDRESSES"])
        Turns(Path(crawler.settings["TURNS_FOLDER"]))
        ways.check(crawler.settings["PROGRESS"])
        check_log_format(crawler.settings["LOG_LINES"])
        self.clock = clock_from(crawler.settings.get("CLOCK"))
        self.archive = Archive.open(
            crawler.settings["ARCHIVE_URL"],
            self.clock,
            busy_timeout_s=crawler.settings.getfloat("ARCHIVE_BUSY_TIMEOUT"),
            guard=guard_from(crawler.settings),
        )
        self.clock.go_on_from(self.archive.latest())
        self.files = Files(self, crawler.settings)
        crawl = self.archive.crawl(self.name, self.target(), self.hosts, resume=self.resume)
        self.recorder = Beside(crawl)
        self._reread = Rereader() if self.archive.has_outdated(READER) else None

    def take_host(self, host: str) -> None:
        """Take one more site for this crawl; where another crawl has it, this one ends."""
        try:
            self.recorder.flush()  # its thread rests while this one writes
            self.archive.take_host(host, self.recorder.crawl_id)
        except ArchiveError as error:
            raise self.stop(problem_of_archive(error)) from error

    def stop(self, problem: Problem) -> CloseSpider:
        """Note why the crawl cannot go on; raise what this returns."""
        self.problem = self.problem or problem
        return CloseSpider(problem.exit_code.name.lower())

    def end(self, problem: Problem) -> None:
        """End the crawl from outside its callbacks."""
        ending = self.stop(problem)
        if self._ending is None and self.crawler.engine is not None:
            closing = self.crawler.engine.close_spider_async(reason=ending.reason)
            self._ending = asyncio.get_running_loop().create_task(closing)

    def want(
        self,
        request: Request,
        kind: str,
        *,
        key: ArticleKey | None = None,
        listed_title: str | None = None,
    ) -> Iterator[Wanted | Request]:
        """Decide to fetch an address: its row in the frontier, and the request. Once a crawl."""
        name = responses.name_of(request)
        if name not in self._asked:
            self._asked.add(name)
            request.meta.setdefault("frontier_name", name)  # redirects keep it
            yield Wanted(url=name, kind=kind, key=key, listed_title=listed_title, at=self.clock())
            yield request

    def want_article(
        self, key: ArticleKey, url: str, listed_title: str | None = None
    ) -> Iterator[Wanted | Request]:
        """Decide to fetch an article; once a crawl, whichever channels name it by whichever
        address."""
        if key in self._wanted:
            return
        self._wanted.add(key)
        request = Request(
            url,
            callback=self.parse_article,
            errback=self.failed,
            cb_kwargs={"key": key, "listed": listed_title},
        )
        yield from self.want(request, "article", key=key, listed_title=listed_title)

    async def parse_article(
        self, response: Response, key: ArticleKey, listed: str | None = None
    ) -> AsyncIterator[Any]:
        """Judge an article's response, with the pages that continue it, and record it."""
        page = responses.admissible(response, listed)
        judged, parts = await continued(self, key, responses.asked_url(response), page)
        if self._reread is not None:
            self.recorder.reread(key, self._reread, READER)
        yield self.captured(
            response,
            judged.page_kind,
            key=key,
            article=judged.reading.article if judged.reading else None,
            origins=judged.reading.origins if judged.reading else {},
            doubts=judged.reading.doubts if judged.reading else (),
            skeleton=judged.reading.skeleton if judged.reading else None,
            absence=judged.absence,
            outcome=judged.outcome,
            reason=judged.reason,
            parts=parts,
        )
        if judged.reading is not None:
            for file in self.files.want(key, judged.reading.article.attachments):
                yield file
            for more in self.follow(judged.reading):
                yield more

    def unmet(self) -> str | None:
        """Which expectation the crawl did not meet; None where all are met or there is none."""
        return None

    def follow(self, reading: Any) -> Sequence[Any]:
        """What an article leads to besides itself; nothing, unless a subclass says more."""
        del reading
        return ()

    def captured(self, response: Response, page_kind: str, **read: Any) -> Captured:
        """A response as the fact that it is, with what was read from it."""
        name = responses.name_of(cast("Request", response.request))
        return Captured(
            url=response.url,
            asked_url=name if name != response.url else None,
            captured_at=self.clock(),
            status=response.status,
            headers=responses.headers(response),
            payload=response.body,
            page_kind=page_kind,
            reader=READER,
            **read,
        )

    def record_page(self, response: Response, page_kind: str) -> None:
        """Record a page that is no article, past the pipeline: for what middlewares fetch."""
        if hasattr(self, "recorder"):
            self.recorder.add(self.captured(response, page_kind, outcome=Outcome.READ))

    def failed(self, failure: Any) -> Iterator[Any]:
        """The errback of every request: the address ends as failed, off-site or disallowed."""
        outcome, detail = outcome_of(failure.value)
        yield responses.ended(failure.request, outcome, detail, self.clock())


def problem_of_archive(error: ArchiveError) -> Problem:
    """The archive refused: the exit code by what a person can do about it."""
    match error:
        case ArchiveLocked():
            code = ExitCode.LOCKED
        case DiskFull():
            code = ExitCode.DISK_FULL
        case _:
            code = ExitCode.CONFIGURATION
    return Problem(code, str(error))
