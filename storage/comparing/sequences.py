"""What two sequences have in common, in order, in nearly linear time. Pure.

`difflib` takes quadratic time and more where elements repeat (rows of a table, empty cells): a
page must not be able to hold up its reader.
"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")
Match = tuple[int, int]
"""An element's place in the one sequence and in the other."""
Place = tuple[int | None, int | None]
"""The same, None where it stands in one of them alone."""

_SMALL = 6_000
"""Pairings up to which a stretch is solved exactly."""
_DEPTH = 6


def common(
    old: Sequence[Hashable], new: Sequence[Hashable], weights: Sequence[float] | None = None
) -> list[Match]:
    """Places of equal elements, rising on both sides, that weigh as much as can quickly be found.

    `weights` are those of the elements of `old`, 1 each where none are given.

    >>> common("abcxyz", "xbcyz")
    [(1, 1), (2, 2), (4, 3), (5, 4)]
    """
    weighed = weights or [1.0] * len(old)
    stretches = [(0, len(old), 0, len(new), _DEPTH)]
    found: list[Match] = []
    while stretches:
        i, i_end, j, j_end, depth = stretches.pop()
        inner = _inside(old, new, (i, i_end, j, j_end), found)
        i, i_end, j, j_end = inner
        if i == i_end or j == j_end:
            continue
        if (i_end - i) * (j_end - j) <= _SMALL:
            found.extend(_exactly(old, new, weighed, inner))
            continue
        anchors = heaviest_rise(_by_occurrence(old, new, weighed, inner))
        found.extend(anchors)
        if anchors and depth:
            stretches.extend((*gap, depth - 1) for gap in gaps(anchors, inner))
    return sorted(found)


Stretch = tuple[int, int, int, int]
"""From where to where in the one sequence, and in the other (the ends not included)."""


def gaps(matches: Iterable[Match], within: Stretch) -> Iterator[Stretch]:
    """The stretches between matches that are not empty on both sides."""
    i, i_end, j, j_end = within
    for (a, b), (c, d) in pairwise([(i - 1, j - 1), *matches, (i_end, j_end)]):
        if a + 1 < c or b + 1 < d:
            yield a + 1, c, b + 1, d


def read_down(items: Iterable[T], places: Callable[[T], Place]) -> list[T]:
    """Items in the order of both sequences; between two that stand in both, what stands only in
    the first comes before what stands only in the second.

    >>> read_down([(1, 0), (None, 1), (0, None)], lambda pair: pair)
    [(0, None), (1, 0), (None, 1)]
    """
    both, first, second = [], [], []
    for item in items:
        i, j = places(item)
        if i is not None and j is not None:
            both.append((i, j, item))
        elif i is not None:
            first.append((i, item))
        elif j is not None:
            second.append((j, item))
    waiting = [deque(sorted(side, key=lambda one: one[0])) for side in (first, second)]
    ordered: list[T] = []
    for i, j, item in sorted(both, key=lambda one: one[:2]):
        for side, place in zip(waiting, (i, j), strict=True):
            while side and side[0][0] < place:
                ordered.append(side.popleft()[1])
        ordered.append(item)
    return ordered + [item for side in waiting for _, item in side]


def heaviest_rise(weighed: Mapping[Match, float]) -> list[Match]:
    """Of all these matches, those that rise on both sides and weigh most together.

    >>> heaviest_rise({(0, 2): 1, (1, 0): 1, (2, 1): 1})
    [(1, 0), (2, 1)]
    """
    columns = sorted({j for _, j in weighed})
    best: list[tuple[float, Match | None]] = [(0.0, None)] * (len(columns) + 1)
    before: dict[Match, Match | None] = {}
    # Of one row the later columns first, so that no two matches of a row follow each other.
    for match in sorted(weighed, key=lambda m: (m[0], -m[1])):
        at = bisect_left(columns, match[1])
        weight, previous = _best_until(best, at)
        before[match] = previous
        _raise(best, at + 1, (weight + weighed[match], match))
    chain: list[Match] = []
    last = _best_until(best, len(columns))[1]
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def _best_until(tree: list[tuple[float, Match | None]], at: int) -> tuple[float, Match | None]:
    """The heaviest chain that ends in the first `at` columns (a Fenwick tree of maxima)."""
    best: tuple[float, Match | None] = (0.0, None)
    while at > 0:
        if tree[at][0] > best[0]:
            best = tree[at]
        at -= at & -at
    return best


def _raise(
    tree: list[tuple[float, Match | None]], at: int, chain: tuple[float, Match | None]
) -> None:
    while at < len(tree):
        if chain[0] > tree[at][0]:
            tree[at] = chain
        at += at & -at


def _inside(
    old: Sequence[Hashable], new: Sequence[Hashable], within: Stretch, found: list[Match]
) -> Stretch:
    """The stretch without what is equal at its ends, which is found."""
    i, i_end, j, j_end = within
    while i < i_end and j < j_end and old[i] == new[j]:
        found.append((i, j))
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
        found.append((i_end, j_end))
    return i, i_end, j, j_end


def _by_occurrence(
    old: Sequence[Hashable], new: Sequence[Hashable], weights: Sequence[float], within: Stretch
) -> dict[Match, float]:
    """The first of each element with its first on the other side, the second with the second."""
    i, i_end, j, j_end = within
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at in range(j_end - 1, j - 1, -1):
        places[new[at]].append(at)
    return {
        (at, places[old[at]].pop()): weights[at] for at in range(i, i_end) if places.get(old[at])
    }


def _exactly(
    old: Sequence[Hashable], new: Sequence[Hashable], weights: Sequence[float], within: Stretch
) -> list[Match]:
    """The heaviest common subsequence, by the table of all of its beginnings."""
    i, i_end, j, j_end = within
    width = j_end - j
    rows = [[0.0] * (width + 1)]
    for a in range(i_end - 1, i - 1, -1):
        below, row = rows[-1], [0.0] * (width + 1)
        for b in range(width - 1, -1, -1):
            skipped = max(below[b], row[b + 1])
            equal = weights[a] + below[b + 1] if old[a] == new[j + b] else 0.0
            row[b] = max(equal, skipped)
        rows.append(row)
    return list(_traced(old, new, weights, within, rows[::-1]))


def _traced(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    weights: Sequence[float],
    within: Stretch,
    rows: list[list[float]],
) -> Iterator[Match]:
    i, i_end, j, j_end = within
    a, b = 0, 0
    while i + a < i_end and j + b < j_end:
        here = rows[a][b]
        if old[i + a] == new[j + b] and here == weights[i + a] + rows[a + 1][b + 1]:
            yield i + a, j + b
            a, b = a + 1, b + 1
        elif here == rows[a + 1][b]:
            a += 1
        else:
            b += 1
