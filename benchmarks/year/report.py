"""A year's figures, for people and for machines."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import fmean, median
from typing import Any

from benchmarks.year.score import Count, Figures

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Lived:
    """One year as an archive was told of it, in one order or by real crawls. `sizes` are numbers
    of what was done; `differences` are the places where the archive is not the truth."""

    name: str
    figures: Figures
    seconds: float
    sizes: Mapping[str, int]
    differences: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run of the benchmark found."""

    seed: int
    articles: int
    nights: int
    database: str
    lived: list[Lived] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """How much was missed or invented, and every other difference from the truth."""
        return sum(max(each.figures.wrong, len(each.differences)) for each in self.lived)

    @property
    def right(self) -> int:
        return sum(each.figures.right for each in self.lived)

    def for_machines(self) -> dict[str, Any]:
        return asdict(self) | {"right": self.right, "wrong": self.wrong}


def as_text(report: Report) -> str:
    """The report as tables; its last line is what was missed or invented, of all that was found."""
    head = f"seed {report.seed}, {report.articles} articles, {report.nights} nights"
    lines = [f"{head}, {report.database}"]
    for lived in report.lived:
        lines += ["", *_lived(lived)]
    return "\n".join([*lines, "", f"missed or invented: {report.wrong} of {report.right}"])


def _lived(lived: Lived) -> list[str]:
    sizes = ", ".join(f"{number} {name}" for name, number in lived.sizes.items())
    lines = [f"{lived.name}: {sizes}, {lived.seconds:.1f} s", _row("", _HEADS)]
    lines += [_row(name, _cells(count)) for name, count in lived.figures.counts.items()]
    more = len(lived.differences) - _SHOWN
    lines += [f"  differs: {line}" for line in lived.differences[:_SHOWN]]
    return [*lines, f"  and {more} more"] if more > 0 else lines


_HEADS = ("happened", "uncaught", "found", "missed", "invented", "days", "mean", "90 %", "most")


def _cells(count: Count) -> list[str]:
    numbers = (count.happened, count.unseen, count.found, count.missed, count.invented)
    return [*map(str, numbers), *_days(count.delays)]


def _days(delays: Sequence[float]) -> list[str]:
    """Days of delay: the middle one, their mean, what nine of ten stay under, and the longest."""
    if not delays:
        return ["–"] * 4
    nine_of_ten = delays[int(0.9 * (len(delays) - 1))]
    return [f"{days:.1f}" for days in (median(delays), fmean(delays), nine_of_ten, delays[-1])]


def _row(name: str, cells: Sequence[str]) -> str:
    return f"  {name:14}" + "".join(f"{cell:>9}" for cell in cells)
