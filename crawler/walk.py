"""A walk: one pass over one list of a channel. Pure: it asks and is answered."""

from collections.abc import Collection, Sequence
from datetime import date

from crawler.hanweb import canonical
from crawler.keys import article_key
from crawler.ledger import ACCOUNTED, Expected, Ledger, believed
from crawler.listings import Entry, Listing, ListingRequest, Pager, Progress

MAX_PAGES = 5000
"""A list that never ends is a trap: 5,000 pages are ten times the longest list seen."""

MAX_HOLES = 3
"""So many answers in a row without rows are no holes in a list but a site that is not well."""

MOST_AT_ONCE = 1000
"""No more rows are asked for in one answer: sites were seen to give 1,000 (nhsa, 2021)."""

REACHED = "the claimed total is reached"
NO_FURTHER = "the site offers no further page"
NOTHING_NEW = "a page brought no new entry"
EMPTY = "a page before the end was empty"


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
        self._rows = self._twice = self._pages = 0
        self._claimed: int | None = None
        self._first_claimed: int | None = None
        self._shrunk_midway = self._stale = False
        self._passed = self._holes = 0
        self._hole: str | None = None
        self._adds_up = False
        self._latest: Listing | None = None
        self._ends: list[date] = []
        self._asked: ListingRequest | None = None
        self._stop: str | None = None

    @property
    def distinct(self) -> int:
        """Rows that name something not named before in this walk."""
        return self._articles + self._off_site

    @property
    def _counted(self) -> int:
        return self.distinct + self._twice

    def take(self, listing: Listing, standing: Collection[str]) -> tuple[Entry, ...]:
        """Take in one listing; the entries not seen before in this walk.

        `standing` holds the addresses of entries that stand unchanged in the archive.
        """
        fresh = [self._first_time(entry) for entry in listing.entries]
        entries = tuple(e for e, new in zip(listing.entries, fresh, strict=True) if new)
        self._pages += 1
        self._rows += len(listing.entries)
        self._twice += _inside(fresh)
        self._latest = listing
        self._ends += [entry.listed_on for entry in listing.entries if entry.listed_on][-1:]
        self._note_total(listing.claimed_total)
        self._new += sum(1 for entry in entries if entry.url not in standing)
        self._judge(listing, entries, standing)
        return entries

    def next_request(self) -> ListingRequest | None:
        """The next question to the site; None when the walk has ended."""
        if self._stop is not None:
            return None
        if self._adds_up:
            return self._ask_for_the_rest()
        progress = Progress(self.distinct, self._pages, self._claimed, self._passed)
        request = self.pager.request(progress, self._latest)
        if request is None or request == self._asked:
            self._stop = NO_FURTHER if request is None else NOTHING_NEW
            return None
        self._asked = request
        return request

    def _ask_for_the_rest(self) -> ListingRequest | None:
        """What is held accounts for the total. Where the rest of the list can be had in a single
        answer, it is looked at all the same: an entry deep in it may have another title."""
        left = (self._claimed or 0) - self.distinct
        progress = Progress(self.distinct, self._pages, self._claimed, at_once=True)
        request = self.pager.request(progress, self._latest) if left <= MOST_AT_ONCE else None
        if request is None or not request.rows or request == self._asked:
            self._stop = ACCOUNTED
            return None
        self._asked = request
        return request

    def fail(self, reason: str) -> None:
        """A page could not be had. Where rows can be asked for by number the walk goes on after
        the hole; else it ends."""
        if self._adds_up:
            self._stop = ACCOUNTED  # it was only asked for to look closer
        elif not self._pass_hole(reason):
            self._stop = f"failed: {reason}"

    def ledger(self) -> Ledger:
        verdict = self._verdict()
        ledger = Ledger(
            claimed_total=self._claimed,
            entries_seen=self._rows,
            articles_seen=self._articles,
            repeats=self._rows - self.distinct,
            off_site=self._off_site,
            pages=self._pages,
            stop_reason=self._told(),
            verdict=verdict,
            whole=verdict == "complete" and self._stop != ACCOUNTED,
            ends_on=min(self._ends, default=None),
        )
        return believed(ledger, self._expected.rows if self._expected.known else 0)

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

    def _note_total(self, claimed: int | None) -> None:
        if claimed is None:
            return
        if self._claimed is not None and claimed < self._claimed:
            self._shrunk_midway = True
        if self._first_claimed is None:
            self._first_claimed = claimed
        self._claimed = claimed

    def _judge(self, listing: Listing, fresh: tuple[Entry, ...], standing: Collection[str]) -> None:
        if self._claimed is not None and self._counted >= self._claimed:
            self._stop = REACHED
        elif self._adds_up:
            self._stop = ACCOUNTED
        elif self._asked is not None and not listing.entries:
            if self._claimed is None:
                self._stop = NO_FURTHER
            elif not self._pass_hole(EMPTY):
                self._stop = EMPTY
        elif self._asked is not None and not fresh:
            if not self._pass_hole(NOTHING_NEW) and self._stale:
                self._stop = NOTHING_NEW
        elif self._pages >= MAX_PAGES:
            self._stop = f"failed: more than {MAX_PAGES} pages"
        elif self._accounted(fresh, standing):
            self._adds_up = True
        self._stale = not fresh
        self._holes = 0 if fresh else self._holes

    def _pass_hole(self, reason: str) -> bool:
        """Whether the rows asked for last can be passed over, so that those after them are had."""
        self._holes += 1
        if self._asked is None or not self._asked.rows or self._holes >= MAX_HOLES:
            return False
        self._passed += self._asked.rows
        self._hole = self._hole or reason
        return True

    def _accounted(self, fresh: tuple[Entry, ...], standing: Collection[str]) -> bool:
        # Only a page that ends among known entries joins what is new to what is held.
        if self._full or not self._expected.recent or not fresh:
            return False
        joined = fresh[-1].url in standing
        return joined and self._expected.rows + self._new == self._claimed

    def _verdict(self) -> str:
        if self._stop is None or self._stop.startswith("failed"):
            return "failed"
        if self._claimed is None:
            return "total unknown"
        if self._stop == ACCOUNTED:
            return "complete"
        if self._shrunk_midway:
            return "shifted"
        lacking = self._claimed - self.distinct
        if lacking > self._twice:
            return f"short by {lacking}"
        return "complete" if lacking >= 0 else f"over by {-lacking}"

    def _told(self) -> str:
        stop = self._stop or "failed: interrupted"
        if self._hole:
            stop += f"; {self._passed} rows were passed over: {self._hole}"
        if self._first_claimed != self._claimed:
            stop += f"; the total changed midway from {self._first_claimed} to {self._claimed}"
        return stop


def _inside(fresh: Sequence[bool]) -> int:
    """Repeated rows that stand after a new one on their page: entries that the list itself holds
    twice (pinned, and in their place). Repeats at a page's head are of the seam between pages,
    where a server pads or new articles push the list down: they count for nothing."""
    if True not in fresh:
        return 0
    return fresh[fresh.index(True) :].count(False)
