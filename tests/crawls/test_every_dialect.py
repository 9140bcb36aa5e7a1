"""Every dialect in which such sites list articles, well and ailing: the ledger is exact each time.

The list is that of 通知公告: 78 articles. Faults strike the answer that holds row 50.
"""

from dataclasses import dataclass

import pytest

from crawler.hanweb import article_address
from crawler.ledger import Ledger
from replica import KINDS, Faults, World, serve
from replica.channels import NOTICES
from replica.faults import Slip
from replica.kinds.base import Kind
from replica.twists import Twists
from tests.crawls.conftest import Book, Crawl, night
from tests.crawls.walker import articles_of, walk_channel

WORLD = World(seed=7)
ROWS = 78


@dataclass(frozen=True)
class Pages:
    """How a kind pages its list: rows an answer holds around row 50, and whether any row can be
    asked for by its number (then a page that is too short loses nothing) or pages alone."""

    first: int
    last: int
    by_rows: bool

    @property
    def rows(self) -> int:
        return self.last - self.first + 1


REASONS = {
    Slip.FAILS: "status 500",
    Slip.WAF: "",
    Slip.EMPTY: "a page before the end was empty",
    Slip.REPEATS: "a page brought no new entry",
}
GROUPS = Pages(31, 60, by_rows=True)
KNOWN = {
    "jpage_web": GROUPS,
    "jpage_array": GROUPS,
    "morecolumn": Pages(46, 60, by_rows=True),
    "xxgk": GROUPS,
    "gbk": GROUPS,
    "gbk_mislabelled": GROUPS,
    "utf8_mislabelled": GROUPS,
    "jpage_cloud": Pages(46, 78, by_rows=True),
    "jpage_plain": Pages(41, 60, by_rows=False),
    "static": Pages(46, 60, by_rows=False),
    "jpaas": Pages(46, 60, by_rows=False),
}


def walked(kind: str, faults: Faults) -> tuple[Ledger, list[str]]:
    with serve(WORLD, kind=kind, faults=faults) as site:
        url = site.channel_url(NOTICES)
        ledger, entries = walk_channel(url)
        return ledger, articles_of(entries, url)


def listed(kind: Kind) -> list[str]:
    addresses = (
        article_address(f"http://here{kind.article_path(row)}")
        for row in WORLD.on(1).listed(NOTICES)
    )
    return [address.cms_id for address in addresses if address]


def test_every_kind_of_the_replica_is_here() -> None:
    assert set(KNOWN) == set(KINDS)


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize(
    "faults",
    [
        pytest.param(lambda: Faults(), id="well"),
        pytest.param(lambda: Faults(cap=7), id="a server that caps its pages"),
        pytest.param(lambda: Faults(pad=True), id="a server that pads its pages"),
    ],
)
def test_a_list_is_found_whole_whatever_its_pages_hold(kind: str, faults: object) -> None:
    ledger, found = walked(kind, faults())  # type: ignore[operator]

    assert sorted(found) == sorted(listed(KINDS[kind])), "all of it, and nothing else"
    assert (ledger.claimed_total, ledger.articles_seen, ledger.off_site) == (ROWS, ROWS, 0)
    assert (ledger.verdict, ledger.whole) == ("complete", True)


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("slip", [Slip.FAILS, Slip.WAF, Slip.EMPTY, Slip.REPEATS])
def test_a_bad_page_in_the_middle_costs_its_own_rows_alone_and_is_told(
    kind: str, slip: Slip
) -> None:
    pages = KNOWN[kind]
    ledger, found = walked(kind, Faults(slips={50: slip}))

    assert not ledger.whole
    assert len(set(found)) == len(found) == ledger.articles_seen
    assert (ledger.claimed_total, ledger.articles_seen) == (ROWS, ROWS - pages.rows)
    assert ledger.verdict == f"short by {pages.rows}", "what comes after it is read"
    hole = f"{pages.rows} rows were" if pages.by_rows else "1 page was"
    assert f"; {hole} passed over: {REASONS[slip]}" in ledger.stop_reason
    if slip is Slip.REPEATS:
        assert ledger.repeats == 2 * pages.rows, "it was asked for again"


@pytest.mark.parametrize("kind", KNOWN)
def test_a_page_that_is_too_short_loses_nothing_where_rows_can_be_asked_for(kind: str) -> None:
    pages = KNOWN[kind]
    ledger, _ = walked(kind, Faults(slips={50: Slip.SHORT}))

    lost = 0 if pages.by_rows else pages.rows - pages.rows // 2
    assert ledger.articles_seen == ROWS - lost
    assert ledger.verdict == ("complete" if not lost else f"short by {lost}")


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("slip", [Slip.FAILS_ONCE])
def test_a_page_that_comes_when_it_is_asked_for_again_costs_nothing(kind: str, slip: Slip) -> None:
    ledger, found = walked(kind, Faults(slips={50: slip}))

    assert sorted(found) == sorted(listed(KINDS[kind]))
    assert (ledger.verdict, ledger.repeats, ledger.whole) == ("complete", 0, True)
    assert "passed over" not in ledger.stop_reason


