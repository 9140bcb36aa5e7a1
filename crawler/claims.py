"""Claims: what a site says of the length of one list while it is walked. Pure."""

from crawler.bounds import Bounds
from crawler.listings import Listing


class Claims:
    """The total of rows that a list claims, and by `bounds` its pages where it claims those.

    Both may change midway; `shrunk` says that the total fell, so that rows slid past the walk.
    """

    def __init__(self) -> None:
        self.total: int | None = None
        self.shrunk = False
        self.bounds = Bounds()
        self._first_total: int | None = None
        self._largest = 0
        self._pages: int | None = None

    def take(self, listing: Listing, number: int, counted: int, *, looking: bool) -> None:
        """Note what the page `number` says, and how many rows not counted before it brought.
        `looking` where it may be of another size than the pages that the list is turned by."""
        self.bounds.take(number, counted, listing.claimed_pages)
        if not looking:
            self._largest = max(self._largest, len(listing.entries))
            self._pages = listing.claimed_pages or self._pages
        if (claimed := listing.claimed_total) is None:
            return
        self.shrunk = self.shrunk or (self.total is not None and claimed < self.total)
        self._first_total = claimed if self._first_total is None else self._first_total
        self.total = claimed

    @property
    def last_page(self) -> int:
        """The number of the list's last page, by what the site says; 0 where it says nothing."""
        if self._pages is not None:
            return self._pages
        return -(-self.total // self._largest) if self.total and self._largest else 0

    @property
    def first_page_rows(self) -> int:
        """The rows of a full page."""
        return self._largest

    def more_after(self, number: int) -> bool:
        """Whether the site says that rows or pages must come after the page `number`."""
        return self.total is not None or 0 < number < (self._pages or 0)

    def told(self) -> str:
        """How a claim changed midway; empty where none did."""
        told = self.bounds.told() if self.total is None else ""
        if self._first_total != self.total:
            told += f"; the total changed midway from {self._first_total} to {self.total}"
        return told
