"""Attaching: the files that articles offer, fetched, told from error pages, and read."""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from scrapy.exceptions import CloseSpider, DownloadCancelledError
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings

from crawler import responses
from crawler.admission import BLOCKED, BROKE_OFF
from crawler.conditions import conditions
from crawler.documents import (
    DOCUMENT_READER,
    DocumentText,
    DocumentUnreadable,
    Limits,
    NoReader,
    read_document_soon,
)
from crawler.ending import ExitCode, Problem
from crawler.failures import outcome_of
from crawler.hanweb import host_of
from crawler.reading import PageKind, page_kind
from crawler.refusals import Unwanted
from storage.article import ArticleKey, Attachment, file_key
from storage.confirming import Known
from storage.judging import Outcome
from storage.payloads import payload_digest
from storage.recorder import Todo
from storage.values import ATTACHMENT, Captured, DocumentRead, Ended, Wanted

if TYPE_CHECKING:
    from crawler.archiving import ArchivingSpider

_PAGES = (".html", ".htm", ".shtml", ".mht", ".mhtml")


class Files:
    """The files of the articles that one spider reads."""

    def __init__(self, spider: "ArchivingSpider", settings: BaseSettings) -> None:
        self._spider = spider
        self._wanted = settings.getbool("ATTACHMENTS", True)
        self._types = frozenset(settings.getlist("ATTACHMENT_TYPES"))
        self._maxsize = settings.getint("ATTACHMENT_MAXSIZE", 32 * 2**20)
        self._again = timedelta(days=settings.getfloat("ATTACHMENT_AGAIN_DAYS", 7))
        self._limits = Limits.of(settings)

    def want(
        self, key: ArticleKey, attachments: Iterable[Attachment]
    ) -> Iterator[Wanted | Request | Ended]:
        """Decide on the files of an article: those not held, and those not seen for long."""
        offered = list(attachments)
        if not self._wanted or not offered:
            return
        held = self._spider.archive.held_files(key)
        for attachment in offered:
            known = held.get(file_key(attachment.url))
            if known is None or self._spider.clock() - known.captured_at >= self._again:
                yield from self._want(key, attachment.url, attachment.name, known)

    def want_again(self, key: ArticleKey, capture_id: int) -> Iterator[Wanted | Request | Ended]:
        """The same for a page that is the one captured before."""
        if self._wanted:
            yield from self.want(key, self._spider.archive.offered_files(capture_id))

    def want_left(self, key: ArticleKey, todo: Todo) -> Iterator[Wanted | Request | Ended]:
        """Decide again on a file that an interrupted crawl had decided on."""
        yield from self._want(key, todo.url, todo.listed_title or "", None)

    def want_unfetched(self, host: str) -> Iterator[Wanted | Request | Ended]:
        """Decide on the files that earlier crawls did not get."""
        if self._wanted:
            crawl_id = self._spider.recorder.crawl_id
            for file in self._spider.archive.unfetched(host, crawl_id):
                yield from self._want(file.key, file.url, file.name, None)

    def _want(
        self, key: ArticleKey, url: str, name: str, held: Known | None
    ) -> Iterator[Wanted | Request | Ended]:
        request = Request(
            url,
            callback=self.parse,
            errback=self.failed,
            cb_kwargs={"key": key, "name": name, "held": held},
            headers=conditions(held),
            meta={"file": True, "download_maxsize": self._maxsize, "download_warnsize": 0},
        )
        self._spider.file_hosts |= {host_of(url)}
        refused = self._refused(url, name)
        for each in self._spider.want(request, ATTACHMENT, key=key, listed_title=name):
            if refused is not None and isinstance(each, Request):
                yield responses.ended(each, Outcome.DISALLOWED, refused, self._spider.clock())
            else:
                yield each

    def _refused(self, url: str, name: str) -> str | None:
        endings = {ending for text in (name, url) if (ending := _ending(text))}
        if not self._types or not endings or endings & self._types:
            return None
        return f".{min(endings)} is none of ATTACHMENT_TYPES"

    async def parse(
        self, response: Response, key: ArticleKey, name: str, held: Known | None
    ) -> AsyncIterator[Captured]:
        """Tell a file from what was served in its place; record it with what it says."""
        if response.status == 304 and held is not None:
            yield self._captured(response, key, revalidates=held.capture_id)
            return
        if (refused := _no_file(response)) is not None:
            outcome, reason = refused
            yield self._captured(response, key, outcome=outcome, reason=reason)
            return
        read = await self._read(response, name)
        if read is not None and read.format == "html" and not _may_be_a_page(name, response.url):
            yield self._page_instead(response, key)
        else:
            yield self._captured(response, key, document=read)

    def failed(self, failure: Any) -> Iterator[Ended]:
        """A file that cannot be had; one that is too large is told as such."""
        error: BaseException = failure.value
        if isinstance(error, DownloadCancelledError):
            error = Unwanted(f"larger than ATTACHMENT_MAXSIZE ({self._maxsize} bytes)")
        outcome, detail = outcome_of(error)
        yield responses.ended(failure.request, outcome, detail, self._spider.clock())

    async def _read(self, response: Response, name: str) -> DocumentRead | None:
        digest = payload_digest(response.body)
        if self._spider.archive.is_read(digest, DOCUMENT_READER):
            return None
        media_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1") or None
        try:
            found = await read_document_soon(response.body, name, media_type, self._limits)
        except (NoReader, OSError) as error:
            raise self._stop(error) from error
        return _as_read(found)

    def _stop(self, error: Exception) -> CloseSpider:
        line = f"files of articles cannot be read here: {error}; or set CUNZHENG_ATTACHMENTS=0"
        return self._spider.stop(Problem(ExitCode.CONFIGURATION, line))

    def _page_instead(self, response: Response, key: ArticleKey) -> Captured:
        judged = page_kind(responses.text_of(response), response.url, response.status)
        challenged = judged.kind is PageKind.CHALLENGE
        return self._captured(
            response,
            key,
            outcome=Outcome.CHALLENGED if challenged else Outcome.FAILED,
            reason=f"a page came instead of the file: {judged.reason_en}",
        )

    def _captured(self, response: Response, key: ArticleKey, **read: Any) -> Captured:
        return self._spider.captured(response, ATTACHMENT, key=key, **read)


