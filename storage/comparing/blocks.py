"""Stretches of two texts that stayed or changed, made fit for reading. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storage.comparing.word_ends import word_ends

_LONGEST_WORD = 4
_FURTHEST_SLIDE = 40
_STOPS = frozenset("，。；：！？、,;:!?）)》”\n\t ")


@dataclass(frozen=True, slots=True)
class Block:
    """From where to where in the text before and in the one after: `same`, `form` (the same but
    for its form) or `edit`."""

    kind: str
    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def size(self) -> int:
        return max(self.old_end - self.old, self.new_end - self.new)

    def of(self, before: str, after: str) -> tuple[str, str]:
        """The stretch in each of the texts."""
        return before[self.old : self.old_end], after[self.new : self.new_end]


def readable(blocks: Iterable[Block], before: str, after: str) -> list[Block]:
    """Without short pieces that stayed between two larger changes, as diff-match-patch cleans up
    for readers; what was put in or taken out alone begins where a reader would begin it."""
    merged: list[Block] = []
    for block in blocks:
        _push(merged, block)
        while len(merged) > 2 and _is_island(*merged[-3:]):
            merged[-3:] = [_together(merged[-3], merged[-1])]
    return _slid(merged, before, after)


def to_words(blocks: list[Block], before: str, after: str) -> list[Block]:
    """Changes grown to whole words where both texts have a word's end near."""
    if len(blocks) < 2:
        return blocks
    old_ends, new_ends = word_ends(before), word_ends(after)
    grown: list[Block] = []
    for at, block in enumerate(blocks):
        if block.kind != "same":
            _push(grown, block)
            continue
        lead = 0
        if at:
            lead = _steps(block.old, block.new, 1, old_ends, new_ends, block.size)
        trail = 0
        if at + 1 < len(blocks):
            left = block.size - lead
            trail = _steps(block.old_end, block.new_end, -1, old_ends, new_ends, left)
        for part in _cut(block, lead, trail):
            _push(grown, part)
    return grown


def _push(blocks: list[Block], block: Block) -> None:
    """Add a block; one of the kind of the last is one with it."""
    if not block.size:
        return
    if blocks and blocks[-1].kind == block.kind:
        blocks[-1] = _together(blocks[-1], block)
    else:
        blocks.append(block)


def _together(first: Block, last: Block) -> Block:
    return Block(first.kind, first.old, last.old_end, first.new, last.new_end)


def _is_island(left: Block, here: Block, right: Block) -> bool:
    edits = left.kind == right.kind == "edit"
    return edits and here.kind != "edit" and here.size <= min(left.size, right.size)


def _slid(blocks: list[Block], before: str, after: str) -> list[Block]:
    """甲应当乙 from 甲应当丙应当乙: the same letters went, whichever 应当 is said to have gone."""
    slid = list(blocks)
    for at in range(1, len(blocks) - 1):
        left, here, right = slid[at - 1 : at + 2]
        sides = left.kind == right.kind == "same" and here.kind == "edit"
        if sides and (here.old == here.old_end or here.new == here.new_end):
            by = _best_slide(left, here, right, before, after)
            slid[at - 1] = Block("same", left.old, left.old_end + by, left.new, left.new_end + by)
            slid[at] = Block(
                "edit", here.old + by, here.old_end + by, here.new + by, here.new_end + by
            )
            slid[at + 1] = Block(
                "same", right.old + by, right.old_end, right.new + by, right.new_end
            )
    return [block for block in slid if block.size]


def _best_slide(left: Block, here: Block, right: Block, before: str, after: str) -> int:
    text, start, end = (
        (before, here.old, here.old_end)
        if here.new == here.new_end
        else (after, here.new, here.new_end)
    )
    first = last = 0
    while (
        -first < min(left.size, _FURTHEST_SLIDE)
        and text[start + first - 1] == text[end + first - 1]
    ):
        first -= 1
    while last < min(right.size, _FURTHEST_SLIDE) and text[start + last] == text[end + last]:
        last += 1
    if first == last:
        return 0
    ends = word_ends(text[max(0, start + first - 20) : end + last + 20])
    base = max(0, start + first - 20)
    return max(
        range(first, last + 1),
        key=lambda by: (
            (start + by == 0 or text[start + by - 1] in _STOPS)
            + (start + by - base in ends)
            + (end + by - base in ends),
            -abs(by),
        ),
    )


def _steps(
    old: int, new: int, way: int, old_ends: frozenset[int], new_ends: frozenset[int], most: int
) -> int:
    """How far it is into what stayed to a place where a word ends in both texts; 0 where no word
    is that long."""
    for step in range(min(most, _LONGEST_WORD) + 1):
        if old + way * step in old_ends and new + way * step in new_ends:
            return step
    return 0


def _cut(block: Block, lead: int, trail: int) -> Iterator[Block]:
    old, new = block.old + lead, block.new + lead
    old_end, new_end = block.old_end - trail, block.new_end - trail
    yield Block("edit", block.old, old, block.new, new)
    yield Block("same", old, old_end, new, new_end)
    yield Block("edit", old_end, block.old_end, new_end, block.new_end)
