"""Lists whose rows are strings in a script: old jpage releases, and hand-made pagers.

Old: `InitData49468=['<tr>…</tr>', …]` or `dataStore:['…']` in the jpage call (seen on
zfcg.nantong.gov.cn, 2014); more is asked for as jpage does. Hand-made: `urls[i]='/art/…';
headers[i]='…'`, where the whole list stands on the page (seen on a Shaanxi tax site).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from crawler import hanweb
from crawler.listings import calls, days, jpage, jsliteral
from crawler.listings.base import Entry, Listing, ListingRequest, NotAListing, Pager, Progress
from crawler.listings.datastore import record_of
from crawler.listings.jpage import Jpage
from crawler.listings.jsliteral import Value
from crawler.listings.titles import cleaned

_TOTAL = re.compile(r"\btotalrecord\s{0,9}[=:]\s{0,9}([0-9]{1,9})\b", re.IGNORECASE)
_ARRAY = re.compile(r"(?:=|\(|^)\s*(?=\[)")
_ELEMENT = re.compile(
    r"\b(\w{1,40})\s{0,4}\[\s{0,4}\w{1,20}(?:\+\+)?\s{0,4}\]\s{0,4}=\s{0,4}(?=[\"'])"
)
_FUNCTION = re.compile(r"\bfunction\b")
_URLS = re.compile(r"url|link|href", re.IGNORECASE)
_TITLES = re.compile(r"header|title|subject|name", re.IGNORECASE)
_DAYS = re.compile(r"date|time|day", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArrayPager(Jpage):
    """jpage with its rows in a JavaScript array; answers are arrays too, or datastores."""

    dialect: str = "jsarray"

    def parse(self, text: str, url: str) -> Listing:
        """Read one answer. Raises NotAListing where it holds neither form."""
        if "<datastore" in text.lower():
            return Jpage.parse(self, text, url)
        found = _ARRAY.search(text)
        array = calls.read_array(text, found.end()) if found else None
        if array is None:
            raise NotAListing(url, "neither <datastore> nor an array of rows")
        total = _TOTAL.search(text)
        return Listing(_entries(array, self.page_url), int(total[1]) if total else None)


@dataclass(frozen=True, slots=True)
class WholeList:
    """A hand-made list that stands on the page as a whole: there is nothing more to ask for."""

    page_url: str
    first: Listing
    dialect: str = "jsarray"

    def request(self, _progress: Progress, _latest: Listing | None) -> ListingRequest | None:
        """Never anything: the page holds every row."""
        return None

    def ahead(self) -> None:
        """Only the page holds the list."""

    def parse(self, text: str, url: str) -> Listing:
        """Read the page again. Raises NotAListing where it holds no such list."""
        lists = _hand_made(text, self.page_url)
        if not lists:
            raise NotAListing(url, "no arrays of addresses and headlines")
        return lists[0]


def find(html: str, url: str) -> tuple[Pager, ...]:
    """Every list on the page whose rows stand in scripts."""
    known = calls.variables(html)
    pagers = []
    for call in calls.find_calls(html).values():
        array = calls.array_of(call, html)
        if array is not None:
            asked = jpage.pager(url, call, known)
            pagers.append(jpage.with_first(asked, Listing(_entries(array, url))))
    arrays = [_as_array(found) for found in jpage.distinct(pagers)]
    return (*arrays, *(WholeList(url, listing) for listing in _hand_made(html, url)))


def _as_array(found: Jpage) -> ArrayPager:
    values = {field.name: getattr(found, field.name) for field in fields(found)}
    return ArrayPager(**values | {"dialect": "jsarray"})


def _entries(array: Iterable[Value], page_url: str) -> tuple[Entry, ...]:
    records = (record for record in array if isinstance(record, str))
    return tuple(entry for record in records for entry in record_of(record, page_url))


def _hand_made(html: str, url: str) -> list[Listing]:
    """One list for each function of a script that fills arrays with addresses and headlines."""
    if not _ELEMENT.search(html):
        return []
    listings = (_from_arrays(_arrays(scope), url) for scope in _FUNCTION.split(html))
    return [listing for listing in listings if listing]


def _arrays(script: str) -> dict[str, list[str]]:
    arrays: dict[str, list[str]] = {}
    position = 0
    while found := _ELEMENT.search(script, position):
        try:
            value, position = jsliteral.read(script, found.end())
        except jsliteral.Unreadable as unreadable:
            position = max(unreadable.position, found.end())
            continue
        if isinstance(value, str):
            arrays.setdefault(found[1], []).append(value)
    return arrays


def _from_arrays(arrays: dict[str, list[str]], base: str) -> Listing | None:
    urls = _column(arrays, _URLS, None)
    titles = _column(arrays, _TITLES, len(urls))
    addresses = [hanweb.absolute(url, base) for url in urls]
    if not titles or not any(url and hanweb.article_address(url) for url in addresses):
        return None
    shown = _column(arrays, _DAYS, len(urls)) or [""] * len(urls)
    rows = zip(addresses, titles, shown, strict=True)
    entries = tuple(Entry(url, cleaned(title), _day(url, day)) for url, title, day in rows if url)
    return Listing(entries, claimed_total=len(urls))


def _column(arrays: dict[str, list[str]], named: re.Pattern[str], length: int | None) -> list[str]:
    fitting = (
        values
        for name, values in arrays.items()
        if named.search(name) and length in (None, len(values))
    )
    return next(fitting, [])


def _day(url: str, shown: str) -> date | None:
    address = hanweb.article_address(url)
    near = address.published_on if address else None
    return days.shown_day(shown, near, days.year_in_address(url)) or near
