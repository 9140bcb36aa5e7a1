"""How the cost of questions grows: each kind of question at archives of several sizes.

The archives are those of `benchmarks.questions`, made where they are missing; three versions an
article. Written is a drawing with logarithmic axes; the last line is the median, over all kinds of
questions, of how much more one costs at the largest size than at the smallest.
"""

import argparse
import sys
from pathlib import Path
from statistics import median

from benchmarks.growth.drawing import drawn
from benchmarks.questions.__main__ import measure
from benchmarks.stock.kept import kept
from benchmarks.stock.plan import Stock

Curves = dict[str, dict[int, float]]
"""Milliseconds by kind of question and number of versions."""


def main(arguments: list[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    sizes = sorted({*asked.articles, *([asked.largest] if asked.largest else [])})
    curves = grown(sizes, asked.rounds)
    asked.svg.write_text(drawn(curves), encoding="utf-8")
    print(as_text(curves))


def grown(sizes: list[int], rounds: int) -> Curves:
    """The median of each kind of question at each size."""
    curves: Curves = {}
    for articles in sizes:
        stock = Stock(articles)
        for each in measure(kept(stock), stock, rounds):
            curves.setdefault(each.name, {})[articles * 3] = each.median_ms
    return curves


def as_text(curves: Curves) -> str:
    """A line a kind of question, and the ratio."""
    sizes = sorted(next(iter(curves.values())))
    lines = [
        "milliseconds (median) at so many versions",
        " " * 42 + "".join(f"{s:10,}" for s in sizes),
    ]
    for name, curve in curves.items():
        lines.append(f"{name:42}" + "".join(f"{curve[size]:10.1f}" for size in sizes))
    ratio = median(curve[sizes[-1]] / curve[sizes[0]] for curve in curves.values())
    lines.append(
        f"{sizes[-1] / sizes[0]:.0f} times as many versions cost {ratio:.2f} times as much"
    )
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[3_000, 10_000, 30_000, 100_000])
    parser.add_argument("--largest", type=int, help="one more size, as 330000 articles: hours")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--svg", type=Path, default=Path("docs/growth.svg"))
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
