"""Where words begin and end in a Chinese text."""

from functools import cache
from typing import Any


def word_ends(text: str) -> frozenset[int]:
    """The places in a text between its words, its beginning and its end included.

    Words are those of jieba's dictionary; figures and Latin words stand by themselves.

    >>> sorted(word_ends("应当依法办理手续"))
    [0, 2, 4, 8]
    """
    at, ends = 0, {0}
    for word in _cut(text):
        at += len(word)
        ends.add(at)
    ends.update(i for i in range(1, len(text)) if _latin(text[i - 1]) != _latin(text[i]))
    return frozenset(ends)


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _cut(text: str) -> list[str]:
    cut: list[str] = _dictionary().cut(text)
    return cut


@cache
def _dictionary() -> Any:
    import rjieba  # here: its dictionary takes a tenth of a second, and only a comparison needs it

    return rjieba
