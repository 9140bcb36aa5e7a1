"""What changed within one paragraph, in pieces that a person can read. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from storage.article import comparable
from storage.comparing.blocks import Block, readable, to_words
from storage.comparing.numbering import number_of, renumbered
from storage.comparing.sequences import Match, common, gaps

_TOKEN = re.compile(r"[0-9A-Za-z]+(?:[.,][0-9A-Za-z]+)*|\s+|.", re.DOTALL)
_CLAUSE = re.compile(r"[^，。；：！？、,;\n\t]*[，。；：！？、,;\n\t]?", re.DOTALL)
_LONG = 400
"""Tokens from which a paragraph is first compared clause by clause: characters take too long."""
_MOST_PAIRINGS = 20_000
"""Pairs of equal tokens from which `difflib` would take too long."""

# Full-width forms and their half-width twins: the same character to a reader.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class By(StrEnum):
    """How finely a change within a paragraph is marked."""

    WORD = "word"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text: `kind` is `same`, `added` or `removed`.

    Two kinds of change are quiet: `form_only` marks a piece whose counterpart differs in white
    space or the width of its characters alone, `renumbered` the number that a paragraph begins
    with (第三条 that has become 第四条).
    """

    kind: str
    text: str
    form_only: bool = False
    renumbered: bool = False

    @property
    def quiet(self) -> bool:
        """Whether nothing of what the text says has changed here."""
        return self.kind == "same" or self.form_only or self.renumbered


def form_of(text: str) -> str:
    """What of a text is not form: without white space, full-width characters as half-width ones.

    >>> form_of("第 １ 条，（一）")
    '第1条,(一)'
    """
    return comparable(text.translate(_WIDTHS)).replace("\t", "")


def same_form(before: str, after: str) -> bool:
    """Whether two texts differ in form alone."""
    return form_of(before) == form_of(after)


def spans_between(before: str, after: str, by: By = By.WORD) -> tuple[Span, ...]:
    """The pieces of two texts: what is not `added` is the one before, not `removed` the one after.

    Words of Latin letters and numbers change as a whole, by `By.WORD` Chinese words as well; short
    equal pieces between two changes are drawn into them.

    >>> [(s.kind, s.text) for s in spans_between("计划到2025年底完成", "计划到2026年底前完成")]
    [('same', '计划到'), ('removed', '2025'), ('added', '2026'), ('same', '年底'), \
('added', '前'), ('same', '完成')]
    """
    if renumbered(before, after):
        old, new = number_of(before), number_of(after)
        rest = spans_between(before[len(old) :], after[len(new) :], by)
        return (*numbers(old, new), *rest)
    blocks = readable(_blocks(before, after), before, after)
    if by is By.WORD:
        blocks = to_words(blocks, before, after)
    return tuple(span for block in blocks for span in _spans(block, before, after))


def numbers(before: str, after: str) -> Iterator[Span]:
    """A number and the one that took its place, quietly."""
    for span in (Span("removed", before), Span("added", after)):
        if span.text:
            yield replace(span, renumbered=True)


def _blocks(before: str, after: str) -> list[Block]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(old), len(new)) <= _LONG:
        return _by_tokens(old, new, 0, 0)
    return list(_by_clauses(_CLAUSE.findall(before), _CLAUSE.findall(after)))


def _by_clauses(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Clauses that stand as they were, and between them the tokens of those that do not."""
    old_at, new_at = _starts(old), _starts(new)
    matches = common(old, new, [float(len(clause)) for clause in old])
    for stretch in _alternating(matches, len(old), len(new)):
        i, i_end, j, j_end = stretch
        if i_end - i == j_end - j and old[i:i_end] == new[j:j_end]:
            yield Block("same", old_at[i], old_at[i_end], new_at[j], new_at[j_end])
        else:
            yield from _by_tokens(
                _TOKEN.findall("".join(old[i:i_end])),
                _TOKEN.findall("".join(new[j:j_end])),
                old_at[i],
                new_at[j],
            )


def _alternating(
    matches: Sequence[Match], old: int, new: int
) -> Iterator[tuple[int, int, int, int]]:
    """All of both sequences in order: matches one by one, and the stretches between them."""
    whole = (0, old, 0, new)
    between = list(gaps(matches, whole))
    single = [(i, i + 1, j, j + 1) for i, j in matches]
    yield from sorted(between + single, key=lambda s: (s[0], s[2], s[1], s[3]))


def _by_tokens(old: Sequence[str], new: Sequence[str], old_from: int, new_from: int) -> list[Block]:
    old_at, new_at = _starts(old), _starts(new)
    keys = [_key(token) for token in old], [_key(token) for token in new]
    found: list[Block] = []
    for i, i_end, j, j_end in _alternating(_matching(*keys), len(old), len(new)):
        pair = "".join(old[i:i_end]), "".join(new[j:j_end])
        found.append(
            Block(
                _kind(*pair),
                old_from + old_at[i],
                old_from + old_at[i_end],
                new_from + new_at[j],
                new_from + new_at[j_end],
            )
        )
    return found


def _matching(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """The tokens that stayed: in long pieces where that can be had quickly."""
    counts = Counter(new)
    if max(len(old), len(new)) > _LONG or sum(counts[t] for t in old) > _MOST_PAIRINGS:
        return common(old, new)
    pieces = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return [(piece.a + k, piece.b + k) for piece in pieces for k in range(piece.size)]


def _starts(parts: Iterable[str]) -> list[int]:
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts


@lru_cache(maxsize=8192)
def _key(token: str) -> str:
    return form_of(token) or " "


def _kind(before: str, after: str) -> str:
    if before == after:
        return "same"
    return "form" if same_form(before, after) else "edit"


def _spans(block: Block, before: str, after: str) -> Iterable[Span]:
    old, new = block.of(before, after)
    if block.kind == "same":
        return [Span("same", old)] if old else []
    pieces = (Span("removed", old, block.kind == "form"), Span("added", new, block.kind == "form"))
    return [piece for piece in pieces if piece.text]
