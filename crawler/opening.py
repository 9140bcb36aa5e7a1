"""Opening a site: whether it is one of ours, its name, and what it serves for what is not there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from crawler import responses
from crawler.admission import BLOCKED
from crawler.channels import find_channels
from crawler.ending import ExitCode, Problem
from crawler.failures import UNANSWERED
from crawler.hanweb import generation_of, host_of, impossible_articles
from crawler.reading import Fingerprint, PageKind, fingerprint, page_kind
from crawler.reading.page import parse
from crawler.reading.spellings import SITE_NAME
from crawler.reading.tags import first, tags_of
from storage.judging import Outcome

if TYPE_CHECKING:
    from crawler.archiving import ArchivingSpider


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the first page is not a site to crawl, and as what it is kept."""

    page_kind: PageKind
    outcome: Outcome
    problem: Problem


def disbelief(url: str, response: Response, text: str, *, known: bool = False) -> Doubt | None:
    """Why the answer to a crawl's first request is no site of ours; None where it is one. `known`
    says that it was one before, so that it is not the address that is wrong."""
    if (doubt := challenge(url, response, text)) is not None:
        return doubt
    kind = page_kind(text, response.url, response.status).kind
    if response.status >= 400:
        why = f"{url}: the site answers {response.status}; check the address, or try again later"
        return Doubt(kind, Outcome.FAILED, Problem(ExitCode.SITE_DOWN, why))
    if generation_of(text) is not None or find_channels(text, response.url):
        return None
    if known:
        why = f"{url}: another page stands where the site was; look at it, or try again later"
        return Doubt(kind, Outcome.NOT_AN_ARTICLE, Problem(ExitCode.SITE_DOWN, why))
    why = (
        f"{url}: nothing on this page is of 大汉版通 (no /col/ channel, none of its scripts); "
        "check the address"
    )
    return Doubt(kind, Outcome.NOT_AN_ARTICLE, Problem(ExitCode.USAGE, why))


def challenge(url: str, response: Response, text: str) -> Doubt | None:
    """That a host asks for a proof of who we are, instead of its page; None where it does not."""
    judged = page_kind(text, response.url, response.status)
    if judged.kind is not PageKind.CHALLENGE and response.status not in BLOCKED:
        return None
    why = (
        f"{url}: the site answers with a challenge ({judged.reason_en}); it is not bypassed; "
        "ask the site, or try again from another network"
    )
    return Doubt(judged.kind, Outcome.CHALLENGED, Problem(ExitCode.BLOCKED, why))


async def learn_not_found(
    spider: "ArchivingSpider", opened: Response
) -> dict[str, tuple[Fingerprint, ...]]:
    """Fetch two addresses that cannot exist; the fingerprints of what is served with status 200.

    A site that answers them with 404 says clearly when an article is not there, and there is
    nothing to learn.
    """
    learnt: list[Fingerprint] = []
    for path in impossible_articles(spider.recorder.crawl_id):
        url = responses.host_url(opened, path)
        request = Request(url, callback=NO_CALLBACK, meta={"probe": True})
        try:
            response = await spider.crawler.engine.download_async(request)
        except UNANSWERED:
            continue
        spider.record_page(response, "probe")
        if response.status == 200:
            text = responses.text_of(response)
            learnt.append(fingerprint(text, response.status, response.url))
    return {host_of(opened.url): tuple(learnt)}


def site_name(text: str) -> str | None:
    """The site's name as its own tags say it, else its home page's title."""
    root = parse(text).root
    if name := first(tags_of(root), SITE_NAME):
        return name
    title = " ".join((root.findtext(".//title") or "").split())
    return title or None
