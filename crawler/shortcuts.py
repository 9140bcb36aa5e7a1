"""Shortcuts: the questions of a walk that trusts what is held, and what each is good for. Pure.

A list that was seen to its end a short while ago need not be walked to its end tonight. Its rows
are asked for in one answer where a site gives that. Where it gives less, what is held must account
for what the list claims, and one more page of it is looked at, another one each night.
"""

from dataclasses import dataclass

from crawler.claims import Claims
from crawler.ledger import Expected
from crawler.listings import Listing, ListingRequest, Pager, Progress, turning

MOST_AT_ONCE = 1000
"""No more rows are asked for in one answer: sites were seen to give 1,000 (nhsa, 2021)."""

ROOM = 50
"""So many rows more than are held are asked for at once: those that may have come since."""


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The shortcuts of one list, by what is `expected` of it."""

    pager: Pager
    expected: Expected

    def opening(self) -> ListingRequest | None:
        """All rows that are held, and some more, in the walk's first question: where the list is
        not begun on its channel's page."""
        if self.pager.first is not None or not self.expected.recent:
            return None
        rows = min(self.expected.rows + ROOM, MOST_AT_ONCE)
        return self._sane(self.pager.request(Progress(0, 0, rows, at_once=True), None))

    def rest(self, progress: Progress, latest: Listing | None) -> ListingRequest | None:
        """All that is left of the list, in one answer."""
        if (progress.claimed_total or 0) - progress.rows > MOST_AT_ONCE:
            return None
        return self._sane(self.pager.request(progress, latest))

    def another(
        self, offered: ListingRequest | None, claims: Claims, seen: int
    ) -> ListingRequest | None:
        """One page of those after the rows that were `seen`, another one each night; by the page
        that the site has `offered`, whose number may be that of the beginning."""
        if offered is None or turning.number_of(offered) == 0 or not claims.last_page:
            return None
        first = max(turning.number_of(offered), seen // claims.first_page_rows + 1)
        left = claims.last_page - first + 1
        if left <= 0:
            return None
        return turning.turned(offered, first + self.expected.since % left)

    def last(self, offered: ListingRequest | None, claims: Claims) -> ListingRequest | None:
        """The last page of a list that claims pages and no total: it tells the total. None where
        the second page is the last, which comes next anyway."""
        if offered is None or claims.total is not None or claims.last_page < 3:
            return None
        by_number = turning.number_of(offered) == 2
        return turning.turned(offered, claims.last_page) if by_number else None

    def accounts(self, new: int, claimed: int | None) -> bool:
        """Whether what is held, and the new rows met, are all that the list claims."""
        return self.expected.rows + new == claimed

    @staticmethod
    def _sane(request: ListingRequest | None) -> ListingRequest | None:
        """A question for rows, and for no more than a site should be asked for."""
        return request if request is not None and 0 < request.rows <= MOST_AT_ONCE else None
