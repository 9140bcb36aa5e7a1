"""Lists that an address of their own hands out page by page: what jpaas and xxgk have in common."""

from dataclasses import dataclass, replace
from typing import Self

from crawler.listings.base import Listing, ListingRequest, Progress

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paged:
    """One such list: the address that is asked for it, and the parameters that name it.

    A dialect says how its pages are asked for: the first one (`beginning`), one by its number
    where the site offers none (`numbered`), and many rows in one answer (`at_once`).
    """

    page_url: str
    endpoint: str
    query: Pairs
    first: Listing | None = None

    def request(self, progress: Progress, latest: Listing | None) -> ListingRequest | None:
        """First what the page itself asks; then, while rows are missing, the next page."""
        total = progress.claimed_total
        if progress.at_once:
            return self.at_once(latest, total or 0)
        if latest is None:
            return self.beginning()
        if not latest.entries or (total is not None and progress.rows >= total):
            return None
        return latest.following or self.numbered(progress.pages + 1, total)

    def ahead(self) -> Self:
        """The same list without what its channel's page shows of it."""
        return replace(self, first=None)

    def beginning(self) -> ListingRequest:
        """The question for the first page."""
        raise NotImplementedError

    def numbered(self, number: int, total: int | None) -> ListingRequest | None:
        """The page `number` where the latest one offers none; None where there can be none."""
        del number, total
        return None

    def at_once(self, latest: Listing | None, total: int) -> ListingRequest | None:
        """The first `total` rows in one answer; None where no answer can be made to hold them."""
        del latest, total
        return None
