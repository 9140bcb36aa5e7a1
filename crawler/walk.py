"""A walk: one pass over one list of a channel. Pure: it asks and is answered."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from crawler import verdicts
from crawler.claims import Claims
from crawler.holes import Holes
from crawler.ledger import ACCOUNTED, Expected, Ledger, believed
from crawler.listings import Entry, Listing, ListingRequest, Pager, Progress, turning
from crawler.shortcuts import Shortcuts
from crawler.tally import Tally

MAX_PAGES = 5000
"""A list that never ends is a trap: 5,000 pages are ten times the longest list seen."""

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
        self._shortcuts = Shortcuts(pager, expected, full=full)
        self._tally, self._claims, self._holes = Tally(host), Claims(), Holes()
        self._new = self._pages = self._turned = 0
        self._adds_up = self._stale = self._joined = False
        self._latest: Listing | None = None
        self._asked: ListingRequest | None = None
        self._missed: ListingRequest | None = None
        self._measured: ListingRequest | None = None
        self._ends: list[date] = []
        self._stop: str | None = None

    @property
    def refused(self) -> bool:
        """Whether the site gave no rows to the question for all of them at once."""
        return self._shortcuts.refused

    @property
    def opens(self) -> bool:
        """Whether all rows at once were asked for last, in the walk's first question."""
        return self._shortcuts.opens(self._asked)

    def take(self, listing: Listing, standing: Collection[str]) -> tuple[Entry, ...]:
        """Take in one listing; the entries not seen before in this walk.

        `standing` holds the addresses of entries that stand unchanged in the archive.
        """
        if self.opens and not listing.entries and self._expected.rows:
            self._shortcuts.refused = True
            return ()
        fresh = self._count(listing)
        self._new += sum(1 for entry in fresh if entry.url not in standing)
        if self._measures:
            if self._shortcuts.told_by_last(listing, self._claims, self._new):
                self._stop = ACCOUNTED
            return fresh
        self._latest, self._missed = listing, None
        # Only a page that ends among known entries joins what is new to what is held.
        self._joined = bool(fresh) and fresh[-1].url in standing
        self._judge(listing, fresh)
        return fresh

    def next_request(self) -> ListingRequest | None:
        """The next question to the site; None when the walk has ended."""
        request = None
        if self._stop is None:
            request = self._look_closer() if self._adds_up else self._go_on()
        if self._stop is not None and not verdicts.failed(self._stop) and not self._adds_up:
            request = self._holes.next_again()
        self._asked = request or self._asked
        return request

    def fail(self, reason: str) -> None:
        """A page could not be had. Where the list can be asked for by rows or by the number of a
        page, the walk goes on after the hole, and asks for it again at its end; else it ends."""
        if self.opens:
            self._shortcuts.refused = True
            return
        self._turned += 1
        looked = self._adds_up or self._measures
        again = self._asked is not None and self._asked.again
        if not looked and not again and not self._pass_hole(reason):
            self._stop = f"failed: {reason}"

    def ledger(self) -> Ledger:
        """What was seen against what was claimed, so far."""
        holes = self._holes.open
        verdict = verdicts.verdict(self._stop, self._claims, self._tally, holes=holes)
        told = (self._stop or "failed: interrupted") + self._holes.told() + self._claims.told()
        ledger = Ledger(
            claimed_total=self._claims.total,
            entries_seen=self._tally.rows,
            articles_seen=self._tally.articles,
            repeats=self._tally.rows - self._tally.distinct,
            off_site=self._tally.off_site,
            pages=self._pages,
            stop_reason=told,
            verdict=verdict,
            whole=verdict == "complete" and self._stop != ACCOUNTED,
            ends_on=min(self._ends, default=None),
        )
        return believed(ledger, self._expected.rows if self._expected.known else 0)

    @property
    def _measures(self) -> bool:
        return self._shortcuts.measures(self._asked)

    @property
    def _number(self) -> int:
        """The number of the page asked for last; the channel's own page is the first."""
        return turning.number_of(self._asked) if self._asked else 1

    def _count(self, listing: Listing) -> tuple[Entry, ...]:
        looking = self._adds_up or self._measures
        before = self._tally.counted
        fresh = self._tally.take(listing.entries, self._asked, looking=looking)
        counted = self._tally.counted - before
        # Where all was asked for, the site may count pages of the size that it was asked for.
        said = replace(listing, claimed_pages=None) if self.opens else listing
        self._claims.take(said, self._number, counted, looking=looking)
        self._pages += 1
        self._turned += 1
        self._ends += [entry.listed_on for entry in listing.entries if entry.listed_on][-1:]
        return fresh

    def _judge(self, listing: Listing, fresh: tuple[Entry, ...]) -> None:
        asked, claimed = self._asked, self._claims.total
        if asked is not None and asked.again and fresh:
            self._holes.fill(asked)
        if claimed is not None and self._tally.counted >= claimed:
            self._stop = REACHED
        elif self._adds_up or self._stop is not None:
            return
        elif asked is not None and not fresh:
            self._judge_hole(NOTHING_NEW if listing.entries else EMPTY)
        elif self._pages >= MAX_PAGES:
            self._stop = f"failed: more than {MAX_PAGES} pages"
        elif self._joined:
            self._adds_up = self._shortcuts.accounts(self._new, claimed)
        self._stale = not fresh
        if fresh:
            self._holes.came()

    def _judge_hole(self, reason: str) -> None:
        """A page that brought nothing: a hole, or the end of a list that does not tell its end."""
        if reason == EMPTY and not self._claims.more_after(self._number):
            self._stop = NO_FURTHER
        elif not self._pass_hole(reason) and (reason == EMPTY or self._stale):
            self._stop = reason

    def _pass_hole(self, reason: str) -> bool:
        """Whether the page asked for last can be passed over, so that those after it are had."""
        asked = self._asked
        if asked is None:
            return False
        by_number = 0 < self._number <= self._claims.last_page
        passed = self._holes.pass_over(asked, reason, can=bool(asked.rows) or by_number)
        self._missed = asked if passed and not asked.rows else None
        return passed

    def _go_on(self) -> ListingRequest | None:
        if (shortcut := self._shortcut()) is not None:
            return shortcut
        request = self._after_hole(self._missed) if self._missed else self._following()
        if request is None or request == self._asked or request == self._measured:
            self._stop = NOTHING_NEW if request and request == self._asked else NO_FURTHER
            return None
        return request

    def _shortcut(self) -> ListingRequest | None:
        if self._pages == 0:
            return self._shortcuts.opening()
        if self._pages == 1 and self._joined and self._measured is None:
            self._measured = self._shortcuts.last(self._latest, self._claims)
            return self._measured
        return None

    def _following(self) -> ListingRequest | None:
        return self.pager.request(self._progress(), self._latest)

    def _after_hole(self, missed: ListingRequest) -> ListingRequest | None:
        number = turning.number_of(missed)
        return turning.turned(missed, number + 1) if number < self._claims.last_page else None

    def _progress(self) -> Progress:
        distinct, total = self._tally.distinct, self._claims.total
        return Progress(distinct, self._turned, total, self._holes.rows)

    def _look_closer(self) -> ListingRequest | None:
        request = self._shortcuts.look(self._latest, self._progress(), self._claims)
        if request is None or request == self._asked:
            self._stop = ACCOUNTED
            return None
        return request
