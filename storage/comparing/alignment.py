"""Which paragraph became which: equal ones first, then similar ones between them, then those that
moved. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from storage.comparing.likeness import alike
from storage.comparing.numbering import number_of
from storage.comparing.sequences import Match, common, gaps, heaviest_rise, read_down
from storage.comparing.spans import form_of, same_form
from storage.comparing.tables import Tables, paired_tables, tables_in

_MOVED = 0.6
"""From this likeness on, a paragraph that went and one that came are the same one, moved."""
_SHORTEST_MOVE = 8
"""Characters below which a paragraph is too common to be said to have moved (附件, 特此通知)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Paragraphs before and after, as ranges of their places; an empty range where there is none.

    One of each side is the rule; where a text was only divided otherwise, more. `moved` says that
    the paragraph stands elsewhere on the other side: it is then in two pairs, of which `leaves`
    stands where it was. `tables` are those to which both rows belong.
    """

    before: range
    after: range
    moved: bool = False
    leaves: bool = False
    tables: Tables | None = None


def align(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """Pair the paragraphs of two texts, in order: read down one side, it is that text whole."""
    rows = _Rows(before, after)
    lead, trail = (0, 0) if rows.tables else _untouched(before, after)
    old = _keys(rows, before, 0, lead, trail)
    new = _keys(rows, after, 1, lead, trail)
    matches = _matching(old, new, lead, trail)
    pairs = [Pair(range(i, i + 1), range(j, j + 1)) for i, j in matches]
    for i, i_end, j, j_end in gaps(matches, (0, len(old), 0, len(new))):
        pairs.extend(_within((i, i_end, j, j_end), before, after, old, new))
    paired = [rows.told(pair) for pair in pairs]
    return read_down(_with_moves(paired, old, new), _places)


def _untouched(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many paragraphs stay at the beginning, and how many of the others at the end: most of a
    text that was edited, and quickly seen. To be left out where rows are told by their tables."""

    def stays(old: str, new: str) -> bool:
        return old == new or _key(old) == _key(new)

    alike = min(len(before), len(after))
    lead = next((at for at in range(alike) if not stays(before[at], after[at])), alike)
    rest = range(1, alike - lead + 1)
    trail = next((at - 1 for at in rest if not stays(before[-at], after[-at])), alike - lead)
    return lead, trail


def _keys(rows: "_Rows", lines: Sequence[str], side: int, lead: int, trail: int) -> list[str]:
    """What tells paragraphs from others; nothing of those that stay at the ends."""
    told = range(lead, len(lines) - trail)
    return [rows.key(line, at, side) if at in told else "" for at, line in enumerate(lines)]


def _matching(old: Sequence[str], new: Sequence[str], lead: int, trail: int) -> list[Match]:
    """The places of equal paragraphs, of which so many are known at the ends."""
    inner, other = (keys[lead : len(keys) - trail] for keys in (old, new))
    found = common(inner, other, [1.0 + len(key) for key in inner])
    first = [(at, at) for at in range(lead)]
    last = [(len(old) - at, len(new) - at) for at in range(trail, 0, -1)]
    return [*first, *((lead + i, lead + j) for i, j in found), *last]


def _key(line: str) -> str:
    return form_of(line[len(number_of(line)) :])


