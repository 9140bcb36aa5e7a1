"""Rows of tables, compared cell by cell. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from storage.comparing.sequences import Place, common, gaps
from storage.comparing.spans import By, Span, form_of, numbers, spans_between
from storage.comparing.tables import Tables


@dataclass(frozen=True, slots=True)
class CellDiff:
    """One cell of a table's row: `same`, `changed`, or `added` or `removed` (mostly with its
    column)."""

    kind: str
    spans: tuple[Span, ...]


Row = tuple[tuple[Span, ...], tuple[CellDiff, ...]]
"""A row's pieces with its tabs, and its cells, without."""


def whole_row(kind: str, row: str) -> tuple[CellDiff, ...]:
    """The cells of a row that stands on one side, or on both unchanged; none for a paragraph."""
    if "\t" not in row:
        return ()
    return tuple(CellDiff(kind, (Span(kind, cell),) if cell else ()) for cell in row.split("\t"))


def row_between(before: str, after: str, tables: Tables | None, by: By) -> Row:
    """A row before and after."""
    old, new = _ended(before), _ended(after)
    columns = (tables and tables.columns_of(old, new)) or _guessed(old, new)
    numbered = tables is not None and tables.numbered
    pieces: list[Span] = []
    cells: list[CellDiff] = []
    for i, j in columns:
        cell = old[i] if i is not None else ""
        other = new[j] if j is not None else ""
        number = numbered and (i, j) == (0, 0)
        spans = tuple(_numbered(cell, other) if number else spans_between(cell, other, by))
        pieces.extend(spans)
        cells.append(CellDiff(_kind((i, j), cell, other), tuple(_untabbed(spans))))
    return tuple(_joined(pieces)), tuple(cells)


def _ended(row: str) -> list[str]:
    """A row's cells, each with the tab that ends it."""
    cells = row.split("\t")
    return [f"{cell}\t" for cell in cells[:-1]] + [cells[-1]]


def _guessed(old: list[str], new: list[str]) -> list[Place]:
    """Which cell became which, where no table says so."""
    if len(old) == len(new):
        return [(at, at) for at in range(len(old))]
    matches = common([form_of(cell) for cell in old], [form_of(cell) for cell in new])
    columns: list[Place] = []
    stretches = list(gaps(matches, (0, len(old), 0, len(new))))
    stretches.extend((i, i + 1, j, j + 1) for i, j in matches)
    for i, i_end, j, j_end in sorted(stretches):
        columns.extend(zip_longest(range(i, i_end), range(j, j_end)))
    return columns


def _numbered(cell: str, other: str) -> Iterator[Span]:
    old, new = cell.rstrip("\t"), other.rstrip("\t")
    if old == new or not (old.isdigit() and new.isdigit()):
        yield from spans_between(cell, other)
        return
    yield from numbers(old, new)
    yield from spans_between(cell[len(old) :], other[len(new) :])


def _kind(column: Place, cell: str, other: str) -> str:
    if column[0] is None:
        return "added"
    if column[1] is None:
        return "removed"
    return "same" if cell.rstrip("\t") == other.rstrip("\t") else "changed"


def _untabbed(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if text := span.text.replace("\t", ""):
            yield replace(span, text=text)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours of one kind as one."""
    for _, group in groupby(spans, key=lambda s: (s.kind, s.form_only, s.renumbered)):
        first, *rest = group
        yield replace(first, text=first.text + "".join(span.text for span in rest))
