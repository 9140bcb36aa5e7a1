"""The XML in which jpage sites hand out their lists: `<datastore>` with one `<record>` a row.

Read by its marks and not as XML: recorded ones carry stray HTML with unquoted attributes between
the records (zfcg.nantong.gov.cn, 2017) or end in the middle, and a reader that knows no entities
cannot be made to expand them.
"""

import html
import re
from collections.abc import Iterator

from crawler import hanweb
from crawler.listings import rows
from crawler.listings.base import Entry, Listing, ListingRequest, NotAListing

_STORE = re.compile(r"<datastore\b", re.IGNORECASE)
_STORE_END = re.compile(r"</datastore\s*>|</script\s*>", re.IGNORECASE)
_RECORD = re.compile(r"<record\b[^<>]*>", re.IGNORECASE)
_RECORD_END = re.compile(r"\]\]>|</record\b", re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*([0-9]{1,9})\s*</totalrecord>", re.IGNORECASE)
_PAGES = re.compile(r"<totalpage>\s*([0-9]{1,6})\s*</totalpage>", re.IGNORECASE)
_NEXT = re.compile(r"<nextgroup\b[^<>]*>", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s<>"']+))""", re.IGNORECASE)
_HOLDER = re.compile(
    r"""<(?:div|script|td|ul)\b[^<>]{0,200}?\bid\s?=\s?["']?([\w-]{1,80})""", re.IGNORECASE
)
_UNIT = re.compile(r"[?&]unitid=([\w-]+)", re.IGNORECASE)
MOST_UNITS = 100  # no page was seen with more than a dozen
_BEFORE = 400
_LONGEST_NEXT = 4000


def read(text: str, url: str, page_url: str) -> Listing:
    """Read the first datastore of an answer that `url` gave. Raises NotAListing without one.

    Rows link as if they stood on the channel's page `page_url`; the next group is relative to
    the answer itself.
    """
    found = _STORE.search(text)
    if not found:
        raise NotAListing(url, "an answer without <datastore>")
    return _listing(text[found.start() :], url, page_url)


def inline(html_text: str) -> dict[str, str]:
    """The text of the datastores that stand on a page, by the id of the unit that holds each."""
    stores: dict[str, str] = {}
    position = 0
    while len(stores) < MOST_UNITS and (found := _STORE.search(html_text, position)):
        end = _STORE_END.search(html_text, found.end())
        position = end.start() if end else len(html_text)
        store = html_text[found.start() : position]
        holders = _HOLDER.findall(html_text[max(0, found.start() - _BEFORE) : found.start()])
        unit = _UNIT.search(_next_href(store) or "")
        name = unit[1] if unit else holders[-1] if holders else f"#{len(stores)}"
        stores.setdefault(name, store)
        position = max(position, found.end())
    return stores


def _listing(store: str, url: str, page_url: str) -> Listing:
    total, pages = _TOTAL.search(store), _PAGES.search(store)
    href = _next_href(store)
    following = hanweb.absolute(href, url) if href else None
    return Listing(
        entries=tuple(entry for record in _records(store) for entry in record_of(record, page_url)),
        claimed_total=int(total[1]) if total else None,
        following=ListingRequest(following) if following else None,
        claimed_pages=int(pages[1]) if pages else None,
    )


def record_of(record: str, page_url: str) -> tuple[Entry, ...]:
    """The rows of one record, which some sites escape once more."""
    if "<" not in record and "&lt;" in record:
        record = html.unescape(record)
    return rows.read_record(record, page_url)


def _records(store: str) -> Iterator[str]:
    for piece in _RECORD.split(store)[1:]:
        end = _RECORD_END.search(piece)
        text = piece[: end.start()] if end else piece
        yield text.replace("<![CDATA[", "", 1)


def _next_href(store: str) -> str | None:
    """The link to the next group, its parameters exactly as the site spells them."""
    found = _NEXT.search(store)
    if not found:
        return None
    inner = store[found.end() : found.end() + _LONGEST_NEXT].partition("</nextgroup")[0]
    href = _HREF.search(inner)
    address = next((group for group in href.groups() if group), "") if href else ""
    return address.replace("&amp;", "&").strip() or None
