"""Charts as they are drawn: figures become places on a plane. Pure, and without words.

Drawn small (400 wide), so that their lettering can still be read on a telephone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 400, 176
LEFT, RIGHT, TOP, BOTTOM = 44, 374, 12, 148
_LABELS = 6
"""So many labels fit side by side below a chart."""
_TOPS = (1, 2, 4, 6, 8)
"""Scales end at one of these times a power of ten: their halves are whole numbers as well."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A label and where it stands along its axis; `anchor` keeps it from leaving the chart."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Column:
    """One upright bar, and which of the figures it is."""

    x: float
    y: float
    width: float
    height: float
    index: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line by its stretches, since a figure may be missing: `points` as SVG takes them. `dots`
    are where figures are, told apart while they are few."""

    name: str
    stretches: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart: its columns or lines, and the labels below and beside it."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]


def columns(labels: Sequence[str], values: Sequence[float], unit: str = "") -> Plot:
    """One column a figure, from 0 up.

    >>> plot = columns(["2026-01", "2026-02"], [3, 0])
    >>> [(round(c.height), c.index) for c in plot.columns], [m.text for m in plot.up]
    ([(102, 0)], ['0', '2', '4'])
    """
    top = _top(max(values, default=0))
    step = (RIGHT - LEFT) / max(len(values), 1)
    width = min(step * 0.8, 34)
    drawn = tuple(
        Column(
            round(LEFT + step * (n + 0.5) - width / 2, 2),
            round(_height(value, top), 2),
            round(width, 2),
            round(BOTTOM - _height(value, top), 2),
            n,
        )
        for n, value in enumerate(values)
        if value
    )
    every = -(-len(labels) // _LABELS) or 1
    across = tuple(
        Mark(round(LEFT + step * (n + 0.5), 2), label)
        for n, label in enumerate(labels)
        if n % every == 0
    )
    return Plot(drawn, (), across, _up(top, unit))


def lines(
    moments: Sequence[datetime],
    labels: Sequence[str],
    named: Sequence[tuple[str, Sequence[int | None]]],
) -> Plot:
    """One line for each name, over moments in order; None where there is no figure.

    >>> from datetime import UTC
    >>> days = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 2, 5)]
    >>> [line.stretches for line in lines(days, ["1", "2", "5"], [("held", [1, None, 2])]).lines]
    [('44,80', '374,12')]
    """
    top = _top(max((value for _, values in named for value in values if value), default=0))
    places = _along(moments)
    drawn = tuple(_line(name, places, values, top) for name, values in named)
    return Plot((), drawn, tuple(_apart(places, labels)), _up(top, ""))


def _apart(places: Sequence[float], labels: Sequence[str]) -> Iterator[Mark]:
    """Labels that do not run into each other."""
    last = -float(WIDTH)
    for at, label in zip(places, labels, strict=True):
        if at - last >= (RIGHT - LEFT) / (_LABELS - 1):
            yield _mark(at, label)
            last = at


def _mark(at: float, text: str) -> Mark:
    edge = (RIGHT - LEFT) / (2 * _LABELS)
    if at < LEFT + edge:
        return Mark(at, text, "start")
    return Mark(at, text, "end" if at > RIGHT - edge / 2 else "middle")


def _line(name: str, places: Sequence[float], values: Sequence[int | None], top: float) -> Line:
    stretches: list[list[str]] = [[]]
    dots: list[tuple[float, float]] = []
    for x, value in zip(places, values, strict=True):
        if value is None:
            stretches.append([])
            continue
        y = round(_height(value, top), 2)
        stretches[-1].append(f"{x:g},{y:g}")
        dots.append((x, y))
    few = len(dots) <= 2 * _LABELS
    return Line(name, tuple(" ".join(each) for each in stretches if each), tuple(dots * few))


def _along(moments: Sequence[datetime]) -> list[float]:
    """Where moments stand: by the time between them; the middle for one alone."""
    if not moments or moments[0] == moments[-1]:
        return [(LEFT + RIGHT) / 2] * len(moments)
    whole = moments[-1] - moments[0]
    return [round(LEFT + (RIGHT - LEFT) * ((m - moments[0]) / whole), 2) for m in moments]


def _height(value: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _top(most: float) -> float:
    """The end of a scale that holds `most`.

    >>> [_top(most) for most in (0, 1, 3, 61, 0.3)]
    [1, 1, 4, 80, 0.4]
    """
    if most <= 0:
        return 1
    power = 0
    while 8 * 10**power < most:
        power += 1
    while power > -4 and most <= 0.8 * 10**power:
        power -= 1
    return next(
        (round(top * 10.0**power, 6) if power < 0 else top * 10**power)
        for top in (*_TOPS, 10)
        if top * 10.0**power >= most
    )


def _up(top: float, unit: str) -> tuple[Mark, ...]:
    steps = (0, top) if top == 1 and not unit else (0, top / 2, top)
    return tuple(Mark(round(_height(step, top), 2), f"{step:,g}{unit}") for step in steps)
