"""Which of trafilatura's own settings serve these pages best: tried, not believed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

from benchmarks.reading.others import SETTINGS
from benchmarks.reading.pages import Page
from benchmarks.reading.runner import Progress, handed_over, running
from benchmarks.reading.sums import body_overlap

_SAMPLE = 16


@dataclass(frozen=True, slots=True)
class Tried:
    """One combination: the mean over the groups of the body's F1, and the CPU of a page."""

    name: str
    f1: float
    milliseconds: float


def tried(pages: Sequence[Page], progress: Progress) -> list[Tried]:
    """Each combination on up to sixteen pages of each group, the best reader of bodies first."""
    sample = [page for group in _grouped(pages).values() for page in _spread(group)]
    return sorted(_trials(sample, progress), key=lambda trial: (-trial.f1, trial.milliseconds))


def _trials(sample: Sequence[Page], progress: Progress) -> Iterator[Tried]:
    every = range(len(sample))
    with handed_over(sample) as file:
        for name in SETTINGS:
            progress.say(f"trying {name}")
            with running(name, file) as runner:
                answers = runner.ask("answers", every)
                seconds = runner.ask("seconds", every)
            scores: dict[str, list[float]] = {}
            for page, given in zip(sample, answers, strict=True):
                scores.setdefault(page.group, []).append(body_overlap(page, given).f1)
            yield Tried(name, fmean(map(fmean, scores.values())), 1000 * fmean(seconds))


def _grouped(pages: Sequence[Page]) -> Mapping[str, list[Page]]:
    groups: dict[str, list[Page]] = {}
    for page in pages:
        groups.setdefault(page.group, []).append(page)
    return groups


def _spread(pages: Sequence[Page]) -> Sequence[Page]:
    return Random(7).sample(pages, k=min(_SAMPLE, len(pages)))
