"""Which paragraph became which: equal ones first, then similar ones between them. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from storage.consult.spans import form_of, same_form

Pair = tuple[str | None, str | None]
"""A paragraph before and after; None where it is not there."""

SIMILAR = 0.35
"""From this share of common characters and pairs of them on, one paragraph became the other."""
_MOST_PAIRINGS = 40_000


def align(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Pair the paragraphs of two texts, in order: read down one side, it is that text whole."""
    matcher = SequenceMatcher(
        None, [form_of(p) for p in before], [form_of(p) for p in after], autojunk=False
    )
    pairs: list[Pair] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            pairs.extend(zip(before[i:i_end], after[j:j_end], strict=True))
        else:
            pairs.extend(_pair_similar(before[i:i_end], after[j:j_end]))
    return pairs


def _pair_similar(before: Sequence[str], after: Sequence[str]) -> Iterable[Pair]:
    """Pair what is similar within a stretch where nothing is equal."""
    if len(before) > 1 or len(after) > 1:
        whole = "\n".join(before), "\n".join(after)
        if before and after and same_form(*whole):
            return [whole]  # only divided into paragraphs differently
    matched = _best_pairs(before, after)
    pairs: list[Pair] = []
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *matched, (len(before), len(after))]):
        if i >= 0:
            pairs.append((before[i], after[j]))
        pairs.extend((paragraph, None) for paragraph in before[i + 1 : next_i])
        pairs.extend((None, paragraph) for paragraph in after[j + 1 : next_j])
    return pairs


def _best_pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of similar paragraphs, in order on both sides, that are most alike together."""
    if len(before) * len(after) > _MOST_PAIRINGS:
        return []  # a rewritten text: pairing it would take long and say little
    old, new = [_traits(p) for p in before], [_traits(p) for p in after]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(a, b) for b in new] for a in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return _trace(best, likeness)


def _trace(best: list[list[float]], likeness: list[list[float]]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(likeness) and j < len(likeness[i]):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _traits(paragraph: str) -> Counter[str]:
    """The characters and character pairs of a paragraph."""
    form = form_of(paragraph)
    return Counter(form) + Counter(form[i : i + 2] for i in range(len(form) - 1))


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    """Dice's coefficient of what two paragraphs are made of; 0 below `SIMILAR`."""
    common = sum(min(count, b[trait]) for trait, count in a.items() if trait in b)
    share = 2 * common / max(1, a.total() + b.total())
    return share if share >= SIMILAR else 0.0
