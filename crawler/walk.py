"""A walk: one pass over one channel's listings, and its ledger. Pure: it asks and is answered."""

from collections.abc import Collection
from dataclasses import dataclass

from crawler.hanweb import canonical
from crawler.keys import article_key
from crawler.listings import Entry, Listing, ListingRequest, Pager, Progress

MAX_PAGES = 5000
"""A list that never ends is a trap: 5,000 pages are ten times the longest list seen."""

SHRINK_GUARD = 20
"""From so many rows on, a list that is less than half of what it was is not believed."""

ACCOUNTED = "held accounts for the claimed total"


@dataclass(frozen=True, slots=True)
class Expected:
    """What is held of the channel: how many rows stand in its list, and whether that is known
    from a walk to the end."""

    rows: int = 0
    known: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a walk saw against what the site claims. Rows are entries as served, repeats and
    off-site ones included. `whole` says that every row was seen, so that what is absent left."""

    claimed_total: int | None
    entries_seen: int
    articles_seen: int
    repeats: int
    off_site: int
    pages: int
    stop_reason: str
    verdict: str
    whole: bool


class Walk:
    """One list of a channel, walked to its end by what the site itself declares.

    Give it each listing with `take`, ask it for the next question with `next_request`, and for
    the `ledger` when there is none. `full` walks to the end even where what is held already
    accounts for the total.
    """

    def __init__(self, pager: Pager, host: str, expected: Expected, *, full: bool) -> None:
        self.pager = pager
        self._host = host
        self._expected = expected
        self._full = full
        self._seen: set[str] = set()
        self._articles = self._off_site = self._new = 0
        self._rows = self._repeats = self._pages = 0
        self._claimed: int | None = None
        self._latest: Listing | None = None
        self._stop: str | None = None

    def take(self, listing: Listing, standing: Collection[str]) -> tuple[Entry, ...]:
        """Take in one listing; the entries not seen before in this walk.

        `standing` holds the addresses of entries that stand unchanged in the archive.
        """
        fresh = tuple(entry for entry in listing.entries if self._first_time(entry))
        self._pages += 1
        self._rows += len(listing.entries)
        self._latest = listing
        if listing.claimed_total is not None:
            self._claimed = listing.claimed_total
        self._new += sum(1 for entry in fresh if entry.url not in standing)
        if fresh or not listing.entries:
            self._repeats += len(listing.entries) - len(fresh)
        self._judge(fresh, standing)
        return fresh

    def next_request(self) -> ListingRequest | None:
        """The next question to the site; None when the walk has ended."""
        if self._stop is not None:
            return None
        progress = Progress(self._rows, self._pages, self._claimed)
        request = self.pager.request(progress, self._latest)
        if request is None:
            self._stop = "the site offers no further page"
        return request

    def fail(self, reason: str) -> None:
        """End the walk because a page of it could not be had."""
        self._stop = f"failed: {reason}"

    def ledger(self) -> Ledger:
        verdict = self._verdict()
        return Ledger(
            claimed_total=self._claimed,
            entries_seen=self._rows,
            articles_seen=self._articles,
            repeats=self._repeats,
            off_site=self._off_site,
            pages=self._pages,
            stop_reason=self._stop or "interrupted",
            verdict=verdict,
            whole=verdict == "complete" and self._stop != ACCOUNTED,
        )

    def _first_time(self, entry: Entry) -> bool:
        key = article_key(entry.url, self._host)
        name = key.cms_id if key else canonical(entry.url)
        if name in self._seen:
            return False
        self._seen.add(name)
        if key is None:
            self._off_site += 1
        else:
            self._articles += 1
        return True

    def _judge(self, fresh: tuple[Entry, ...], standing: Collection[str]) -> None:
        if self._claimed is not None and self._distinct_rows() >= self._claimed:
            self._stop = "the claimed total is reached"
        elif self._pages > 1 and not fresh:
            self._stop = "a page brought no new entry"
        elif self._pages >= MAX_PAGES:
            self._stop = f"failed: more than {MAX_PAGES} pages"
        elif self._accounted(fresh, standing):
            self._stop = ACCOUNTED

    def _accounted(self, fresh: tuple[Entry, ...], standing: Collection[str]) -> bool:
        # Only a page that ends among known entries joins what is new to what is held.
        if self._full or not self._expected.known or not fresh:
            return False
        joined = fresh[-1].url in standing
        return joined and self._expected.rows + self._new == self._claimed

    def _distinct_rows(self) -> int:
        return self._articles + self._off_site + self._repeats

    def _verdict(self) -> str:
        stop = self._stop or "failed: interrupted"
        if stop.startswith("failed") or self._shrank():
            return "failed"
        if self._claimed is None:
            return "total unknown"
        if stop == ACCOUNTED:
            return "complete"
        lacking = self._claimed - self._distinct_rows()
        if lacking > 0:
            return f"short by {lacking}"
        distinct = self._articles + self._off_site
        return "complete" if distinct <= self._claimed else f"over by {distinct - self._claimed}"

    def _shrank(self) -> bool:
        # An empty or halved list with status 200 is an accident until a person says otherwise.
        held = self._expected.rows if self._expected.known else 0
        if self._stop == ACCOUNTED or held < SHRINK_GUARD or self._rows * 2 >= held:
            return False
        self._stop = f"failed: the list shrank from {held} to {self._rows} rows"
        return True
