"""Histories as a pure fold over what captures showed of one article."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.history import (
    GONE_AFTER,
    EventKind,
    Happening,
    Sighting,
    Standing,
    State,
    fold,
    in_order,
    step,
)
from tests.storage.seeing import DAY, HOUR, JAN

CONTENTS = {"a": 1, "b": 2, "c": 3}


def sightings(*shown: tuple[str, datetime]) -> list[Sighting]:
    """What successive captures showed: a content by its letter, or a class of absence."""
    return [_sighting(number, what, at) for number, (what, at) in enumerate(shown, 1)]


def _sighting(number: int, what: str, at: datetime) -> Sighting:
    if what in CONTENTS:
        return Sighting(number, at, CONTENTS[what], {"title": "t", "body": what})
    return Sighting(number, at, absence=what)


def kinds(*shown: tuple[str, datetime]) -> list[str]:
    return [happening.kind.value for happening in fold(sightings(*shown))[2]]


def state(*shown: tuple[str, datetime]) -> State:
    return fold(sightings(*shown))[0].state


def happened(kind: EventKind, *shown: tuple[str, datetime]) -> Happening:
    (found,) = [h for h in fold(sightings(*shown))[2] if h.kind is kind]
    return found


STORIES = {
    "never seen": ([], [], State.PRESENT),
    "published": ([("a", 0)], ["published"], State.PRESENT),
    "seen again": ([("a", 0), ("a", 1)], ["published"], State.PRESENT),
    "edited": ([("a", 0), ("b", 1)], ["published", "edited"], State.PRESENT),
    "one signal": ([("a", 0), ("404", 1)], ["published", "missing"], State.MISSING),
    "a second one too early": (
        [("a", 0), ("404", 1), ("404", 1.9)],
        ["published", "missing"],
        State.MISSING,
    ),
    "a second one after a day": (
        [("a", 0), ("404", 1), ("410", 2)],
        ["published", "missing", "gone"],
        State.GONE,
    ),
    "early ones do not put it off": (
        [("a", 0), ("404", 1), ("404", 1.6), ("404", 2)],
        ["published", "missing", "gone"],
        State.GONE,
    ),
    "still gone": (
        [("a", 0), ("404", 1), ("404", 2), ("404", 3)],
        ["published", "missing", "gone"],
        State.GONE,
    ),
    "back from missing": (
        [("a", 0), ("404", 1), ("a", 1.5)],
        ["published", "missing", "restored"],
        State.PRESENT,
    ),
    "back from gone": (
        [("a", 0), ("404", 1), ("404", 2), ("a", 9)],
        ["published", "missing", "gone", "restored"],
        State.PRESENT,
    ),
    "back, and edited": (
        [("a", 0), ("404", 1), ("b", 9)],
        ["published", "missing", "restored", "edited"],
        State.PRESENT,
    ),
    "back, and missing again: the first absence is over": (
        [("a", 0), ("404", 1), ("a", 1.5), ("404", 2.2)],
        ["published", "missing", "restored", "missing"],
        State.MISSING,
    ),
    "never read, and not there": ([("404", 0)], ["missing"], State.MISSING),
    "read at last": ([("404", 0), ("a", 1)], ["missing", "published"], State.PRESENT),
}


@pytest.mark.parametrize(("shown", "events", "ends"), STORIES.values(), ids=STORIES)
def test_what_captures_show_makes_a_history(shown, events, ends):
    timed = [(what, JAN + days * DAY) for what, days in shown]
    assert kinds(*timed) == events
    assert state(*timed) is ends


def test_going_back_to_old_content_is_a_third_version():
    shown = [("a", JAN), ("b", JAN + DAY), ("a", JAN + 2 * DAY)]
    _, spans, happenings, _ = fold(sightings(*shown))
    assert [(span.number, span.content_id) for span in spans] == [(1, 1), (2, 2), (3, 1)]
    assert (happenings[-1].previous_number, happenings[-1].number) == (2, 3)


def test_an_edit_names_what_changed():
    assert happened(EventKind.EDITED, ("a", JAN), ("b", JAN + DAY)).fields == ("body",)


def test_a_version_stands_from_its_first_capture_to_its_last():
    shown = [("a", JAN), ("a", JAN + DAY), ("404", JAN + 2 * DAY), ("b", JAN + 3 * DAY)]
    standing, spans, _, _ = fold(sightings(*shown))
    assert (spans[0].first_at, spans[0].last_at) == (JAN, JAN + DAY)
    assert (spans[1].first_at, spans[1].last_at) == (JAN + 3 * DAY, JAN + 3 * DAY)
    assert standing.first_at == JAN


def test_gone_says_what_was_met_and_since_when():
    gone = happened(EventKind.GONE, ("a", JAN), ("404", JAN + DAY), ("soft-404", JAN + 3 * DAY))
    assert gone.evidence == {
        "class": "soft-404",
        "first_signal_at": (JAN + DAY).isoformat(),
    }
    assert (gone.number, gone.previous_number) == (None, 1)


@pytest.mark.parametrize(
    ("back", "same"), [("a", True), ("b", False)], ids=["the same text", "another text"]
)
def test_restored_says_for_how_long_it_was_away_and_whether_it_is_the_same(back, same):
    shown = [("a", JAN), ("404", JAN + DAY), ("410", JAN + 2 * DAY), (back, JAN + 3 * DAY)]
    assert happened(EventKind.RESTORED, *shown).evidence == {
        "was": "gone",
        "absent_since": (JAN + DAY).isoformat(),
        "gap_hours": 48.0,
        "same_text": same,
    }


def test_how_long_until_gone_is_the_caller_s_to_say():
    shown = sightings(("a", JAN), ("404", JAN + HOUR), ("404", JAN + 2 * HOUR))
    assert fold(shown, timedelta(hours=1))[0].state is State.GONE
    assert fold(shown, timedelta(hours=2))[0].state is State.MISSING


def test_of_two_addresses_at_one_instant_content_has_the_last_word():
    one = [Sighting(1, JAN, 1, {"body": "a"}), Sighting(2, JAN, absence="404")]
    other = [Sighting(2, JAN, 1, {"body": "a"}), Sighting(1, JAN, absence="404")]
    assert fold(one)[0].state is fold(other)[0].state is State.PRESENT


seen = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", "404", "410", "blank"]), st.integers(0, 150)),
    max_size=12,
).map(lambda shown: sightings(*((what, JAN + hours * HOUR) for what, hours in shown)))


@given(seen)
def test_folding_is_stepping_one_by_one(seen):
    standing, happenings, outcomes = Standing(), [], {}
    for sighting in in_order(seen):
        taken = step(standing, sighting)
        standing = taken.standing
        happenings.extend(taken.happenings)
        outcomes[sighting.capture_id] = taken.outcome
    folded = fold(seen)
    assert (folded[0], folded[2], folded[3]) == (standing, tuple(happenings), outcomes)


@given(seen, st.randoms())
def test_the_order_of_arrival_does_not_matter(seen, random):
    shuffled = random.sample(seen, len(seen))
    assert fold(shuffled) == fold(seen)


@given(seen)
def test_versions_are_numbered_through_and_do_not_overlap(seen):
    standing, spans, _, outcomes = fold(seen)
    assert [span.number for span in spans] == list(range(1, len(spans) + 1))
    assert all(span.first_at <= span.last_at for span in spans)
    for before, after in pairwise(spans):
        assert before.last_at <= after.first_at
        assert before.digests != after.digests
    assert standing.latest == (spans[-1] if spans else None)
    assert len([o for o in outcomes.values() if o in ("new", "changed")]) == len(spans)


@given(seen)
def test_the_events_alone_tell_the_state_and_the_version_at_every_instant(seen):
    _, _, happenings, _ = fold(seen)
    for moment in {sighting.at for sighting in seen}:
        upto = [sighting for sighting in seen if sighting.at <= moment]
        told = replay([h for h in happenings if h.at <= moment])
        standing = fold(upto)[0]
        assert told == (standing.state, standing.latest.number if standing.latest else None)


@given(seen)
def test_gone_never_comes_within_a_day_of_the_first_signal(seen):
    missing_at = None
    for happening in fold(seen)[2]:
        if happening.kind is EventKind.MISSING:
            missing_at = happening.at
        if happening.kind is EventKind.GONE:
            assert missing_at is not None
            assert happening.at - missing_at >= GONE_AFTER


def replay(happenings: Sequence[Happening]) -> tuple[State, int | None]:
    """What a reader of events believes: the state and the version that stands."""
    state, number = State.PRESENT, None
    for happening in happenings:
        number = happening.number or number
        state = {
            EventKind.MISSING: State.MISSING,
            EventKind.GONE: State.GONE,
        }.get(happening.kind, State.PRESENT)
    return state, number
