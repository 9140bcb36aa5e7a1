"""How lively a site is: what happens to its articles in one night, by chance."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Shares of the articles that meet each thing in a night: `restored` of those that are down,
    the others of those that are there. `published` is how many come, by the same measure."""

    published: float = 0.004
    edited: float = 0.012
    moved: float = 0.001
    taken_down: float = 0.003
    restored: float = 0.06


def happening(rng: Random, mean: float) -> int:
    """How often something happens tonight that happens so often in the mean.

    >>> happening(Random(1), 3.0)
    3
    """
    return int(mean) + (rng.random() < mean % 1)
