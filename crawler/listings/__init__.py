"""How such sites list articles. Each dialect is chosen by what the page shows, never by host."""

from crawler.listings import jpaas, jpage, jsarray, static, xxgk
from crawler.listings.base import (
    Entry,
    Listing,
    ListingRequest,
    NotAListing,
    Pager,
    Progress,
)
from crawler.listings.markup import Shown

__all__ = [
    "Entry",
    "Listing",
    "ListingRequest",
    "NotAListing",
    "Pager",
    "Progress",
    "Shown",
    "find_pagers",
    "pagers_on",
]


def find_pagers(html: str, url: str) -> tuple[Pager, ...]:
    """Every list on a channel's page, one pager each; none where the page has no list.

    The desktop and mobile twins of one list are one. What stands in the page as plain HTML
    counts only where no widget shows rows of its own (beside a widget's list it is a sidebar), and
    beside a widget without rows only when its articles are the channel's own.
    """
    return pagers_on(Shown(html, url))


def pagers_on(page: Shown) -> tuple[Pager, ...]:
    """`find_pagers` of a page that is looked through for channels as well."""
    widgets: tuple[Pager, ...] = (
        *jpage.find(page.html, page.url),
        *jsarray.find(page.html, page.url),
        *xxgk.find(page),
    )
    built = jpaas.find(page)
    if any(pager.first and pager.first.entries for pager in (*widgets, *built)):
        return (*widgets, *built)
    own = bool(widgets) or any(map(jpaas.is_named_like_a_list, built))
    return (*widgets, *static.find(page, own=own), *built)
