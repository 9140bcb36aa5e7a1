"""A walk: one pass over one list of a channel. Pure: it asks and is answered."""

from collections.abc import Collection
from datetime import date

from crawler.bounds import Bounds
from crawler.holes import Holes
from crawler.ledger import ACCOUNTED, Expected, Ledger, believed
from crawler.listings import Entry, Listing, ListingRequest, Pager, Progress, turning
from crawler.tally import Tally

MAX_PAGES = 5000
"""A list that never ends is a trap: 5,000 pages are ten times the longest list seen."""

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
        self._expected = expected
        self._full = full
        self._tally = Tally(host)
        self._new = self._pages = 0
        self._claimed: int | None = None
        self._first_claimed: int | None = None
        self._shrunk_midway = self._stale = False
        self._claimed_pages: int | None = None
        self._largest = self._turned = 0
        self._holes = Holes()
        self._bounds = Bounds()
        self._missed: ListingRequest | None = None
        self._adds_up = False
        self._looks = iter((self._all_at_once, self._another_page))
        self._latest: Listing | None = None
        self._turnable: ListingRequest | None = None
        self._ends: list[date] = []
        self._asked: ListingRequest | None = None
        self._stop: str | None = None

    def take(self, listing: Listing, standing: Collection[str]) -> tuple[Entry, ...]:
        """Take in one listing; the entries not seen before in this walk.

        `standing` holds the addresses of entries that stand unchanged in the archive.
        """
        before = self._tally.counted
        entries = self._tally.take(listing.entries, self._asked, looking=self._adds_up)
        number = turning.number_of(self._asked) if self._asked else 1
        self._bounds.take(number, self._tally.counted - before, listing.claimed_pages)
        self._pages += 1
        self._turned += 1
        self._latest, self._missed = listing, None
        self._note_pages(listing)
        self._ends += [entry.listed_on for entry in listing.entries if entry.listed_on][-1:]
        self._note_total(listing.claimed_total)
        self._new += sum(1 for entry in entries if entry.url not in standing)
        self._judge(listing, entries, standing)
        return entries

    def next_request(self) -> ListingRequest | None:
        """The next question to the site; None when the walk has ended."""
        request = None
        if self._stop is None:
            request = self._look_closer() if self._adds_up else self._go_on()
        if self._stop is not None and not self._failed and not self._adds_up:
            request = self._holes.next_again()
        self._asked = request or self._asked
        return request

    def _go_on(self) -> ListingRequest | None:
        request = self._after_hole(self._missed) if self._missed else self._following()
        if request is None or request == self._asked:
            self._stop = NO_FURTHER if request is None else NOTHING_NEW
            return None
        return request

    def _following(self) -> ListingRequest | None:
        progress = Progress(self._tally.distinct, self._turned, self._claimed, self._holes.rows)
        return self.pager.request(progress, self._latest)

    def _after_hole(self, missed: ListingRequest) -> ListingRequest | None:
        number = turning.number_of(missed)
        return turning.turned(missed, number + 1) if number < self._last_page else None

    def _look_closer(self) -> ListingRequest | None:
        """What is held accounts for the total. The rest is looked at all the same, since an entry
        deep in it may have another title: in a single answer where the site gives that, else one
        page of it, another one each time."""
        for look in self._looks:
            request = look()
            if request is not None and request != self._asked:
                return request
        self._stop = ACCOUNTED
        return None

    def _all_at_once(self) -> ListingRequest | None:
        self._turnable = self._latest.following if self._latest else None
        if (self._claimed or 0) - self._tally.distinct > MOST_AT_ONCE:
            return None
        progress = Progress(self._tally.distinct, self._turned, self._claimed, at_once=True)
        request = self.pager.request(progress, self._latest)
        return request if request is not None and request.rows else None

    def _another_page(self) -> ListingRequest | None:
        first = turning.number_of(self._turnable) if self._turnable else 0
        left = self._last_page - first + 1
        if self._turnable is None or first == 0 or left <= 0:
            return None
        return turning.turned(self._turnable, first + self._expected.since % left)

    @property
    def _last_page(self) -> int:
        """The number of the list's last page, by what the site says; 0 where it says nothing."""
        if self._claimed_pages is not None:
            return self._claimed_pages
        return -(-self._claimed // self._largest) if self._claimed and self._largest else 0

    def fail(self, reason: str) -> None:
        """A page could not be had. Where the list can be asked for by rows or by the number of a
        page, the walk goes on after the hole, and asks for it again at its end; else it ends."""
        self._turned += 1
        looked = self._adds_up or (self._asked is not None and self._asked.again)
        if not looked and not self._pass_hole(reason):
            self._stop = f"failed: {reason}"

    def ledger(self) -> Ledger:
        verdict = self._verdict()
        ledger = Ledger(
            claimed_total=self._claimed,
            entries_seen=self._tally.rows,
            articles_seen=self._tally.articles,
            repeats=self._tally.rows - self._tally.distinct,
            off_site=self._tally.off_site,
            pages=self._pages,
            stop_reason=self._told(),
            verdict=verdict,
            whole=verdict == "complete" and self._stop != ACCOUNTED,
            ends_on=min(self._ends, default=None),
        )
        return believed(ledger, self._expected.rows if self._expected.known else 0)

    def _note_pages(self, listing: Listing) -> None:
        if not self._adds_up:
            self._largest = max(self._largest, len(listing.entries))
            self._claimed_pages = listing.claimed_pages or self._claimed_pages

    def _note_total(self, claimed: int | None) -> None:
        if claimed is None:
            return
        if self._claimed is not None and claimed < self._claimed:
            self._shrunk_midway = True
        if self._first_claimed is None:
            self._first_claimed = claimed
        self._claimed = claimed

    def _judge(self, listing: Listing, fresh: tuple[Entry, ...], standing: Collection[str]) -> None:
        asked = self._asked
        if asked is not None and asked.again and fresh:
            self._holes.fill(asked)
        if self._claimed is not None and self._tally.counted >= self._claimed:
            self._stop = REACHED
        elif self._adds_up or self._stop is not None:
            return
        elif asked is not None and not fresh:
            self._judge_hole(NOTHING_NEW if listing.entries else EMPTY)
        elif self._pages >= MAX_PAGES:
            self._stop = f"failed: more than {MAX_PAGES} pages"
        elif self._accounted(fresh, standing):
            self._adds_up = True
        self._stale = not fresh
        if fresh:
            self._holes.came()

    def _judge_hole(self, reason: str) -> None:
        """A page that brought nothing: a hole, or the end of a list that does not tell its end."""
        if reason == EMPTY and not self._claims_more:
            self._stop = NO_FURTHER
        elif not self._pass_hole(reason) and (reason == EMPTY or self._stale):
            self._stop = reason

    @property
    def _claims_more(self) -> bool:
        """Whether the site says that rows or pages must come after the page asked for last."""
        number = turning.number_of(self._asked) if self._asked else 0
        return self._claimed is not None or 0 < number < (self._claimed_pages or 0)

    def _pass_hole(self, reason: str) -> bool:
        """Whether the page asked for last can be passed over, so that those after it are had."""
        asked = self._asked
        if asked is None:
            return False
        by_number = 0 < turning.number_of(asked) <= self._last_page
        passed = self._holes.pass_over(asked, reason, can=bool(asked.rows) or by_number)
        self._missed = asked if passed and not asked.rows else None
        return passed

    def _accounted(self, fresh: tuple[Entry, ...], standing: Collection[str]) -> bool:
        # Only a page that ends among known entries joins what is new to what is held.
        if self._full or not self._expected.recent or not fresh:
            return False
        joined = fresh[-1].url in standing
        return joined and self._expected.rows + self._new == self._claimed

    @property
    def _failed(self) -> bool:
        return self._stop is not None and self._stop.startswith("failed")

    def _verdict(self) -> str:
        if self._stop is None or self._failed:
            return "failed"
        if self._claimed is None:
            return self._verdict_by_pages()
        if self._stop == ACCOUNTED:
            return "complete"
        if self._shrunk_midway:
            return "shifted"
        lacking = self._claimed - self._tally.distinct
        if lacking > self._tally.twice:
            return f"short by {lacking}"
        return "complete" if lacking >= 0 else f"over by {-lacking}"

    def _verdict_by_pages(self) -> str:
        lacking = self._bounds.lacking
        if lacking is None:
            return "failed" if self._holes.open else "total unknown"
        if self._bounds.shrunk:
            return "shifted"
        return f"short by {lacking}" if lacking else "complete"

    def _told(self) -> str:
        stop = self._stop or "failed: interrupted"
        stop += self._holes.told()
        if self._claimed is None:
            stop += self._bounds.told()
        if self._first_claimed != self._claimed:
            stop += f"; the total changed midway from {self._first_claimed} to {self._claimed}"
        return stop
