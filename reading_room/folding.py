"""Long stretches of paragraphs that say the same, folded away but for their ends. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from storage.comparing.diff import ParagraphDiff

_KEPT = 1
"""Unchanged paragraphs left in sight on either side of a change."""
_LEAST = 3
"""Fewer are not worth folding away."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Paragraphs in order; `folded` where they are hidden until asked for."""

    folded: bool
    paragraphs: tuple[ParagraphDiff, ...]

    @property
    def formal(self) -> bool:
        """Whether some differ in their form or their number."""
        return any(paragraph.kind != "same" for paragraph in self.paragraphs)


def folds(paragraphs: Sequence[ParagraphDiff]) -> list[Fold]:
    """All paragraphs in order, those far from any change folded."""
    found: list[Fold] = []
    at = 0
    for quiet, group in groupby(paragraphs, key=lambda paragraph: paragraph.quiet):
        stretch = tuple(group)
        first, at = at == 0, at + len(stretch)
        last = at == len(paragraphs)
        start, end = 0 if first else _KEPT, len(stretch) - (0 if last else _KEPT)
        whole = not quiet or end - start < _LEAST
        found.extend([Fold(False, stretch)] if whole else _in_three(stretch, start, end))
    return found


def _in_three(stretch: tuple[ParagraphDiff, ...], start: int, end: int) -> Iterator[Fold]:
    if start:
        yield Fold(False, stretch[:start])
    yield Fold(True, stretch[start:end])
    if end < len(stretch):
        yield Fold(False, stretch[end:])
