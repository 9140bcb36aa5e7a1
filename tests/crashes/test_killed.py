"""A crawl that is killed anywhere leaves, once it has gone on, the archive that it would have left
undisturbed: no address lost, no version twice, nothing fetched again that was durable."""

import time
from collections.abc import Callable, Iterator

import pytest

from replica import serve
from storage.crashing import POINTS
from tests.crashes.alike import differing, holds
from tests.crashes.killing import KILLED, WORLD, Nights, Outcome, killed_after, killed_at, moments
from tests.places import Place
from tests.storage.test_verifying import found_at

heavy = pytest.mark.heavy
A_FEW = ("flush.booked", "close.settled", "close.committed")
RANDOM = 50


@pytest.fixture(scope="module")
def nights(request, tmp_path_factory) -> Iterator[Callable[[str], Nights]]:
    """The first night on a kind of database, and the second as it is undisturbed; made once."""
    made: dict[str, Nights] = {}
    with serve(WORLD) as site:

        def on(kind: str) -> Nights:
            if kind not in made:
                server = request.getfixturevalue("postgres") if kind == "postgresql" else None
                made[kind] = Nights(site, tmp_path_factory.mktemp(kind), server)
            return made[kind]

        yield on


def _as_undisturbed(nights: Nights, place: Place, outcome: Outcome) -> None:
    assert outcome.doubled == frozenset(), "what was durable was fetched again"
    assert differing(holds(place), nights.undisturbed) == {}
    assert place.damage() == []
    assert found_at(place.url) == []


@pytest.mark.fault("4.1")
@pytest.mark.parametrize(
    ("on", "point"),
    [
        pytest.param(
            kind, point, marks=() if (kind, point) in {("sqlite", p) for p in A_FEW} else heavy
        )
        for kind in ("sqlite", "postgresql")
        for point in POINTS
    ],
)
def test_killed_at_a_named_point_it_goes_on_as_if_nothing_had_happened(
    nights, on: str, point: str, score
) -> None:
    its = nights(on)
    with its.copy() as place:
        outcome = killed_at(its, place, point)
        assert outcome.code == KILLED, f"it never came to {point}"
        score(trials=1, lost=0, invented=0, worst={"pages fetched again": outcome.again})
        if point not in ("close.committed", "close.released"):
            _as_undisturbed(its, place, outcome)
            return
        # It had ended: the same command is the next crawl, and finds nothing new.
        assert found_at(place.url) == []


@heavy
@pytest.mark.fault("4.1")
@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_killed_at_any_moment_it_goes_on_as_if_nothing_had_happened(nights, on: str, score) -> None:
    its, again = nights(on), []
    with its.copy() as place:
        began = time.monotonic()
        assert its.crawl(place, 2).code == 0
        longest = time.monotonic() - began
    for seconds in moments(RANDOM, longest, seed=8):
        with its.copy() as place:
            outcome = killed_after(its, place, seconds)
            if place.ask("SELECT count(*) FROM crawls") == [(2,)]:
                _as_undisturbed(its, place, outcome)
                again.append(outcome.again)
    score(trials=RANDOM, lost=0, invented=0, worst={"pages fetched again": max(again)})
