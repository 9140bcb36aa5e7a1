"""Opening a site: its name, and what it serves for addresses that cannot exist."""

from typing import TYPE_CHECKING

from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from crawler import responses
from crawler.hanweb import host_of, impossible_articles
from crawler.reading import Fingerprint, fingerprint
from crawler.reading.page import parse
from crawler.reading.tags import SITE_NAME, first, tags_of

if TYPE_CHECKING:
    from crawler.archiving import ArchivingSpider


async def learn_not_found(
    spider: "ArchivingSpider", opened: Response
) -> dict[str, tuple[Fingerprint, ...]]:
    """Fetch two addresses that cannot exist; the fingerprints of what is served with status 200.

    A site that answers them with 404 says clearly when an article is not there, and there is
    nothing to learn.
    """
    learnt: list[Fingerprint] = []
    for path in impossible_articles(spider.recorder.crawl_id):
        request = Request(responses.host_url(opened, path), callback=NO_CALLBACK)
        try:
            response = await spider.crawler.engine.download_async(request)
        except (IgnoreRequest, DownloadFailedError, DownloadTimeoutError):
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
