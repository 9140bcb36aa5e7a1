"""Words in a Chinese text: where they begin and end, and which are names."""

from collections import Counter
from functools import cache
from typing import Any

_NAMES = frozenset({"nr", "nrt", "ns", "nt"})


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


def names_in(text: str) -> Counter[str]:
    """The names of people, places and offices in a text, as far as the dictionary tells them.

    >>> sorted(names_in("免去陈志强的市司法局局长职务"))
    ['司法局', '陈志强']
    """
    tagged: list[tuple[str, str]] = _dictionary().tag(text)
    return Counter(word for word, tag in tagged if tag in _NAMES and len(word) > 1)


def load_words() -> None:
    """Load the dictionary now, so that no reader waits for it at the first comparison."""
    _dictionary()


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _cut(text: str) -> list[str]:
    cut: list[str] = _dictionary().cut(text)
    return cut


@cache
def _dictionary() -> Any:
    import rjieba  # here: its dictionary takes a tenth of a second, and only a comparison needs it

    return rjieba
