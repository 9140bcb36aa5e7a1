"""Which articles to capture tonight: what must be seen, then where change is likeliest. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from storage.history import GONE_AFTER
from storage.revisits.rates import Watched, chances_of_change

_NIGHT = 1.0
_DIGITS = 9
"""Of days and of chances: a tenth of a millisecond."""
_TELLS_AFTER = GONE_AFTER / timedelta(days=1)


class Why(StrEnum):
    """Why an article is due."""

    MISSING = "missing"
    """It was not there; a second look tells whether it is gone."""
    BOUND = "bound"
    """Not seen for as long as anything may stay unseen."""
    AHEAD = "ahead"
    """Taken before its bound, because too many reach theirs together for one night's budget."""
    FIRST_DAY = "first-day"
    FIRST_WEEK = "first-week"
    CHANGES = "changes"
    """It changed before, and may well have changed again."""
    LIKELY = "likely"
    """By its age and its channel, it may well have changed."""
    SPARE = "spare"
    """The budget reaches to it, though a change is unlikely."""
    ALL = "all"
    """Everything was asked for."""


_FIRST_LOOKS = ((7.0, Why.FIRST_WEEK), (1.0, Why.FIRST_DAY))
_RANK = {Why.MISSING: 0, Why.BOUND: 1, Why.AHEAD: 2}


@dataclass(frozen=True, slots=True)
class Policy:
    """`bound`: days after which an article is captured again whatever its chance. `likely`: the
    chance of a change from which an article is due where no budget says how many are."""

    bound: float = 180.0
    likely: float = 0.02


@dataclass(frozen=True, slots=True)
class Decision:
    """An article to capture, by its place in what was given, with the reason and the chance that
    it has changed since it was seen."""

    index: int
    why: Why
    chance: float


def decide(watched: Sequence[Watched], policy: Policy, budget: int | None = None) -> list[Decision]:
    """What is due, in the order in which it should be captured; at most `budget` of it.

    A budget is spent in full, on whatever the night has not seen yet. What is missing waits until
    a second look can tell whether it is gone, and what failed lately until it may be better.
    """
    chances = chances_of_change(watched)
    ahead = _ahead(watched, policy, budget)
    due = []
    for index, each in enumerate(watched):
        if each.put_off:
            continue
        why = _must(each, policy) or (Why.AHEAD if index in ahead else None)
        why = why or _may(each, chances[index], policy, spare=budget is not None)
        if why is not None:
            due.append((*_place(why, chances[index], each.unseen), index, why))
    due.sort()
    return [Decision(index, why, chances[index]) for *_, index, why in due[:budget]]


def _place(why: Why, chance: float, unseen: float) -> tuple[int, float, float]:
    """Where in the queue: what must be seen by how long it was not, so that none is passed over
    for ever; the rest by its chance. What differs by a rounding error alone is alike, and stays in
    the order in which it was given."""
    rank = _RANK.get(why, len(_RANK))
    chance, unseen = round(chance, _DIGITS), round(unseen, _DIGITS)
    return (rank, -unseen, -chance) if why in _RANK else (rank, -chance, -unseen)


def _must(each: Watched, policy: Policy) -> Why | None:
    if each.missing_for is not None:
        return Why.MISSING if each.missing_for >= _TELLS_AFTER else None
    return Why.BOUND if policy.bound - each.unseen < _NIGHT else None


def _may(each: Watched, chance: float, policy: Policy, *, spare: bool) -> Why | None:
    if each.missing_for is not None or each.unseen <= _NIGHT / 2:
        return None
    for age, why in _FIRST_LOOKS:
        if each.last < age <= each.age:
            return why
    if chance >= policy.likely:
        return Why.CHANGES if each.changes else Why.LIKELY
    return Why.SPARE if spare else None


def _ahead(watched: Sequence[Watched], policy: Policy, budget: int | None) -> frozenset[int]:
    """Those to take tonight so that no later night has more at its bound than it can do: as many
    as an even spread of each deadline's load asks for, the earliest deadlines first."""
    if budget is None:
        return frozenset()
    there = sorted(
        (round(each.last - each.age, _DIGITS), index)
        for index, each in enumerate(watched)
        if each.missing_for is None and not each.put_off
    )
    nights = ((policy.bound + negative) // _NIGHT for negative, _ in there)
    shares = (count / (left + 1 if left > 0 else 1) for count, left in enumerate(nights, 1))
    tonight = there[: int(max(shares, default=0))]
    return frozenset(index for negative, index in tonight if -negative > _NIGHT / 2)
