"""Long stretches of paragraphs that did not change, folded away but for their ends. Pure."""

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


def folds(paragraphs: Sequence[ParagraphDiff]) -> list[Fold]:
    """All paragraphs in order, those far from any change folded."""
    return list(_folds(paragraphs))


def _folds(paragraphs: Sequence[ParagraphDiff]) -> Iterator[Fold]:
    at = 0
    for same, group in groupby(paragraphs, key=lambda paragraph: paragraph.kind == "same"):
        stretch = tuple(group)
        first, at = at == 0, at + len(stretch)
        start = 0 if first else _KEPT
        end = len(stretch) - (0 if at == len(paragraphs) else _KEPT)
        if not same or end - start < _LEAST:
            yield Fold(False, stretch)
            continue
        for folded, part in (
            (False, stretch[:start]),
            (True, stretch[start:end]),
            (False, stretch[end:]),
        ):
            if part:
                yield Fold(folded, part)