@pytest.mark.parametrize("kind", KNOWN)
def test_a_last_page_that_never_comes_is_short_and_not_the_end_of_the_list(kind: str) -> None:
    ledger, _ = walked(kind, Faults(slips={ROWS: Slip.FAILS}))

    assert ledger.articles_seen < ROWS
    assert ledger.verdict == f"short by {ROWS - ledger.articles_seen}"
    assert ledger.stop_reason.endswith("passed over: status 500")


@pytest.mark.parametrize("kind", KNOWN)
@pytest.mark.parametrize("cap", [None, 7, 8, 9])
def test_an_article_that_stands_twice_is_counted_as_the_site_counts_it_wherever_pages_end(
    kind: str, cap: int | None
) -> None:
    world = World(seed=7, twists=Twists(twice=True))
    with serve(world, kind=kind, faults=Faults(cap=cap)) as site:
        ledger, _ = walk_channel(site.channel_url(NOTICES))

    assert (ledger.claimed_total, ledger.articles_seen) == (ROWS + 1, ROWS)
    assert (ledger.verdict, ledger.whole) == ("complete", True)


@pytest.mark.parametrize("kind", KNOWN)
def test_a_claim_without_ground_is_told_as_a_shortfall(kind: str) -> None:
    ledger, _ = walked(kind, Faults(total_drift=3))

    assert ledger.articles_seen == ROWS
    assert (ledger.claimed_total, ledger.verdict) == (ROWS + 3, "short by 3")


@pytest.mark.parametrize("kind", KNOWN)
def test_a_list_without_a_total_is_walked_to_where_it_ends(kind: str) -> None:
    ledger, _ = walked(kind, Faults(untold=True))

    assert (ledger.claimed_total, ledger.articles_seen) == (None, ROWS)
    assert (ledger.verdict, ledger.whole) == ("total unknown", False)


@pytest.mark.parametrize("kind", KNOWN)
def test_articles_that_arrive_during_the_walk_push_no_other_out_of_sight(kind: str) -> None:
    ledger, found = walked(kind, Faults(arrivals=4))

    passed = set(listed(KINDS[kind])) - set(found)
    assert len(passed) == 4, "the new ones, on a page that was read before they came"
    assert ledger.verdict == "short by 4"
    assert "changed midway from 74 to 78" in ledger.stop_reason
    assert not ledger.whole


@pytest.mark.parametrize("kind", KNOWN)
def test_rows_that_leave_during_the_walk_pull_others_past_it_and_that_is_told(kind: str) -> None:
    ledger, found = walked(kind, Faults(departures=4))

    slipped = set(listed(KINDS[kind])) - set(found)
    assert len(slipped) == 4, "they slid up to a page that was read before"
    assert (ledger.claimed_total, ledger.articles_seen) == (ROWS - 4, ROWS - 4)
    assert (ledger.verdict, ledger.whole) == ("shifted", False)
    assert "changed midway from 78 to 74" in ledger.stop_reason


def test_three_thousand_articles_over_all_dialects_are_found_once_each_and_none_is_invented() -> (
    None
):
    world = World(seed=11, size=2.4)
    found_in_all = 0
    for kind in KNOWN:
        with serve(world, kind=kind) as site:
            for channel in world.on(1).channels:
                url = site.channel_url(channel.number)
                ledger, entries = walk_channel(url)
                listed_here = world.on(1).listed(channel.number)
                found = articles_of(entries, url)
                assert len(found) == len(set(found)) == len(listed_here), (kind, channel.name)
                assert ledger.repeats == 0
                found_in_all += len(found)
    assert found_in_all > 3000


@pytest.mark.parametrize("kind", KNOWN)
def test_a_first_crawl_holds_every_article_of_every_kind(
    kind: str, crawl: Crawl, book: Book
) -> None:
    with serve(World(seed=7, size=0.35), kind=kind) as site:
        ended = crawl("hanweb", url=site.url, clock=night(1))
        world = site.world.on(1)
        truth = {a.content.title: a.content.body for a in world.articles.values()}

    assert ended.code == 0, (ended.out, ended.err)
    verdicts = {verdict for (verdict,) in book.ask("SELECT DISTINCT verdict FROM walks")}
    untold = {"total unknown"} if kind in ("static", "xxgk") else set()
    assert verdicts <= {"complete"} | untold, "a short list of one page may claim no total"
    held = dict(book.ask("SELECT title, body FROM versions"))
    assert set(held) == set(truth)
    assert book.count("versions") == len(world.articles)


@pytest.mark.parametrize("kind", ["jpage_web", "jpage_plain", "static", "jpaas"])
@pytest.mark.parametrize(("arrivals", "departures"), [(4, 0), (0, 4)])
def test_what_a_first_walk_missed_is_found_by_the_second_the_same_night(
    kind: str, arrivals: int, departures: int, crawl: Crawl, book: Book
) -> None:
    faults = Faults(slips={50: Slip.FAILS_ONCE}, arrivals=arrivals, departures=departures)
    with serve(WORLD, kind=kind, faults=faults) as site:
        ended = crawl("hanweb", url=site.channel_url(NOTICES))

    assert ended.code == 0, (ended.out, ended.err)
    assert book.ask("SELECT verdict FROM walks ORDER BY id DESC LIMIT 1") == [("complete",)]
    assert book.count("versions") == ROWS
