"""How alike paragraphs are, by the characters and pairs of characters they are made of. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from storage.comparing.sequences import Match

SIMILAR = 0.35
"""From this share of common characters and pairs of them on, one paragraph became the other."""
_ENOUGH, _NEARLY = 8, 0.9
"""How many traits a paragraph needs to be known again within a longer one, and how many of them."""
_ALL_PAIRINGS = 900
_TELLING = 8
"""A pair of characters tells which paragraphs to compare where so few have it."""

Traits = frozenset[str]


def traits_of(form: str) -> Traits:
    """The characters and pairs of characters of a paragraph, given as `spans.form_of` has it."""
    return frozenset(form).union(map("".join, pairwise(form)))


def likeness(a: Traits, b: Traits) -> float:
    """Dice's coefficient, from 0 (nothing in common) to 1; where one is nearly whole within the
    other, as when a paragraph lost all but its first sentence, enough to pair them."""
    common, less = len(a & b), min(len(a), len(b))
    share = 2 * common / max(1, len(a) + len(b))
    within = less >= _ENOUGH and common >= _NEARLY * less
    return max(share, SIMILAR) if within else share


def alike(
    old: Mapping[int, str], new: Mapping[int, str], least: float = SIMILAR
) -> dict[Match, float]:
    """The pairs of paragraphs (forms by place) that are alike, with how much.

    Of many, only those are compared that share what few others have.
    """
    before = {at: traits_of(form) for at, form in old.items()}
    after = {at: traits_of(form) for at, form in new.items()}
    shares = {(i, j): likeness(before[i], after[j]) for i, j in to_compare(before, after)}
    return {match: share for match, share in shares.items() if share >= least}


def to_compare(before: Mapping[int, Traits], after: Mapping[int, Traits]) -> Iterable[Match]:
    """All pairings; of many, only those that share what few others have."""
    if len(before) * len(after) <= _ALL_PAIRINGS:
        return ((i, j) for i in before for j in after)
    return _likely(before, after)


def _likely(before: Mapping[int, Traits], after: Mapping[int, Traits]) -> Sequence[Match]:
    having: dict[str, list[int]] = defaultdict(list)
    for at, traits in after.items():
        for trait in traits:
            if len(having[trait]) <= _TELLING:
                having[trait].append(at)
    likely: list[Match] = []
    for at, traits in before.items():
        votes = Counter(
            j
            for trait in traits
            if trait in having and len(having[trait]) <= _TELLING
            for j in having[trait]
        )
        likely.extend((at, j) for j, _ in votes.most_common(_TELLING))
    return likely
