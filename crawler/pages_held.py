"""Pages of channels and lists as they are held: what saves asking for them, or their bytes."""

from datetime import datetime, timedelta

from scrapy.http import Request, Response

from crawler import responses
from crawler.conditions import conditions, still_good
from crawler.listings import Pager, find_pagers
from crawler.reading import PageKind, decode
from storage.archive import Archive
from storage.held_pages import HeldPage

PAGE_EVERY = timedelta(days=6, hours=12)
"""A channel's own page is asked for within seven days, whatever its list shows; nights begin some
minutes earlier or later."""

LISTING = "listing"
_KINDS = (PageKind.CHANNEL, LISTING)


class PagesHeld:
    """What an archive holds of such pages."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def pager_ahead(self, url: str, now: datetime) -> Pager | None:
        """The list of the channel at `url`, to be asked for without its page. None where the page
        is due, where it shows the whole list itself, or where it holds not one list but several:
        which of them are asked for then only the page itself may say."""
        page = self._archive.held_page(url, _KINDS[:1])
        if page is None or now - page.known.captured_at >= PAGE_EVERY:
            return None
        pagers = find_pagers(text_of(page), page.url)
        return pagers[0].ahead() if len(pagers) == 1 and not _shows_all(pagers[0]) else None

    def if_changed(self, request: Request, now: datetime) -> Request:
        """The same request, for the page only if it is another than the one held."""
        if request.method != "GET":
            return request
        page = self._archive.held_page(responses.name_of(request), _KINDS)
        known = still_good(page.known, now, PAGE_EVERY) if page else None
        if asked := conditions(known):
            request.headers.update(asked)
            request.meta["held_page"] = page
        return request


def confirmed(response: Response) -> HeldPage | None:
    """The page that the server says is still the same; None for any other answer."""
    page: HeldPage | None = response.meta.get("held_page")
    return page if response.status == 304 else None


def text_of(page: HeldPage) -> str:
    """The text of a held page, by the rules for one that comes."""
    types = (value for name, value in page.headers.items() if name.lower() == "content-type")
    return decode(page.payload, responses.charset_of(next(types, "")))


def _shows_all(pager: Pager) -> bool:
    first = pager.first
    claimed = first.claimed_total if first else None
    return first is not None and claimed is not None and len(first.entries) >= claimed