class _Rows:
    """The tables of both texts, and what tells their rows from others."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        paired = paired_tables(before, after)
        self._of: tuple[dict[int, Tables], dict[int, Tables]] = ({}, {})
        for lines, starts, side in (
            (before, {old: tables for (old, _), tables in paired.items()}, 0),
            (after, {new: tables for (_, new), tables in paired.items()}, 1),
        ):
            for rows in tables_in(lines):
                if rows.start in starts:
                    self._of[side].update(dict.fromkeys(rows, starts[rows.start]))

    def key(self, line: str, at: int, side: int) -> str:
        """What tells a paragraph from others: its form, without the number it begins with."""
        tables = self._of[side].get(at)
        if tables is not None:
            return tables.key(line, side)
        return _key(line)

    @property
    def tables(self) -> bool:
        """Whether there are any tables on either side."""
        return any(self._of)

    def told(self, pair: Pair) -> Pair:
        """The pair, with the tables to which both of its rows belong."""
        if len(pair.before) != 1 or len(pair.after) != 1:
            return pair
        old, new = self._of[0].get(pair.before[0]), self._of[1].get(pair.after[0])
        if old is None or old is not new:
            return pair
        return Pair(pair.before, pair.after, tables=old)


def _within(
    gap: tuple[int, int, int, int],
    before: Sequence[str],
    after: Sequence[str],
    old: Sequence[str],
    new: Sequence[str],
) -> Iterable[Pair]:
    """Pair what is similar within a stretch where nothing is equal."""
    i, i_end, j, j_end = gap
    whole = Pair(range(i, i_end), range(j, j_end))
    if i < i_end and j < j_end and (len(whole.before) > 1 or len(whole.after) > 1):
        texts = "\n".join(before[i:i_end]), "\n".join(after[j:j_end])
        if same_form(*texts):
            return [whole]  # only divided into paragraphs differently
    similar = _similar(gap, old, new)
    pairs = [Pair(range(a, a + 1), range(b, b + 1)) for a, b in similar]
    for a, a_end, b, b_end in gaps(similar, gap):
        pairs.extend(Pair(range(at, at + 1), range(0)) for at in range(a, a_end))
        pairs.extend(Pair(range(0), range(at, at + 1)) for at in range(b, b_end))
    return pairs


def _similar(
    gap: tuple[int, int, int, int], old: Sequence[str], new: Sequence[str]
) -> list[tuple[int, int]]:
    i, i_end, j, j_end = gap
    return heaviest_rise(
        alike({at: old[at] for at in range(i, i_end)}, {at: new[at] for at in range(j, j_end)})
    )


def _with_moves(pairs: list[Pair], old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """The pairs, of which what went from one place and came to another has moved."""
    gone = {p.before[0]: old[p.before[0]] for p in pairs if not p.after}
    come = {p.after[0]: new[p.after[0]] for p in pairs if not p.before}
    moved = _moves(_telling(gone), _telling(come))
    back = {j: i for i, j in moved.items()}
    for pair in pairs:
        if not pair.after and pair.before[0] in moved:
            to = moved[pair.before[0]]
            yield Pair(pair.before, range(to, to + 1), moved=True, leaves=True)
        elif not pair.before and pair.after[0] in back:
            came = back[pair.after[0]]
            yield Pair(range(came, came + 1), pair.after, moved=True)
        else:
            yield pair


def _telling(keys: dict[int, str]) -> dict[int, str]:
    return {at: key for at, key in keys.items() if len(key) >= _SHORTEST_MOVE}


def _moves(gone: dict[int, str], come: dict[int, str]) -> dict[int, int]:
    """From where to where: what is equal first, then what is most alike."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, key in reversed(come.items()):
        places[key].append(at)
    moved = {at: places[key].pop() for at, key in gone.items() if places.get(key)}
    left = {at: key for at, key in gone.items() if at not in moved}
    open_ = {at: key for at, key in come.items() if at not in set(moved.values())}
    taken: set[int] = set()
    shares = alike(left, open_, _MOVED)
    for i, j in sorted(shares, key=lambda pair: (-shares[pair], pair)):
        if i not in moved and j not in taken:
            moved[i] = j
            taken.add(j)
    return moved


def _places(pair: Pair) -> tuple[int | None, int | None]:
    """Where a pair stands in the texts; one that moved stands only at its own end."""
    stands_before = pair.before and (not pair.moved or pair.leaves)
    stands_after = pair.after and not pair.leaves
    return (
        pair.before.start if stands_before else None,
        pair.after.start if stands_after else None,
    )
