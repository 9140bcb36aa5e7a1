"""Curves on two logarithmic axes, as SVG. Pure."""

from collections.abc import Iterator, Mapping
from html import escape
from math import log10

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 60, 250, 20, 40
LOW, HIGH = 0, 3.5
"""The powers of ten of a millisecond that the drawing spans."""
_COLOURS = ("#1b6ca8", "#b5482a", "#3a7d44", "#7a4988", "#8a6d1b", "#444444", "#a8327d", "#2a8a8a")
_SHOWN = 8


def drawn(curves: Mapping[str, Mapping[int, float]]) -> str:
    """The curves that end highest, named at their ends; the others in grey."""
    sizes = sorted({size for curve in curves.values() for size in curve})
    ranked = sorted(curves, key=lambda name: max(curves[name].values()), reverse=True)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="sans-serif" font-size="11"><title>Milliseconds of a question by the number '
        'of versions held</title><rect width="100%" height="100%" fill="#ffffff"/>',
        *_axes(sizes),
        *(_line(curves[name], sizes, "#c8c8c8") for name in ranked[_SHOWN:]),
    ]
    for at, name in enumerate(ranked[:_SHOWN]):
        colour = _COLOURS[at]
        parts.append(_line(curves[name], sizes, colour))
        y = TOP + 14 + at * 18
        parts.append(
            f'<text x="{WIDTH - RIGHT + 14}" y="{y}" fill="{colour}">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axes(sizes: list[int]) -> Iterator[str]:
    for power in range(LOW, int(HIGH) + 1):
        y = _y(10**power)
        yield f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#e4e4e4"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{10**power} ms</text>'
    for size in sizes:
        x = _x(size, sizes)
        yield f'<text x="{x}" y="{HEIGHT - 14}" text-anchor="middle">{size:,}</text>'


def _line(curve: Mapping[int, float], sizes: list[int], colour: str) -> str:
    points = " ".join(f"{_x(size, sizes)},{_y(curve[size])}" for size in sorted(curve))
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _x(size: int, sizes: list[int]) -> float:
    span = log10(sizes[-1] / sizes[0]) or 1
    return round(LEFT + (WIDTH - RIGHT - LEFT) * log10(size / sizes[0]) / span, 1)


def _y(ms: float) -> float:
    share = (log10(max(ms, 1)) - LOW) / (HIGH - LOW)
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share, 1)
