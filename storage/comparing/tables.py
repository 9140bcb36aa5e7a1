"""Tables in a text: runs of rows, and which column became which. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from storage.comparing.likeness import Traits, likeness, to_compare
from storage.comparing.sequences import Match, gaps, heaviest_rise, read_down
from storage.comparing.spans import form_of

_SAME_TABLE = 0.3
_SAME_COLUMN = 0.4
_HEADING = "\0"
_NUMBER_HEADINGS = frozenset({"序号", "编号", "序", "No", "No.", "#"})

Column = tuple[int | None, int | None]
"""A column before and after; None where it is not there."""


@dataclass(frozen=True, slots=True)
class Tables:
    """One table before and after: its columns, and whether the first only numbers the rows."""

    columns: tuple[Column, ...]
    widths: tuple[int, int]
    numbered: bool

    def key(self, row: str, side: int) -> str:
        """What tells a row from others: what it says in the columns that both tables have."""
        cells = row.split("\t")
        if len(cells) != self.widths[side]:
            return form_of(row)
        shared = [pair[side] for pair in self.columns if None not in pair]
        said = shared[1:] if self.numbered and len(shared) > 1 else shared
        return "\t".join(form_of(cells[at]) for at in said if at is not None)

    def columns_of(self, before: Sequence[str], after: Sequence[str]) -> tuple[Column, ...] | None:
        """The columns of two rows; None where either has not as many cells as its table."""
        fit = (len(before), len(after)) == self.widths
        return self.columns if fit else None


def tables_in(lines: Sequence[str]) -> list[range]:
    """The runs of lines that are rows of a table."""
    found: list[range] = []
    for is_row, group in groupby(enumerate(lines), key=lambda line: "\t" in line[1]):
        places = [at for at, _ in group]
        if is_row:
            found.append(range(places[0], places[-1] + 1))
    return found


def paired_tables(before: Sequence[str], after: Sequence[str]) -> dict[tuple[int, int], Tables]:
    """The tables that stand in both texts, by the places of their first rows."""
    old, new = tables_in(before), tables_in(after)
    before_cells = {at: _cells(before, table) for at, table in enumerate(old)}
    after_cells = {at: _cells(after, table) for at, table in enumerate(new)}
    shares = {
        (i, j): share
        for i, j in to_compare(before_cells, after_cells)
        if (share := likeness(before_cells[i], after_cells[j])) >= _SAME_TABLE
    }
    chain = heaviest_rise(shares)
    return {
        (old[i].start, new[j].start): _tables(
            [before[at].split("\t") for at in old[i]], [after[at].split("\t") for at in new[j]]
        )
        for i, j in chain
    }


def _tables(old: list[list[str]], new: list[list[str]]) -> Tables:
    widths = _width(old), _width(new)
    full_old = [row for row in old if len(row) == widths[0]]
    full_new = [row for row in new if len(row) == widths[1]]
    columns = _columns(full_old, full_new, widths)
    numbered = columns[0] == (0, 0) and form_of(full_old[0][0]) in _NUMBER_HEADINGS
    return Tables(columns, widths, numbered and full_old[0][0] == full_new[0][0])


def _columns(
    old: list[list[str]], new: list[list[str]], widths: tuple[int, int]
) -> tuple[Column, ...]:
    if widths[0] == widths[1]:
        return tuple((at, at) for at in range(widths[0]))
    before, after = _said(old, widths[0]), _said(new, widths[1])
    shares: dict[Match, float] = {
        (i, j): share
        for i, j in to_compare(before, after)
        if (share := _column_share(before[i], after[j])) >= _SAME_COLUMN
    }
    chain = heaviest_rise(shares)
    single: list[Column] = list(chain)
    for i, i_end, j, j_end in gaps(chain, (0, widths[0], 0, widths[1])):
        single.extend((at, None) for at in range(i, i_end))
        single.extend((None, at) for at in range(j, j_end))
    return tuple(read_down(single, lambda column: column))


def _said(rows: list[list[str]], width: int) -> dict[int, Traits]:
    """What each column says, its heading marked."""
    columns = {at: [form_of(row[at]) for row in rows] for at in range(width)}
    return {at: frozenset(cells[1:]) | {f"{_HEADING}{cells[0]}"} for at, cells in columns.items()}


def _column_share(one: Traits, other: Traits) -> float:
    """Half of it is the heading, half what stands below."""
    heading = any(cell.startswith(_HEADING) and len(cell) > 1 for cell in one & other)
    return (heading + likeness(one, other)) / 2


def _width(rows: list[list[str]]) -> int:
    return Counter(len(row) for row in rows).most_common(1)[0][0]


def _cells(lines: Sequence[str], table: range) -> Traits:
    return frozenset(form_of(cell) for at in table for cell in lines[at].split("\t"))
