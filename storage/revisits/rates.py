"""How likely an article has changed since it was seen: a rate with a gamma prior. Pure.

The prior's mean is what the article's channel showed, and that of a channel of which little is
known leans on the whole archive. All ages and times are in days.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

# Assumed, not measured: about 6 % of articles are edited in their first two weeks, which is as
# much as in 150 later days (the figures of BASELINES' change model), and one page in a hundred
# lives on (lists of members, price tables) and changes every month.
_EARLY_DAYS = 150.0
_FADES_IN = 7.0
_MEAN = 1 / 2500
_SHAPE = 0.05


class Watched(NamedTuple):
    """What is known of an article's changes. `first` and `last` are its ages, in days since it
    was published, when it was captured first and sighted last; `age` is its age now.
    `missing_for` are the days since it was not there for the first time, None where it is.
    `put_off`: its address failed lately."""

    channel: Hashable
    first: float
    last: float
    age: float
    changes: int = 0
    missing_for: float | None = None
    put_off: bool = False

    @property
    def unseen(self) -> float:
        """Days since it was sighted."""
        return self.age - self.last


@dataclass(frozen=True, slots=True)
class Prior:
    """A gamma distribution of rates of change: `shape` changes in `days` busy days."""

    shape: float
    days: float


def busy_days(age: float) -> float:
    """An age in days of equal risk: the first weeks hold as much change as months later do.

    >>> [round(busy_days(age)) for age in (0, 1, 7, 30, 365)]
    [0, 21, 102, 178, 515]
    """
    return age + _EARLY_DAYS * (1 - exp(-max(age, 0.0) / _FADES_IN))


def chances_of_change(watched: Sequence[Watched]) -> list[float]:
    """The probability of each that it has changed at least once since it was sighted last.

    >>> old = [Watched("notices", 0, 100, 130, changes=n) for n in (0, 1, 3)]
    >>> [round(chance, 3) for chance in chances_of_change(old)]
    [0.005, 0.107, 0.28]
    """
    seen = [busy_days(each.last) for each in watched]
    exposures = [
        max(known - busy_days(each.first), 0.0) for each, known in zip(watched, seen, strict=True)
    ]
    expected = priors(watched, exposures)
    return [
        _chance(expected[each.channel], each.changes, exposure, busy_days(each.age) - known)
        for each, known, exposure in zip(watched, seen, exposures, strict=True)
    ]


def priors(watched: Sequence[Watched], exposures: Sequence[float]) -> Mapping[Hashable, Prior]:
    """What is to be expected of an article by its channel alone. `exposures` are the busy days
    for which each was watched."""
    changes: dict[Hashable, int] = defaultdict(int)
    days: dict[Hashable, float] = defaultdict(float)
    for each, exposure in zip(watched, exposures, strict=True):
        changes[each.channel] += each.changes
        days[each.channel] += exposure
    overall = (1 + sum(changes.values())) / (1 / _MEAN + sum(days.values()))
    means = {channel: (1 + changes[channel]) / (1 / overall + days[channel]) for channel in changes}
    return {channel: Prior(_SHAPE, _SHAPE / mean) for channel, mean in means.items()}


def _chance(prior: Prior, changes: int, exposure: float, unseen: float) -> float:
    shape, days = prior.shape + changes, prior.days + exposure
    none: float = (days / (days + max(unseen, 0.0))) ** shape
    return 1 - none
