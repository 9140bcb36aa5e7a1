"""Lists of disclosed information say how many pages they have and not how many rows: their walks
are proved by the pages, and told short by what is lacking at the least."""

import pytest

from crawler.ledger import Ledger
from replica import Faults, World, serve
from replica.channels import POLICY
from replica.faults import Slip
from tests.crawls.walker import articles_of, walk_channel

WORLD = World(seed=7, size=2.2)
ROWS = len(WORLD.on(1).listed(POLICY))


def walked(faults: Faults) -> tuple[Ledger, list[str]]:
    with serve(WORLD, kind="xxgk", faults=faults) as site:
        url = site.channel_url(POLICY)
        ledger, entries = walk_channel(url)
        return ledger, articles_of(entries, url)


def listed() -> list[str]:
    return [str(row.article.number) for row in WORLD.on(1).listed(POLICY)]


def test_the_list_has_four_pages() -> None:
    assert 30 < ROWS < 40


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param(lambda: Faults(), id="well"),
        pytest.param(lambda: Faults(cap=7), id="a server that caps its pages"),
        pytest.param(lambda: Faults(pad=True), id="a server that pads its pages"),
        pytest.param(lambda: Faults(slips={15: Slip.FAILS_ONCE}), id="a page comes at last"),
    ],
)
def test_a_list_all_of_whose_pages_came_full_is_complete(faults: object) -> None:
    ledger, found = walked(faults())  # type: ignore[operator]

    assert sorted(found) == sorted(listed())
    assert (ledger.claimed_total, ledger.articles_seen) == (None, ROWS)
    assert (ledger.verdict, ledger.whole) == ("complete", True)


@pytest.mark.parametrize(
    ("slip", "lacking"),
    [(Slip.FAILS, 10), (Slip.WAF, 10), (Slip.EMPTY, 10), (Slip.REPEATS, 10), (Slip.SHORT, 5)],
)
def test_a_bad_page_in_the_middle_costs_its_own_rows_and_is_told(slip: Slip, lacking: int) -> None:
    ledger, found = walked(Faults(slips={15: slip}))

    assert len(set(found)) == len(found) == ledger.articles_seen == ROWS - lacking
    assert (ledger.claimed_total, ledger.verdict) == (None, f"short by {lacking}")
    assert not ledger.whole


def test_a_last_page_that_is_empty_lacks_one_row_at_the_least() -> None:
    ledger, _ = walked(Faults(slips={ROWS: Slip.EMPTY}))
    assert (ledger.articles_seen, ledger.verdict) == (30, "short by 1")


def test_rows_that_arrive_during_the_walk_are_told_as_lacking() -> None:
    ledger, found = walked(Faults(arrivals=4))

    assert len(set(listed()) - set(found)) == 4
    assert ledger.verdict == "short by 4"


def test_a_list_that_says_nothing_of_pages_is_walked_to_its_end_and_not_proved() -> None:
    ledger, _ = walked(Faults(untold=True))
    assert (ledger.articles_seen, ledger.verdict) == (ROWS, "total unknown")
