"""Shortcuts: the questions of a walk that trusts what is held, and what each is good for. Pure.

A list that was seen to its end a short while ago need not be walked to its end tonight. Its rows
are asked for in one answer where a site gives that. Where it gives less, what is held must account
for what the list claims, and one more page of it is looked at, another one each night.
"""

from dataclasses import replace

from crawler.claims import Claims
from crawler.ledger import Expected
from crawler.listings import Listing, ListingRequest, Pager, Progress, turning

AT_ONCE = 1000
"""So many rows are asked for in one answer: sites were seen to give 1,000 (nhsa, 2021)."""

MOST_AT_ONCE = 5000
"""No more are asked for, however many a site gave."""

_MORE = 3
"""Of a site that gave more than a third of that in an answer before, so many times as many."""

ROOM = 50
"""So many rows more than are held are asked for at once: those that may have come since."""


class Shortcuts:
    """The shortcuts of one walk, by what is `expected` of its list; none where it is to be walked
    to its end (`full`), or was not lately.

    `refused` says that the site gave no rows to the question for all of them at once.
    """

    def __init__(self, pager: Pager, expected: Expected, *, full: bool) -> None:
        self.refused = False
        self._pager = pager
        self._expected = expected
        self._trusts = expected.recent and not full
        self._most = min(max(AT_ONCE, _MORE * expected.given), MOST_AT_ONCE)
        self._opening: ListingRequest | None = None
        self._last: ListingRequest | None = None
        self._turnable: ListingRequest | None = None
        self._looks = 0

    def opens(self, asked: ListingRequest | None) -> bool:
        """Whether this was the question for all rows at once."""
        return asked is not None and asked is self._opening

    def measures(self, asked: ListingRequest | None) -> bool:
        """Whether this was the question for the last page, out of turn."""
        return asked is not None and asked is self._last

    def opening(self) -> ListingRequest | None:
        """All rows that are held, and some more, in the walk's first question: where the list is
        not begun on its channel's page."""
        if not self._trusts or self.refused or self._pager.first is not None:
            return None
        rows = min(self._expected.rows + ROOM, self._most)
        self._opening = self._sane(self._pager.request(Progress(0, 0, rows, at_once=True), None))
        return self._opening

    def last(self, latest: Listing | None, claims: Claims) -> ListingRequest | None:
        """After the first page of a list that claims pages and no total, the last one: it tells
        the total. None where that is the second, which comes next anyway."""
        offered = latest.following if latest else None
        untold = claims.total is None and claims.last_page >= 3
        if offered is None or not (self._trusts and untold) or turning.number_of(offered) != 2:
            return None
        self._last = turning.turned(offered, claims.last_page)
        return self._last

    def told_by_last(self, listing: Listing, claims: Claims, new: int) -> bool:
        """Whether the last page, as it came, tells a total that what is held accounts for."""
        if not listing.entries or listing.claimed_pages not in (None, claims.last_page):
            return False
        full_pages = (claims.last_page - 1) * claims.first_page_rows
        return self.accounts(new, full_pages + len(listing.entries))

    def accounts(self, new: int, claimed: int | None) -> bool:
        """Whether what is held, and the new rows met, are all that the list claims."""
        return self._trusts and self._expected.rows + new == claimed

    def look(
        self, latest: Listing | None, progress: Progress, claims: Claims
    ) -> ListingRequest | None:
        """What is held accounts for the total. The rest is looked at all the same, since an entry
        deep in it may have another title: in a single answer where the site gives that, else one
        page of it, another one each time."""
        self._looks += 1
        if self._looks == 1:
            self._turnable = latest.following if latest else None
            return self._rest(latest, progress) or self.look(latest, progress, claims)
        return self._another(claims, progress.rows) if self._looks == 2 else None

    def _rest(self, latest: Listing | None, progress: Progress) -> ListingRequest | None:
        left = (progress.claimed_total or 0) - progress.rows
        given_less = self._opening is not None and progress.rows < self._opening.rows
        if self.refused or left > (progress.rows if given_less else self._most):
            return None
        return self._sane(self._pager.request(replace(progress, at_once=True), latest))

    def _another(self, claims: Claims, seen: int) -> ListingRequest | None:
        """One page of those after the rows that were seen; by the page that the site offered,
        whose number may be that of the beginning."""
        offered = self._turnable
        if offered is None or turning.number_of(offered) == 0 or not claims.last_page:
            return None
        first = max(turning.number_of(offered), seen // claims.first_page_rows + 1)
        left = claims.last_page - first + 1
        return turning.turned(offered, first + self._expected.since % left) if left > 0 else None

    def _sane(self, request: ListingRequest | None) -> ListingRequest | None:
        """A question for rows, and for no more than a site should be asked for."""
        return request if request is not None and 0 < request.rows <= self._most else None
