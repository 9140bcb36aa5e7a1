"""Hits in context: where words stand in a text, whatever width or case they were typed in. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storage.search_index import folded

WIDTH = 60
"""Characters of a snippet: about a line and a half of a terminal."""
_LEAD = 16

Place = tuple[int, int]
"""From which character to which (the end not included)."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text on one line, and the hits in it. `cut` says at which ends it was cut."""

    text: str
    hits: tuple[Place, ...]
    cut: tuple[bool, bool]


def places(text: str, words: Iterable[str]) -> tuple[Place, ...]:
    """Where the words stand in the text as it is written; overlapping hits are one.

    >>> places("ＧＤＰ增长５％", ["gdp", "5%"])
    ((0, 3), (5, 7))
    """
    form, origin = _folded(text)
    found = sorted(place for word in words for place in _occurrences(form, folded(word)))
    merged: list[Place] = []
    for start, end in ((origin[s], origin[e - 1] + 1) for s, e in found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def snippet(text: str, words: Iterable[str], width: int = WIDTH) -> Snippet:
    """The piece of a text that shows most of the hits; its beginning where there is none."""
    found = places(text, words)
    start = _best_start(found, len(text), width)
    end = min(len(text), start + width)
    inside = tuple((s - start, min(e, end) - start) for s, e in found if start <= s < end)
    line = text[start:end].replace("\n", " ").replace("\t", " ")
    return Snippet(line, inside, (start > 0, end < len(text)))


def _best_start(found: tuple[Place, ...], length: int, width: int) -> int:
    starts = [max(0, min(s - _LEAD, length - width)) for s, _ in found]
    return max(starts, key=lambda at: sum(at <= s < at + width for s, _ in found), default=0)


def _occurrences(form: str, word: str) -> Iterable[Place]:
    at = form.find(word) if word else -1
    while at >= 0:
        yield at, at + len(word)
        at = form.find(word, at + len(word))


# A search folds some hundred thousand characters, of which some thousand are different.
_folded_character = lru_cache(maxsize=2**15)(folded)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The form that is searched, and for each of its characters where it stands in the text."""
    forms = list(map(_folded_character, text))
    form = "".join(forms)
    if len(form) == len(text) and all(forms):
        return form, range(len(text))
    return form, [at for at, each in enumerate(forms) for _ in each]
