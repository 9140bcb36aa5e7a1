"""Hits in a text as pieces to show: what is a hit, what is not. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text; `hit` where a reader's word stands."""

    text: str
    hit: bool


def marked(text: str, hits: Sequence[tuple[int, int]]) -> list[Piece]:
    """The whole text in pieces; `hits` stand in order.

    >>> [(p.text, p.hit) for p in marked("关于停车的通知", [(2, 4)])]
    [('关于', False), ('停车', True), ('的通知', False)]
    """
    pieces: list[Piece] = []
    at = 0
    for start, end in hits:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]