def _no_file(response: Response) -> tuple[Outcome, str] | None:
    if response.status in (404, 410):
        return Outcome.GONE_SIGNAL, f"status {response.status}: the file is not there"
    if response.status in BLOCKED:
        return Outcome.CHALLENGED, f"status {response.status}"
    if response.status != 200:
        return Outcome.FAILED, f"status {response.status}"
    if not responses.file_came_whole(response):
        return Outcome.FAILED, BROKE_OFF
    return None if response.body else (Outcome.FAILED, "an empty answer")


def _as_read(found: DocumentText | DocumentUnreadable) -> DocumentRead:
    if isinstance(found, DocumentUnreadable):
        return DocumentRead(
            format=None, text=None, unreadable=found.reason.value, reader=DOCUMENT_READER
        )
    return DocumentRead(
        format=found.format,
        text=found.text,
        pages=found.pages,
        scanned=found.scanned,
        doubts=found.doubts,
        reader=DOCUMENT_READER,
    )


def _may_be_a_page(name: str, url: str) -> bool:
    return name.lower().endswith(_PAGES) or urlsplit(url).path.lower().endswith(_PAGES)


def _ending(text: str) -> str:
    """The type that a name or an address ends in; empty where it names none.

    >>> _ending("附件1.PDF"), _ending("/module/download/downfile.jsp?classid=0&filename=a.doc")
    ('pdf', 'doc')
    >>> _ending("第3.1节说明")
    ''
    """
    parts = urlsplit(text) if "//" in text or text.startswith("/") else None
    name = unquote(parts.query or parts.path) if parts else text
    ending = name.rpartition(".")[2].lower()
    known = ending.isascii() and ending.isalnum() and len(ending) <= 5 and not ending.isdigit()
    return ending if "." in name and known else ""
