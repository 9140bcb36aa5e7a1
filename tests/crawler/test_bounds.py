"""A list that says how many pages it has, and not how many rows, is complete within a page."""

from dataclasses import dataclass

import pytest

from crawler.ledger import Expected, Ledger
from crawler.listings import Entry, Listing, ListingRequest, Progress
from crawler.walk import Walk
from tests.crawler.test_walk import HOST, rows


@dataclass
class Turned:
    """A list of numbered pages. `pages` holds those that come, `claimed` what each says of their
    number."""

    pages: dict[int, tuple[Entry, ...]]
    claimed: list[int | None]
    first: Listing | None = None
    dialect: str = "turned"

    def request(self, progress: Progress, latest: Listing | None) -> ListingRequest | None:
        number = progress.pages + 1
        pages = latest.claimed_pages if latest else None
        if latest and number > (pages or len(self.pages)):
            return None
        return ListingRequest(f"http://{HOST}/search.jsp?currpage={number}")

    def parse(self, text: str, url: str) -> Listing:
        number = int(url.rpartition("=")[2])
        return Listing(self.pages[number], claimed_pages=self.claimed[number - 1])


def walked(pages: dict[int, tuple[Entry, ...]], *claimed: int | None) -> Ledger:
    list_ = Turned(pages, list(claimed))
    walk = Walk(list_, HOST, Expected(), full=True)
    while request := walk.next_request():
        if int(request.url.rpartition("=")[2]) in pages:
            walk.take(list_.parse("", request.url), ())
        else:
            walk.fail("status 500")
    return walk.ledger()


THREE = {1: rows(1, 10), 2: rows(11, 20), 3: rows(21, 24)}


def test_every_page_read_and_all_but_the_last_full_is_complete() -> None:
    ledger = walked(THREE, 3, 3, 3)
    assert (ledger.claimed_total, ledger.verdict, ledger.whole) == (None, "complete", True)


@pytest.mark.parametrize(
    ("pages", "lacking"),
    [
        pytest.param(THREE | {2: rows(11, 17)}, 3, id="a page in the middle is not full"),
        pytest.param(THREE | {2: rows(1, 10)}, 10, id="a page comes twice"),
        pytest.param(THREE | {2: ()}, 10, id="a page in the middle is empty"),
        pytest.param({1: rows(1, 10), 3: rows(21, 24)}, 10, id="a page fails"),
        pytest.param(THREE | {3: ()}, 1, id="the last page is empty: one row at least"),
        pytest.param(THREE | {2: (*rows(7, 10), *rows(11, 16))}, 4, id="rows slid down by four"),
    ],
)
def test_what_is_lacking_at_the_least_is_told(
    pages: dict[int, tuple[Entry, ...]], lacking: int
) -> None:
    ledger = walked(pages, 3, 3, 3)
    assert (ledger.claimed_total, ledger.verdict) == (None, f"short by {lacking}")
    assert not ledger.whole


def test_a_list_that_loses_a_page_under_the_walk_has_shifted() -> None:
    ledger = walked({1: rows(1, 10), 2: rows(11, 20)}, 3, 2)
    assert ledger.verdict == "shifted"
    assert "the pages changed midway from 3 to 2" in ledger.stop_reason


def test_a_list_that_tells_neither_rows_nor_pages_stays_unknown() -> None:
    assert walked(THREE, None, None, None).verdict == "total unknown"


def test_an_empty_list_of_one_page_is_not_proved_to_be_empty() -> None:
    assert walked({1: ()}, 1).verdict == "total unknown"
