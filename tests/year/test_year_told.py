"""A year of captures: whatever the order of recording, the archive holds what they prove."""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.year.held import differences, held, listings_told, stood_at
from benchmarks.year.listed import listing_events
from benchmarks.year.plan import plan
from benchmarks.year.score import score
from benchmarks.year.sessions import midnight
from benchmarks.year.telling import by_chance, in_time_order, newest_first, tell_together
from benchmarks.year.truth import accounts, stood
from replica import Pace
from storage import Consultation
from tests.year.stories import HOST

LIVELY = Pace(published=0.02, edited=0.08, moved=0.02, taken_down=0.05, restored=0.3)
"""So much happens in a few nights that small years meet everything."""

# A seed has no simpler form: there is nothing to shrink.
any_years = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
small_years = st.builds(
    lambda seed, nights: plan(seed, 12, nights, pace=LIVELY, busy=3),
    st.integers(0, 10**6),
    st.integers(3, 10),
)


@any_years
@given(small_years, st.integers(0, 10**6))
def test_any_small_year_is_told_exactly_in_any_order(new, year, chance):
    truth = accounts(year.looks())
    shuffled = by_chance(year, Random(chance))
    assert differences(truth, new().told(year, shuffled, chance)) == []


@any_years
@given(small_years, st.data())
@pytest.mark.fault("4.12")
def test_any_small_year_is_told_exactly_as_it_happened_and_as_of_any_instant(new, year, data):
    made, looks, lists = new(), year.looks(), year.lists(HOST)
    assert differences(accounts(looks), made.told(year, year.as_it_happened())) == []
    assert listings_told(made.url, HOST) == listing_events(lists)
    moments = sorted({each.at for each in (*looks, *lists)})
    for at in data.draw(st.lists(st.sampled_from(moments), min_size=1, max_size=4)):
        assert stood_at(made.url, HOST, at) == stood(looks, lists, at)


@pytest.fixture(scope="module")
def year():
    """A larger year: every kind of edit, of end and of return, and every weather."""
    return plan(53, 45, 30, pace=Pace(edited=0.03, taken_down=0.01, restored=0.15))


ORDERS = {
    "in time order": in_time_order,
    "newest first": newest_first,
    "by chance": lambda year: by_chance(year, Random(5)),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_a_larger_year_is_told_exactly_whatever_the_order_of_recording(new, year, order):
    assert differences(accounts(year.looks()), new().told(year, order(year))) == []


def test_a_larger_year_is_told_exactly_as_it_happened_some_captures_coming_late(new, year):
    made, looks, lists = new(), year.looks(), year.lists(HOST)
    truth, told = accounts(looks), made.told(year, year.as_it_happened())
    assert differences(truth, told) == []
    assert listings_told(made.url, HOST) == listing_events(lists)
    chance, span = Random(9), midnight(year.nights + 3) - midnight(1)
    for at in [midnight(1) + chance.random() * span for _ in range(20)]:
        assert stood_at(made.url, HOST, at) == stood(looks, lists, at)
    figures = score(year.world, year.nights, truth, told)
    assert figures.wrong == 0
    assert figures.edits.found > 12
    assert min(figures.takedowns.found, figures.gone.found, figures.restorations.found) >= 3


def test_what_is_held_is_as_if_nobody_had_looked_and_released_as_if_it_never_was_held(new, year):
    made = new()
    teller = made.teller(year)
    teller.tell(year.as_it_happened())
    aside = {sight for _, session in teller.held for sight in session.sights}
    assert len(aside) > 20, "an office was renamed, in more articles than is believed"
    seen = [year.look(sight) for sight in year.sights() if sight not in aside]
    assert differences(accounts(seen), held(made.url, HOST)) == []
    teller.release()
    assert differences(accounts(year.looks()), held(made.url, HOST)) == []
    archive = Consultation.open(made.url)
    assert [found for looked in archive.verify() for found in looked.findings] == []
    archive.close()


def test_two_sites_whose_crawls_are_recorded_side_by_side_do_not_mix(new):
    made, years = new(), {HOST: plan(3, 14, 8, pace=LIVELY), "b.example": plan(4, 14, 8)}
    tellers = [made.teller(year, host) for host, year in years.items()]
    tell_together(tellers, {host: year.as_it_happened() for host, year in years.items()})
    for host, year in years.items():
        assert differences(accounts(year.looks()), held(made.url, host)) == []
        assert listings_told(made.url, host) == listing_events(year.lists(host))
