"""Lists that go wrong, in every kind of site: a page, a total, or the ground under the walker."""

from urllib.error import HTTPError

import pytest

from replica import KINDS, Ailment, Faults, Slip, World, serve
from replica.channels import NEWS, NOTICES, OPEN
from tests.replica.walkers import Refused, walk

WORLD = World(seed=7, size=3)
LONG = {"xxgk": OPEN, "morecolumn": NEWS}
MIDDLE = 50
UNLIKE = sorted(KINDS.keys() - {"gbk_mislabelled", "utf8_mislabelled"})


@pytest.fixture(scope="module", params=UNLIKE)
def running(request):
    with serve(WORLD, kind=request.param) as site:
        yield site


@pytest.fixture
def site(running):
    yield running
    running.faults = Faults()


@pytest.fixture(scope="module")
def well(running):
    """The walk of the same list when nothing is wrong."""
    running.faults = Faults()
    return listed(running)


@pytest.fixture
def at(well):
    """The number of the page that holds the row in the middle."""
    return next(i for i in range(99) if sum(map(len, well.pages[: i + 1])) >= MIDDLE)


def listed(site):
    return walk(site, LONG.get(site.kind.name, NOTICES))


def test_the_list_is_long_enough_for_these_stories(well, at):
    assert 0 < at < len(well.pages) - 1


def test_a_page_in_the_middle_can_be_empty(site, well, at):
    site.faults = Faults(slips={MIDDLE: Slip.EMPTY})
    walked = listed(site)
    assert walked.pages[:at] == well.pages[:at]
    assert walked.pages[at] == []


def test_a_page_in_the_middle_can_be_shorter_than_asked(site, well, at):
    site.faults = Faults(slips={MIDDLE: Slip.SHORT})
    whole = well.pages[at]
    assert listed(site).pages[at] == whole[: len(whole) // 2]


def test_a_page_can_repeat_the_one_before(site, well, at):
    site.faults = Faults(slips={MIDDLE: Slip.REPEATS})
    assert listed(site).pages[at] == well.pages[at - 1]


def test_a_page_can_always_fail(site):
    site.faults = Faults(slips={MIDDLE: Slip.FAILS})
    for _ in range(2):
        with pytest.raises(HTTPError, match="500") as failed:
            listed(site)
        failed.value.close()


def test_a_page_can_fail_once_and_then_work(site, well):
    site.faults = Faults(slips={MIDDLE: Slip.FAILS_ONCE})
    with pytest.raises(HTTPError, match="500") as failed:
        listed(site)
    failed.value.close()
    assert listed(site).pages == well.pages


def test_new_faults_have_not_failed_yet(site):
    for _ in range(2):
        site.faults = Faults(slips={MIDDLE: Slip.FAILS_ONCE})
        with pytest.raises(HTTPError, match="500") as failed:
            listed(site)
        failed.value.close()


@pytest.mark.parametrize(
    "faults", [Faults(slips={MIDDLE: Slip.WAF}), Faults(listings=Ailment.WAF)], ids=["one", "all"]
)
def test_a_firewall_can_answer_instead_of_the_list(site, faults):
    site.faults = faults
    with pytest.raises(Refused):
        listed(site)
    assert site.requests[-1].status == 200


def test_several_pages_can_slip_in_one_walk(site, well, at):
    site.faults = Faults(slips={MIDDLE: Slip.SHORT, 1000: Slip.FAILS})
    assert len(listed(site).pages[at]) < len(well.pages[at])


def test_a_capped_server_gives_less_at_once_and_nothing_is_lost(site, well):
    site.faults = Faults(cap=8)
    walked = listed(site)
    assert {len(page) for page in walked.pages[1:-1]} == {8}
    assert dict.fromkeys(walked.rows) == dict.fromkeys(well.rows)


def test_a_padded_answer_begins_with_the_row_before_it(site, well, at):
    site.faults = Faults(pad=True)
    page = listed(site).pages[1]
    assert page[0] == well.pages[0][-1]
    assert page[1:] == well.pages[1]


@pytest.mark.parametrize("drift", [20, -20])
def test_a_list_can_claim_too_much_or_too_little(site, well, drift):
    site.faults = Faults(total_drift=drift)
    unit = 10 if site.kind.name == "xxgk" else 1  # there the number of pages is all that is said
    assert listed(site).totals[-1] - well.totals[-1] == drift // unit


def test_a_list_can_keep_its_total_to_itself(site, well):
    site.faults = Faults(untold=True)
    walked = listed(site)
    assert set(walked.totals) == {None}
    assert walked.rows == well.rows


def test_articles_can_arrive_while_the_list_is_walked(site, well):
    site.faults = Faults(arrivals=3)
    first = listed(site)
    pinned = LONG.get(site.kind.name, NOTICES) == NOTICES
    new = well.rows[pinned : pinned + 3]
    assert first.pages[1][:3] == first.pages[0][-3:], "the list has shifted by three"
    assert {*well.rows} - {*first.rows} == {*new}
    grown = 0 if site.kind.name == "jpage_plain" else first.totals[1] - first.totals[0]
    assert grown in (0, 1, 3)
    assert first.totals[-1] == well.totals[-1]
    assert listed(site).pages == well.pages, "whoever comes again sees them"


def test_articles_can_leave_while_the_list_is_walked(site, well):
    site.faults = Faults(departures=3)
    first = listed(site)
    pinned = LONG.get(site.kind.name, NOTICES) == NOTICES
    gone = well.rows[pinned : pinned + 3]
    assert first.pages[0] == well.pages[0]
    assert len({*well.rows} - {*first.rows}) == 3, "the list has shifted by three"
    assert {*gone} <= {*first.rows}
    again = listed(site)
    assert {*well.rows} - {*again.rows} == {*gone}
