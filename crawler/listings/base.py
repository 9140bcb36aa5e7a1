"""The words of listing: entries, listings, and the pager that a dialect offers for a channel."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from crawler.errors import CrawlError


class NotAListing(CrawlError):
    """A listing was asked for and something else was served: never an empty list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing: what the channel claims about an article.

    `url` is absolute. `title` is the fullest that the line gives (a `title` attribute before a
    text cut with dots). `listed_on` is None where the line shows no date that can be trusted.
    """

    url: str
    title: str
    listed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ListingRequest:
    """A question to the site for one more page of a list. A `form` makes it a POST. `rows` is how
    many rows it asks for, where the list can be asked for by rows; then a hole can be passed.
    `anew` asks for the list from its first row again, `again` for a page that did not come."""

    url: str
    form: tuple[tuple[str, str], ...] = ()
    rows: int = 0
    anew: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a channel's list as the site served it.

    `entries` holds every row in order, repeats included. `claimed_total` is the number of rows
    the site says the whole list has, `claimed_pages` the number of pages, None where it does not
    say. `following` is the next page as the site itself offers it, None where it offers none.
    """

    entries: tuple[Entry, ...]
    claimed_total: int | None = None
    following: ListingRequest | None = None
    claimed_pages: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a walk has come: distinct rows and pages so far, the newest claimed total, and the
    rows passed over because they could not be had. `at_once` asks for all that is left of
    `claimed_total` rows in one answer, where one answer can hold it."""

    rows: int
    pages: int
    claimed_total: int | None
    passed: int = 0
    at_once: bool = False


class Pager(Protocol):
    """One list of one channel, in one dialect: what its page shows, and how to ask for more."""

    @property
    def dialect(self) -> str:
        """The dialect's name, as stored with the channel (`jpage`, `jpaas`, …)."""
        ...

    @property
    def page_url(self) -> str:
        """The channel's own page, as the place from which the links of rows lead on."""
        ...

    @property
    def first(self) -> Listing | None:
        """The part of the list that stands on the channel's own page, None where it has none."""
        ...

    def request(self, progress: Progress, latest: Listing | None) -> ListingRequest | None:
        """The question that continues after `progress`; None when the site offers no more."""
        ...

    def ahead(self) -> "Pager | None":
        """The same list as it can be asked for without the channel's page, by what an earlier
        copy of that page said; None where only the page itself shows it."""
        ...

    def parse(self, text: str, url: str) -> Listing:
        """Read one answer. Raises NotAListing when it is not one."""
        ...
