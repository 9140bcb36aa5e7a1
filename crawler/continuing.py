"""Continuing: the further pages of an article, fetched so that it is read whole or not at all."""

from dataclasses import replace
from typing import TYPE_CHECKING

from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK

from crawler import admission, responses
from crawler.admission import FURTHER_PAGE, Admission
from crawler.failures import UNANSWERED, outcome_of
from crawler.reading import PageKind, page_kind
from crawler.reading.values import Part
from crawler.reading.wholeness import breaks_off
from storage.article import ArticleKey
from storage.judging import Outcome
from storage.values import PART, Wanted

if TYPE_CHECKING:
    from crawler.archiving import ArchivingSpider

_NO_PART = frozenset(
    {
        PageKind.NOT_FOUND, PageKind.CHALLENGE, PageKind.LOGIN, PageKind.ERROR, PageKind.BLANK,
        PageKind.SEARCH, PageKind.LEADS_HOME,
    }
)  # fmt: skip

CUT = "the page breaks off before its end"


async def continued(
    spider: "ArchivingSpider", key: ArticleKey, asked_url: str, page: admission.Response
) -> tuple[Admission, tuple[str, ...]]:
    """Judge a response together with the pages that continue it; the verdict, and the frontier's
    names of these pages. Where one of them cannot be had the article has failed. It ends: a
    reading names a limited number of them (`reading.pager.MOST_PAGES`)."""
    not_found = spider.not_found.get(key.host, ())
    judged = admission.admit(key, asked_url, page, not_found)
    while missing := _missing(judged, page):
        for url in missing:
            text = await _part(spider, key, page.url, url)
            if text is None:
                return _failed(f"{FURTHER_PAGE} {url} could not be had"), _names(page)
            page = replace(page, parts=(*page.parts, Part(text, url)))
        judged = admission.admit(key, asked_url, page, not_found)
    return judged, _names(page)


def _missing(judged: Admission, page: admission.Response) -> list[str]:
    given = {part.url for part in page.parts}
    continues = judged.reading.continues if judged.reading else ()
    return [url for url in continues if url not in given]


def _names(page: admission.Response) -> tuple[str, ...]:
    return tuple(part.url for part in page.parts)


def _failed(reason: str) -> Admission:
    return Admission(PageKind.ARTICLE, outcome=Outcome.FAILED, reason=reason)


async def _part(spider: "ArchivingSpider", key: ArticleKey, stands_at: str, url: str) -> str | None:
    """The text of a further page, recorded; None where it could not be had."""
    request = Request(url, callback=NO_CALLBACK, meta={"frontier_name": url})
    spider.recorder.add(Wanted(url=url, kind=PART, key=key, at=spider.clock()))
    try:
        response = await spider.crawler.engine.download_async(request)
    except UNANSWERED as error:
        outcome, detail = outcome_of(error)
        spider.recorder.add(responses.ended(request, outcome, detail, spider.clock()))
        return None
    text = responses.text_of(response)
    judged = page_kind(text, response.url, response.status)
    whole = responses.came_whole(response, text) and not breaks_off(text)
    good = whole and response.status == 200 and judged.kind not in _NO_PART
    spider.recorder.add(
        spider.captured(
            response,
            PART,
            key=key,
            stands_at=stands_at,
            outcome=Outcome.READ if good else Outcome.FAILED,
            reason=None if good else judged.reason_en if whole else CUT,
        )
    )
    return text if good else None
