"""Walks told as stories of one list: a server answers, the walk asks on, the ledger is true."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest

from crawler.ledger import ACCOUNTED, Expected
from crawler.listings import Entry, Listing, ListingRequest, Progress
from crawler.walk import Walk

HOST = "www.example.gov.cn"


def entry(number: int) -> Entry:
    return Entry(
        f"http://{HOST}/art/2026/3/1/art_7_{number}.html", f"第{number}号通知", date(2026, 3, 1)
    )


def rows(first: int, last: int) -> tuple[Entry, ...]:
    """Rows of a list by their place in it, both ends included."""
    return tuple(entry(number) for number in range(first, last + 1))


@dataclass
class Records:
    """A list asked for by records, as jpage is: `list_` is what the site holds, `serve` how."""

    list_: Sequence[Entry]
    window: int = 10
    serve: Callable[["Records", int, int], tuple[Entry, ...]] | None = None
    claimed: int | None = None
    dialect: str = "records"
    first: Listing | None = None
    asked: list[tuple[int, int]] = field(default_factory=list)

    def request(self, progress: Progress, latest: Listing | None) -> ListingRequest | None:
        start = progress.rows + 1
        if progress.claimed_total is not None and start > progress.claimed_total:
            return None
        return ListingRequest(f"http://{HOST}/proxy?{start}-{start + self.window - 1}")

    def parse(self, text: str, url: str) -> Listing:
        first, last = (int(part) for part in text.split("-"))
        self.asked.append((first, last))
        served = self.serve(self, first, last) if self.serve else self.between(first, last)
        return Listing(served, len(self.list_) if self.claimed is None else self.claimed)

    def between(self, first: int, last: int) -> tuple[Entry, ...]:
        return tuple(self.list_[first - 1 : last])


def walked(
    pager: Records,
    expected: Expected | None = None,
    standing: Sequence[Entry] = (),
    *,
    full: bool = True,
) -> Walk:
    walk = Walk(pager, HOST, expected or Expected(), full=full)
    known = {entry.url for entry in standing}
    for _ in range(100):
        request = walk.next_request()
        if request is None:
            return walk
        walk.take(pager.parse(request.url.rpartition("?")[2], request.url), known)
    raise AssertionError("the walk does not end")


def test_a_list_is_walked_to_the_total_that_it_claims() -> None:
    ledger = walked(Records(rows(1, 34))).ledger()

    assert (ledger.claimed_total, ledger.articles_seen, ledger.pages) == (34, 34, 4)
    assert (ledger.verdict, ledger.whole) == ("complete", True)


def test_a_server_that_caps_its_pages_loses_nothing() -> None:
    pager = Records(
        rows(1, 34), serve=lambda self, first, last: self.between(first, min(last, first + 3))
    )

    ledger = walked(pager).ledger()

    assert (ledger.articles_seen, ledger.repeats, ledger.verdict) == (34, 0, "complete")


def test_a_server_that_pads_its_pages_with_the_row_before_loses_nothing() -> None:
    pager = Records(
        rows(1, 34), serve=lambda self, first, last: self.between(max(1, first - 1), last)
    )

    ledger = walked(pager).ledger()

    assert (ledger.articles_seen, ledger.verdict) == (34, "complete")
    assert ledger.repeats == 3, "one at each seam"


def test_an_entry_that_stands_twice_counts_as_the_site_counts_it() -> None:
    list_ = (entry(5), *rows(1, 14), entry(99))

    ledger = walked(Records(list_, window=6)).ledger()

    assert (ledger.claimed_total, ledger.articles_seen, ledger.verdict) == (16, 15, "complete")
    assert ledger.whole


def test_articles_that_arrive_on_top_while_one_walks_push_nothing_past() -> None:
    def busy(self: Records, first: int, last: int) -> tuple[Entry, ...]:
        if len(self.asked) == 2:
            self.list_ = (*rows(101, 103), *self.list_)
        return self.between(first, last)

    walk = walked(Records(rows(1, 34), serve=busy))
    ledger = walk.ledger()

    assert ledger.articles_seen == 34, "all that stood when the walk began"
    assert ledger.verdict == "short by 3", "the new ones are on a page that was passed"
    assert "changed midway from 34 to 37" in ledger.stop_reason


def test_rows_that_leave_while_one_walks_may_have_let_others_slip_past() -> None:
    def shrinking(self: Records, first: int, last: int) -> tuple[Entry, ...]:
        if len(self.asked) == 2:
            self.list_ = self.list_[2:]
        return self.between(first, last)

    ledger = walked(Records(rows(1, 34), serve=shrinking)).ledger()

    assert (ledger.verdict, ledger.whole) == ("shifted", False)


@pytest.mark.parametrize(
    ("serve", "verdict", "reason"),
    [
        pytest.param(
            lambda self, first, last: () if first == 11 else self.between(first, last),
            "short by 24",
            "empty",
            id="a middle page is empty",
        ),
        pytest.param(
            lambda self, first, last: self.between(1, 10),
            "short by 24",
            "no new entry",
            id="a page is served again and again",
        ),
        pytest.param(
            lambda self, first, last: (
                self.between(first, last)[:-3] if first == 11 else self.between(first, last)
            ),
            "complete",
            "reached",
            id="a middle page is shorter than it should be",
        ),
    ],
)
def test_a_list_with_a_bad_page(
    serve: Callable[[Records, int, int], tuple[Entry, ...]], verdict: str, reason: str
) -> None:
    ledger = walked(Records(rows(1, 34), serve=serve)).ledger()

    assert ledger.verdict == verdict
    assert reason in ledger.stop_reason


def test_a_claim_that_is_too_high_is_a_shortfall_and_one_too_low_an_excess() -> None:
    assert walked(Records(rows(1, 8), claimed=12)).ledger().verdict == "short by 4"
    assert walked(Records(rows(1, 10), claimed=7)).ledger().verdict == "over by 3"


def test_a_failed_page_ends_the_walk_and_nothing_is_taken_to_have_left() -> None:
    pager = Records(rows(1, 34))
    walk = Walk(pager, HOST, Expected(), full=True)
    walk.take(pager.parse("1-10", ""), ())
    walk.fail("status 500")

    assert walk.next_request() is None
    assert (walk.ledger().verdict, walk.ledger().whole) == ("failed", False)


def test_an_unchanged_list_costs_one_page() -> None:
    list_ = rows(1, 34)

    walk = walked(Records(list_), Expected(34, known=True, recent=True), list_, full=False)

    ledger = walk.ledger()
    assert (ledger.pages, ledger.verdict, ledger.stop_reason) == (1, "complete", ACCOUNTED)
    assert not ledger.whole, "what was not looked at has not left"


def test_new_articles_on_top_are_joined_to_what_is_held_on_one_page() -> None:
    old = rows(1, 34)

    walk = walked(
        Records((*rows(101, 102), *old)), Expected(34, known=True, recent=True), old, full=False
    )

    assert (walk.ledger().pages, walk.ledger().verdict) == (1, "complete")


@pytest.mark.parametrize(
    ("now", "what"),
    [
        (rows(1, 33), "one left"),
        ((entry(200), *rows(1, 33)), "one came and one left"),
    ],
)
def test_a_list_that_does_not_add_up_is_walked_to_its_end(
    now: tuple[Entry, ...], what: str
) -> None:
    old = rows(1, 34)

    walk = walked(Records(now), Expected(34, known=True, recent=True), old, full=False)

    assert walk.ledger().pages == 4, what
    assert walk.ledger().whole


@dataclass
class ByRows(Records):
    """A list that can be asked for all that is left at once; `most` is what the server gives."""

    most: int = 1000

    def request(self, progress: Progress, latest: Listing | None) -> ListingRequest | None:
        request = super().request(progress, latest)
        if request is None or not progress.at_once:
            return request
        left = (progress.claimed_total or 0) - progress.rows
        last = min(len(self.list_), progress.rows + left, progress.rows + self.most)
        return ListingRequest(f"http://{HOST}/proxy?{progress.rows + 1}-{last}", (), left)


HELD = Expected(34, known=True, recent=True)


def test_a_list_that_was_seen_whole_lately_is_asked_for_whole_and_costs_one_answer() -> None:
    list_ = rows(1, 34)
    pager = ByRows(list_)

    ledger = walked(pager, HELD, list_, full=False).ledger()

    assert pager.asked == [(1, 34)]
    assert (ledger.pages, ledger.articles_seen, ledger.whole) == (1, 34, True)


def test_what_came_since_fits_into_the_same_answer() -> None:
    old = rows(1, 34)

    ledger = walked(ByRows((*rows(101, 140), *old)), HELD, old, full=False).ledger()

    assert (ledger.pages, ledger.articles_seen, ledger.whole) == (1, 74, True)


def test_one_that_left_is_seen_in_the_same_answer() -> None:
    old = rows(1, 34)

    ledger = walked(ByRows(old[:20] + old[21:]), HELD, old, full=False).ledger()

    assert (ledger.pages, ledger.articles_seen, ledger.whole) == (1, 33, True)


def test_a_server_that_gives_less_than_the_whole_is_asked_for_no_more_where_it_adds_up() -> None:
    list_ = rows(1, 34)

    ledger = walked(ByRows(list_, most=9), HELD, list_, full=False).ledger()

    assert (ledger.pages, ledger.articles_seen, ledger.verdict) == (1, 9, "complete")
    assert (ledger.stop_reason, ledger.whole) == (ACCOUNTED, False)


def test_where_it_does_not_add_up_the_walk_goes_on_from_what_came() -> None:
    old = rows(1, 34)
    pager = ByRows(rows(2, 34), most=9)

    ledger = walked(pager, HELD, old, full=False).ledger()

    assert pager.asked[:2] == [(1, 9), (10, 19)]
    assert (ledger.articles_seen, ledger.verdict, ledger.whole) == (33, "complete", True)


def test_a_question_for_all_that_is_refused_is_no_hole_in_the_list() -> None:
    list_ = rows(1, 34)
    walk = Walk(ByRows(list_), HOST, HELD, full=False)
    assert walk.next_request() is not None
    walk.fail("status 500")

    assert walk.refused
    following = walk.next_request()
    assert following is not None
    assert following.url.endswith("?1-10")


def test_of_more_rows_than_one_answer_should_hold_the_first_thousand_are_asked_for() -> None:
    list_ = rows(1, 2500)
    expected = Expected(2500, known=True, recent=True)

    ledger = walked(ByRows(list_), expected, list_, full=False).ledger()

    assert (ledger.pages, ledger.articles_seen, ledger.verdict) == (1, 1000, "complete")


def test_beside_what_the_page_shows_the_rest_is_had_in_one_answer() -> None:
    list_ = rows(1, 34)
    walk = Walk(ByRows(list_, first=Listing(rows(1, 10), 34)), HOST, HELD, full=False)
    walk.take(Listing(rows(1, 10), 34), {entry.url for entry in list_})
    asked = walk.next_request()

    assert asked is not None
    assert asked.url.endswith("?11-34")


def test_a_rest_that_cannot_be_had_changes_nothing() -> None:
    list_ = rows(1, 34)
    walk = Walk(ByRows(list_, first=Listing(rows(1, 10), 34)), HOST, HELD, full=False)
    walk.take(Listing(rows(1, 10), 34), {entry.url for entry in list_})
    assert walk.next_request() is not None
    walk.fail("status 500")

    assert walk.next_request() is None
    assert (walk.ledger().verdict, walk.ledger().stop_reason) == ("complete", ACCOUNTED)


def test_a_back_dated_entry_is_found_and_the_walk_stops_where_it_adds_up() -> None:
    old = rows(1, 34)
    now = (*rows(1, 14), entry(200), *rows(15, 34))

    walk = walked(Records(now), Expected(34, known=True, recent=True), old, full=False)

    assert (walk.ledger().pages, walk.ledger().stop_reason) == (2, ACCOUNTED)


@pytest.mark.parametrize("expected", [Expected(), Expected(34, known=True, recent=False)])
def test_without_a_recent_walk_to_the_end_nothing_is_taken_for_granted(expected: Expected) -> None:
    list_ = rows(1, 34)

    assert walked(Records(list_), expected, list_, full=False).ledger().pages == 4


@pytest.mark.parametrize("now", [(), rows(1, 10)])
def test_a_list_that_is_suddenly_empty_or_halved_is_not_believed(now: tuple[Entry, ...]) -> None:
    ledger = walked(Records(now, claimed=len(now)), Expected(34, known=True)).ledger()

    assert (ledger.verdict, ledger.whole) == ("failed", False)
    assert "shrank from 34" in ledger.stop_reason


def test_entries_of_other_sites_and_files_are_counted_but_are_no_articles() -> None:
    list_ = (
        *rows(1, 3),
        Entry("https://mp.weixin.qq.com/s/abc", "微信文章"),
        Entry(f"http://{HOST}/attach/0/a.pdf", "一份文件"),
    )

    ledger = walked(Records(list_)).ledger()

    assert (ledger.articles_seen, ledger.off_site, ledger.verdict) == (3, 2, "complete")


@dataclass
class ByPages(Records):
    """A list of numbered pages; those in `missing` never come."""

    missing: tuple[int, ...] = ()

    def request(self, progress: Progress, latest: Listing | None) -> ListingRequest | None:
        if latest is None:
            return ListingRequest(f"http://{HOST}/list?page=1")
        return latest.following

    def parse(self, text: str, url: str) -> Listing:
        page = int(text.partition("=")[2])
        self.asked.append((page, page))
        served = self.between((page - 1) * self.window + 1, page * self.window)
        more = page * self.window < len(self.list_)
        following = ListingRequest(f"http://{HOST}/list?page={page + 1}") if more else None
        return Listing(served, len(self.list_) if self.claimed is None else None, following)


def turned(pager: ByPages, expected: Expected | None = None) -> Walk:
    known = {entry.url for entry in pager.list_} if expected else set()
    walk = Walk(pager, HOST, expected or Expected(), full=expected is None)
    while request := walk.next_request():
        page = request.url.rpartition("?")[2]
        if int(page.partition("=")[2]) in pager.missing:
            pager.asked.append((int(page.partition("=")[2]), 0))
            walk.fail("status 500")
        else:
            walk.take(pager.parse(page, request.url), known)
    return walk


def test_a_page_that_never_comes_is_asked_again_once_at_the_end() -> None:
    pager = ByPages(rows(1, 34), missing=(2,))

    ledger = turned(pager).ledger()

    assert pager.asked == [(1, 1), (2, 0), (3, 3), (4, 4), (2, 0)]
    assert (ledger.verdict, ledger.articles_seen, ledger.pages) == ("short by 10", 24, 3)
    assert ledger.stop_reason.endswith("1 page was passed over: status 500")


def test_a_site_of_which_page_after_page_fails_is_not_asked_on() -> None:
    pager = ByPages(rows(1, 80), missing=(2, 3, 4, 5, 6, 7, 8))

    ledger = turned(pager).ledger()

    assert pager.asked == [(1, 1), (2, 0), (3, 0), (4, 0)]
    assert (ledger.verdict, ledger.whole) == ("failed", False)


def test_each_night_another_page_of_the_rest_is_looked_at() -> None:
    looked = []
    for since in range(5):
        pager = ByPages(rows(1, 34))
        walk = turned(pager, Expected(34, known=True, recent=True, since=since))
        looked.append([page for page, _ in pager.asked])
        assert (walk.ledger().verdict, walk.ledger().stop_reason) == ("complete", ACCOUNTED)

    assert looked == [[1, 2], [1, 3], [1, 4], [1, 2], [1, 3]]


@dataclass
class ByPagesAlone(ByPages):
    """A list that says how many pages it has and not how many rows."""

    def parse(self, text: str, url: str) -> Listing:
        listing = super().parse(text, url)
        return Listing(listing.entries, None, listing.following, -(-len(self.list_) // self.window))


def known_by_pages(now: Sequence[Entry], held: Sequence[Entry]) -> tuple[ByPagesAlone, Walk]:
    pager = ByPagesAlone(now)
    walk = Walk(pager, HOST, Expected(len(held), known=True, recent=True), full=False)
    known = {entry.url for entry in held}
    while request := walk.next_request():
        walk.take(pager.parse(request.url.rpartition("?")[2], request.url), known)
    return pager, walk


def test_a_list_that_claims_pages_alone_is_told_exactly_by_its_last_one() -> None:
    pager, walk = known_by_pages(rows(1, 34), rows(1, 34))

    assert pager.asked == [(1, 1), (4, 4)]
    assert (walk.ledger().verdict, walk.ledger().stop_reason) == ("complete", ACCOUNTED)
    assert not walk.ledger().whole


def test_new_rows_on_top_of_such_a_list_are_accounted_for() -> None:
    pager, walk = known_by_pages((*rows(101, 103), *rows(1, 34)), rows(1, 34))

    assert pager.asked == [(1, 1), (4, 4)]
    assert walk.ledger().stop_reason == ACCOUNTED


@pytest.mark.parametrize(
    ("now", "what"),
    [
        ((*rows(1, 14), *rows(16, 34)), "one left"),
        ((*rows(1, 14), entry(200), *rows(15, 34)), "one came in the middle"),
        ((*rows(1, 14), entry(200), *rows(16, 34)), "neither"),
    ],
)
def test_where_its_last_page_does_not_add_up_such_a_list_is_walked_to_its_end(
    now: tuple[Entry, ...], what: str
) -> None:
    pager, walk = known_by_pages(now, rows(1, 34))

    if what == "neither":
        assert pager.asked == [(1, 1), (4, 4)], "one for another is seen within the week"
        return
    assert pager.asked == [(1, 1), (4, 4), (2, 2), (3, 3)], "no page is asked for twice"
    assert (walk.ledger().verdict, walk.ledger().whole) == ("complete", True)
    assert walk.ledger().articles_seen == len(now)


def test_a_last_page_that_does_not_come_alone_is_no_reason_to_stop() -> None:
    list_ = rows(1, 34)
    pager = ByPagesAlone(list_)
    walk = Walk(pager, HOST, HELD, full=False)
    known = {entry.url for entry in list_}
    walk.next_request()
    walk.take(pager.parse("page=1", ""), known)
    walk.next_request()
    walk.fail("status 500")

    following = walk.next_request()
    assert following is not None
    assert following.url.endswith("page=2")
