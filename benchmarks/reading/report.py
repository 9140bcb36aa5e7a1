"""What was measured, as a value for machines and as a table for people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.reading.others import OURS
from benchmarks.reading.pages import Page
from benchmarks.reading.runner import Measured
from benchmarks.reading.scoring import dense, plain
from benchmarks.reading.settings import Tried
from benchmarks.reading.sums import EXACT, Mistake, Sum, fallbacks, mistakes, not_asked, summed

_SHOWN = 12
_FIGURES = {
    "precision": "{:.4f}",
    "recall": "{:.4f}",
    "f1": "{:.4f}",
    "median_ms": "{:.2f}",
    "p95_ms": "{:.2f}",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of all readers on one group of pages; `filled` counts the pages that have a
    field at all, `fallbacks` why our own walker stood in on how many, `not_asked` on how many it
    read a region in which there was nothing for trafilatura to normalise."""

    name: str
    pages: int
    filled: Mapping[str, int]
    sums: Mapping[str, Sum]
    fallbacks: Mapping[str, int]
    mistakes: Sequence[Mistake]
    not_asked: int = 0

    def ratio(self, against: str) -> float:
        """CPU of our reader for each second of another's, on the whole group."""
        return self.sums[OURS].total_ms / self.sums[against].total_ms


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """All of it. `notes` say what could not be measured, `ratio` is over all pages whose region
    was located, `ratio_unlocated` over the others; None where there are none."""

    rounds: int
    versions: Mapping[str, str]
    trafilatura: str
    settings: Sequence[Tried]
    groups: Sequence[Group]
    notes: Sequence[str]
    ratio: float | None
    ratio_unlocated: float | None = None

    def for_machines(self) -> dict[str, Any]:
        """Plain values, as JSON takes them."""
        return asdict(self)


def group(name: str, pages: Sequence[Page], measured: Mapping[str, Measured]) -> Group:
    """The figures of the pages of one group among all that were measured."""
    at = [number for number, page in enumerate(pages) if page.group == name]
    own = [pages[number] for number in at]
    chosen = {
        reader: ([each.answers[n] for n in at], [each.seconds[n] for n in at])
        for reader, each in measured.items()
    }
    return Group(
        name=name,
        pages=len(own),
        filled={field: sum(bool(page.truth.get(field)) for page in own) for field in EXACT},
        sums={reader: summed(own, *each) for reader, each in chosen.items()},
        fallbacks=dict(fallbacks(chosen[OURS][0])),
        mistakes=list(mistakes(own, chosen[OURS][0])),
        not_asked=not_asked(chosen[OURS][0]),
    )


def as_text(report: Report) -> str:
    """The tables, the notes, and the ratio on the last line."""
    return "\n".join(
        [
            *_settings(report),
            *(line for each in report.groups for line in _table(each, report)),
            f"ratio where no region was located: {_number(report.ratio_unlocated)}",
            *report.notes,
            f"ratio: {_number(report.ratio)}",
        ]
    )


def _settings(report: Report) -> Iterator[str]:
    yield "trafilatura's settings, tried on a sample of each group (body F1, CPU ms a page):"
    for trial in report.settings:
        chosen = "  <- used below" if trial.name == report.trafilatura else ""
        yield f"  {trial.name:48}{trial.f1:8.4f}{trial.milliseconds:8.2f}{chosen}"


def _table(group: Group, report: Report) -> Iterator[str]:
    readers = list(group.sums)
    yield ""
    yield f"{group.name}: {group.pages} pages, {report.rounds} rounds"
    yield _row("", [name.split()[0] for name in readers])
    yield _row("version", [report.versions[name] for name in readers])
    for field in EXACT:
        filled = group.filled[field]
        label = f"{field} (on {filled})" if field in group.filled and filled else field
        yield _row(label, [_percent(group.sums[name].exact[field]) for name in readers])
    for figure, shape in _FIGURES.items():
        label = f"CPU {figure}" if figure.endswith("_ms") else f"body {figure}"
        cells = [shape.format(getattr(group.sums[name], figure)) for name in readers]
        yield _row(label, cells)
    yield from _own(group, report)


def _own(group: Group, report: Report) -> Iterator[str]:
    walked = sum(group.fallbacks.values())
    share = f"{walked} of {group.pages} ({walked / group.pages:.1%})"
    reasons = "".join(f"; {reason}: {count}" for reason, count in group.fallbacks.items())
    yield f"our own walker stood in on {share}{reasons}"
    plain = f"{group.not_asked} of {group.pages} ({group.not_asked / group.pages:.1%})"
    yield f"trafilatura was not asked (a region of paragraphs and tables alone) on {plain}"
    yield f"CPU of ours over trafilatura's on the whole page: {group.ratio(report.trafilatura):.3f}"
    if not group.mistakes:
        yield "ours is exact on every field of every page"
    for mistake in group.mistakes[:_SHOWN]:
        yield f"not exact: {mistake.page}: {mistake.field}: {_short(mistake)}"
    if len(group.mistakes) > _SHOWN:
        yield f"not exact: {len(group.mistakes) - _SHOWN} more (--json has them all)"


def _short(mistake: Mistake) -> str:
    tidy = dense if mistake.field in {"body", "lines"} else plain
    expected, got = repr(tidy(mistake.expected)), repr(tidy(mistake.got))
    same = next(
        (at for at, pair in enumerate(zip(expected, got, strict=False)) if pair[0] != pair[1]), 0
    )
    start = max(0, same - 15)
    return f"expected …{expected[start : start + 60]}… got …{got[start : start + 60]}…"


def _number(ratio: float | None) -> str:
    return "—" if ratio is None else f"{ratio:.3f}"


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _row(label: str, cells: Sequence[str]) -> str:
    return f"  {label:22}" + "".join(f"{cell:>13}" for cell in cells)
