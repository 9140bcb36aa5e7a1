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

__all__ = [
    "Entry",
    "Listing",
    "ListingRequest",
    "NotAListing",
    "Pager",
    "Progress",
    "find_pagers",
]


def find_pagers(html: str, url: str) -> tuple[Pager, ...]:
    """Every list on a channel's page, one pager each; none where the page has no list.

    The desktop and mobile twins of one list are one. What stands in the page as plain HTML
    counts only where no widget shows rows of its own (beside a widget's list it is a sidebar), and
    beside a widget without rows only when its articles are the channel's own.
    """
    widgets: tuple[Pager, ...] = (
        *jpage.find(html, url),
        *jsarray.find(html, url),
        *xxgk.find(html, url),
    )
    built = jpaas.find(html, url)
    if any(pager.first and pager.first.entries for pager in (*widgets, *built)):
        return (*widgets, *built)
    own = bool(widgets) or any(map(jpaas.is_named_like_a_list, built))
    return (*widgets, *static.find(html, url, own=own), *built)
