"""What changed within one paragraph, in pieces that a person can read. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from storage.article import comparable

_TOKEN = re.compile(r"[0-9A-Za-z]+(?:[.,][0-9A-Za-z]+)*|\s+|.", re.DOTALL)
_CLAUSE = re.compile(r"[^，。；：！？、,;\n\t]*[，。；：！？、,;\n\t]?", re.DOTALL)
_LONG = 1500
"""Tokens from which a paragraph is first compared clause by clause: characters take too long."""

# Full-width forms and their half-width twins: the same character to a reader.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text: `kind` is `same`, `added` or `removed`. `form_only` marks a piece whose
    counterpart differs in white space or the width of its characters alone."""

    kind: str
    text: str
    form_only: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch before and after: `same`, `form` (the same but for its form) or `edit`."""

    kind: str
    before: str
    after: str


def form_of(text: str) -> str:
    """What of a text is not form: without white space, full-width characters as half-width ones.

    >>> form_of("第 １ 条，（一）")
    '第1条,(一)'
    """
    return comparable(text.translate(_WIDTHS)).replace("\t", "")


def same_form(before: str, after: str) -> bool:
    """Whether two texts differ in form alone."""
    return form_of(before) == form_of(after)


def spans_between(before: str, after: str) -> tuple[Span, ...]:
    """The pieces of two texts: what is not `added` is the one before, not `removed` the one after.

    Words of Latin letters and numbers change as a whole, and short equal pieces between two
    changes are drawn into them.

    >>> [(s.kind, s.text) for s in spans_between("计划到2025年底完成", "计划到2026年底前完成")]
    [('same', '计划到'), ('removed', '2025'), ('added', '2026'), ('same', '年底'), \
('added', '前'), ('same', '完成')]
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    blocks = _blocks(old, new, split=max(len(old), len(new)) > _LONG)
    return tuple(span for block in _readable(blocks) for span in _spans(block))


def _blocks(old: Sequence[str], new: Sequence[str], *, split: bool = False) -> list[_Block]:
    if split:
        old, new = _CLAUSE.findall("".join(old)), _CLAUSE.findall("".join(new))
    matcher = SequenceMatcher(
        None, [_key(token) for token in old], [_key(token) for token in new], autojunk=False
    )
    blocks: list[_Block] = []
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        before, after = "".join(old[i:i_end]), "".join(new[j:j_end])
        if tag == "equal":
            blocks.extend(_equal(old[i:i_end], new[j:j_end]))
        elif split and tag == "replace":
            blocks.extend(_within_clauses(before, after))
        else:
            blocks.append(_Block(_kind(before, after), before, after))
    return blocks


def _within_clauses(before: str, after: str) -> list[_Block]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if max(len(old), len(new)) <= _LONG:
        return _blocks(old, new)
    # Text without punctuation: only what stands equal at both ends is told apart.
    start = _equal_until(before, after)
    end = _equal_until(before[start:][::-1], after[start:][::-1])
    old_end, new_end = len(before) - end, len(after) - end
    return [
        _Block("same", before[:start], after[:start]),
        _Block("edit", before[start:old_end], after[start:new_end]),
        _Block("same", before[old_end:], after[new_end:]),
    ]


def _equal_until(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _key(token: str) -> str:
    return form_of(token) or " "


def _equal(old: Iterable[str], new: Iterable[str]) -> Iterable[_Block]:
    pairs = zip(old, new, strict=True)
    for same, group in groupby(pairs, key=lambda pair: pair[0] == pair[1]):
        before, after = ("".join(side) for side in zip(*group, strict=True))
        yield _Block("same" if same else "form", before, after)


def _kind(before: str, after: str) -> str:
    return "form" if same_form(before, after) else "edit"


def _readable(blocks: list[_Block]) -> list[_Block]:
    """Merge until no short piece that stayed stands between two larger changes."""
    merged = _joined(blocks)
    while (at := _island(merged)) is not None:
        merged[at - 1 : at + 2] = [_together(merged[at - 1 : at + 2])]
    return merged


def _joined(blocks: Iterable[_Block]) -> list[_Block]:
    return [_together(list(group)) for _, group in groupby(blocks, key=lambda block: block.kind)]


def _together(blocks: list[_Block]) -> _Block:
    before, after = "".join(b.before for b in blocks), "".join(b.after for b in blocks)
    kind = blocks[0].kind if len({b.kind for b in blocks}) == 1 else "edit"
    return _Block(kind, before, after)


def _island(blocks: list[_Block]) -> int | None:
    for at in range(1, len(blocks) - 1):
        left, here, right = blocks[at - 1 : at + 2]
        edits = left.kind == right.kind == "edit"
        # No longer than either change beside it: as diff-match-patch cleans up for readers.
        if here.kind != "edit" and edits and len(here.before) <= min(_size(left), _size(right)):
            return at
    return None


def _size(block: _Block) -> int:
    return max(len(block.before), len(block.after))


def _spans(block: _Block) -> Iterable[Span]:
    if block.kind == "same":
        if block.before:
            yield Span("same", block.before)
        return
    form_only = block.kind == "form"
    if block.before:
        yield Span("removed", block.before, form_only)
    if block.after:
        yield Span("added", block.after, form_only)
