"""Generated prose: sentences of our own words, filled in by a seeded random source."""

import re
from collections.abc import Callable
from random import Random

from replica.words import SENTENCES, SLOTS

_SLOT = re.compile(r"\{(\w+)\}")


def filled(rng: Random, template: str) -> str:
    """A template with each of its slots filled anew.

    >>> filled(Random(1), "{n}") == filled(Random(1), "{n}")
    True
    """
    return _SLOT.sub(lambda slot: _word(rng, slot[1]), template)


def sentence(rng: Random) -> str:
    """One sentence of policy news."""
    return filled(rng, rng.choice(SENTENCES))


def paragraph(rng: Random) -> str:
    """Two to five sentences."""
    return "".join(sentence(rng) for _ in range(rng.randint(2, 5)))


def person(rng: Random) -> str:
    """An invented name."""
    return rng.choice(SLOTS["surname"]) + rng.choice(SLOTS["given"])


def _word(rng: Random, slot: str) -> str:
    if make := _MADE.get(slot):
        return make(rng)
    return rng.choice(SLOTS[slot])


_MADE: dict[str, Callable[[Random], str]] = {
    "n": lambda rng: str(rng.randint(11, 96)),
    "m": lambda rng: str(rng.randint(2, 9)),
    "k": lambda rng: str(rng.randint(120, 9800)),
    "pct": lambda rng: f"{rng.uniform(1.5, 68):.1f}",
    "yuan": lambda rng: f"{rng.randint(12, 980) / 10:.1f}{rng.choice(('万元', '亿元'))}",
    "date": lambda rng: f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
    "phone": lambda rng: str(rng.randint(60000000, 89999999)),
    "name": person,
}
