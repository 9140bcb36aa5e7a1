"""jpage: the list widget of classic sites, with its rows in an XML datastore.

Every column page of generations 1 and 2 that was seen holds the first group of rows inline; the
rest comes from `dataproxy.jsp` or `morecolumndataproxy.jsp`, in one of two ways: by records
(POST, what the widget does) or by the link that each group offers to the next (GET).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from crawler import hanweb
from crawler.listings import calls, datastore
from crawler.listings.base import Listing, ListingRequest, Progress
from crawler.listings.calls import Call
from crawler.listings.jsliteral import Value

_PER_PAGE = re.compile(r"(?<=&)perpage=[0-9]{1,6}&|&perpage=[0-9]{1,6}\b")
_PAGE = re.compile(r"([?&])page=[0-9]{1,6}\b")


@dataclass(frozen=True, slots=True)
class Jpage:
    """One list of the widget: its first rows, and how to ask for more of them.

    By records with `form` (sent to `proxy_url`), else page by page, from `start`.
    """

    page_url: str
    first: Listing | None
    total: int | None = None
    proxy_url: str | None = None
    form: tuple[tuple[str, str], ...] = ()
    page_size: int = 10
    window: int = 10
    start: ListingRequest | None = None
    dialect: str = "jpage"

    def request(self, progress: Progress, latest: Listing | None) -> ListingRequest | None:
        """Ask by records where the page says how, else follow what the latest group offers.

        Goes on from what came back, never from what was asked for: servers cap and pad groups.
        """
        if self.form and self.proxy_url:
            return self._by_records(progress, latest)
        if progress.at_once:
            return _rest(self.start or (latest.following if latest else None), progress)
        if latest is None:
            return self.start
        # Rows on the page are kept as `first` only where they are the whole list.
        return None if latest == self.first else latest.following

    def ahead(self) -> Self | None:
        """By records, or by the link that an earlier copy of the page offered."""
        start = self.start or (self.first.following if self.first else None)
        if not (self.form and self.proxy_url) and start is None:
            return None
        return replace(self, first=None, total=None, start=start)

    def parse(self, text: str, url: str) -> Listing:
        """Read one answer of the dataproxy. Raises NotAListing where it holds no datastore."""
        return datastore.read(text, url, self.page_url)

    def _by_records(self, progress: Progress, latest: Listing | None) -> ListingRequest | None:
        total = self.total if progress.claimed_total is None else progress.claimed_total
        ended = latest is not None and latest != self.first and not latest.entries
        past_the_end = ended and total is None
        start = progress.rows + progress.passed + 1
        if past_the_end or (total is not None and start > total):
            return None
        end = start + self.window - 1 if total is None else min(start + self.window - 1, total)
        size = self.page_size
        if progress.at_once and total is not None:
            end, size = total, total - start + 1  # beyond the end a server gives what there is
        query = {"startrecord": start, "endrecord": end, "perpage": size}
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        mark = "&" if "?" in (self.proxy_url or "") else "?"
        return ListingRequest(f"{self.proxy_url}{mark}{asked}", self.form, end - start + 1)


def find(html: str, url: str) -> tuple[Jpage, ...]:
    """Every list of the widget on a channel's page, the twins of one list once."""
    stores = datastore.inline(html)
    found = calls.find_calls(html)
    known = calls.variables(html)
    pagers = []
    for unit in dict.fromkeys((*stores, *found)):
        call = found.get(unit)
        if call and calls.array_of(call, html) is not None:
            continue  # rows in a script: the dialect of crawler.listings.jsarray
        asked = pager(url, call, known)
        store = stores.get(unit)
        pagers.append(with_first(asked, _inline(store, asked) if store is not None else None))
    return tuple(_from_its_beginning(pager) for pager in distinct(pagers))


def pager(page_url: str, call: Call | None, known: dict[str, Value]) -> Jpage:
    """The pager of one unit, without rows as yet: whom to ask, and with what."""
    if call is None:
        return Jpage(page_url, None)
    return Jpage(
        page_url=page_url,
        first=None,
        total=call.total,
        proxy_url=hanweb.absolute(call.proxy_url, page_url),
        form=calls.parameters(call, known),
        page_size=call.page_size,
        window=call.window,
    )


def with_first(asked: Jpage, first: Listing | None) -> Jpage:
    """The pager with the rows that stand on the page; they claim what the call claims."""
    if first is None:
        return asked
    claimed = first.claimed_total if asked.total is None else asked.total
    return replace(asked, first=replace(first, claimed_total=claimed), total=claimed)


def distinct(pagers: Iterable[Jpage]) -> tuple[Jpage, ...]:
    """Drop the twin (desktop and mobile) of a list: same channel, and the same rows.

    The one that shows more rows at once stays.
    """
    kept: list[Jpage] = []
    for candidate in pagers:
        twin = next((i for i, other in enumerate(kept) if _twins(candidate, other)), None)
        if twin is None:
            kept.append(candidate)
        elif len(_shown(candidate)) > len(_shown(kept[twin])):
            kept[twin] = candidate
    return tuple(kept)


def _from_its_beginning(found: Jpage) -> Jpage:
    """A list that goes on by links alone, asked for as a whole.

    The link on the page says page=1: it offers the rows on the page again, in pages of another
    size (fzggw.jiangsu.gov.cn, 2026). Asked from there, no row counts twice and none is lost.
    """
    first = found.first
    if found.form or not first or not first.following or found.total == len(first.entries):
        return found
    return replace(found, first=None, start=first.following)


def _rest(offered: ListingRequest | None, progress: Progress) -> ListingRequest | None:
    """All that is left in one answer: the dataproxy that is asked by `page` understands records
    too, in its address (seen on Sheyang's sites). `page` must go: it wins over `startrecord`."""
    if offered is None or not progress.claimed_total or not _PAGE.search(offered.url):
        return None
    first, last = progress.rows + 1, progress.claimed_total
    asked = f"startrecord={first}&endrecord={last}&perpage={last - first + 1}"
    url = _PER_PAGE.sub("", offered.url)
    url = _PAGE.sub(lambda found: f"{found[1]}{asked}", url, count=1)
    return ListingRequest(url, rows=last - first + 1)


def _inline(store: str, asked: Jpage) -> Listing:
    return datastore.read(store, asked.proxy_url or asked.page_url, asked.page_url)


def _twins(one: Jpage, other: Jpage) -> bool:
    ours, theirs = _shown(one), _shown(other)
    length = min(len(ours), len(theirs))
    if _channels(one) != _channels(other):
        return False
    if not ours and not theirs:
        return one.total == other.total == 0  # an empty list and its twin
    return length > 0 and ours[:length] == theirs[:length]


def _channels(pager: Jpage) -> str | None:
    return dict(pager.form).get("columnid")


def _shown(pager: Jpage) -> list[str]:
    return [entry.url for entry in pager.first.entries] if pager.first else []
