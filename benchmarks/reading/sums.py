"""The figures of a group of pages: shares that are exact, overlap of bodies, CPU."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles
from typing import Any

from benchmarks.reading.others import Answer
from benchmarks.reading.pages import FIELDS, Page
from benchmarks.reading.scoring import Overlap, moment, overlap, plain, same_lines, same_text

NOWHERE = "whole page"
"""The layout that our reader names where it knew none."""

_MOMENTS = {"published": 16, "day": 10}


@dataclass(frozen=True, slots=True)
class Sum:
    """One reader on one group. `exact` has None for a field that the tool does not know."""

    pages: int
    exact: Mapping[str, float | None]
    precision: float
    recall: float
    f1: float
    median_ms: float
    p95_ms: float
    total_ms: float


@dataclass(frozen=True, slots=True)
class Mistake:
    """A field that is not as the truth has it."""

    page: str
    field: str
    expected: Any
    got: Any


def summed(pages: Sequence[Page], answers: Sequence[Answer], seconds: Sequence[float]) -> Sum:
    """The figures of one reader on these pages, each page counting alike."""
    overlaps = [body_overlap(page, given) for page, given in zip(pages, answers, strict=True)]
    milliseconds = [1000 * second for second in seconds]
    return Sum(
        pages=len(pages),
        exact={name: _share(name, pages, answers) for name in EXACT},
        precision=fmean(each.precision for each in overlaps),
        recall=fmean(each.recall for each in overlaps),
        f1=fmean(each.f1 for each in overlaps),
        median_ms=median(milliseconds),
        p95_ms=quantiles(milliseconds, n=20, method="inclusive")[-1],
        total_ms=sum(milliseconds),
    )


EXACT = ("title", "published", "day", *FIELDS[2:], "body", "lines")
"""`day` is the date of `published`; `body` leaves line ends aside, `lines` does not."""


def is_exact(name: str, page: Page, given: Answer) -> bool | None:
    """Whether a field is as the truth has it; None where the tool has no such field."""
    if name in _MOMENTS:
        return _same_moment(name, page, given) if "published" in given else None
    if name in {"body", "lines"}:
        same = same_lines if name == "lines" else same_text
        return same(given["body"] or "", page.truth["body"])
    return plain(given[name]) == plain(page.truth[name]) if name in given else None


def body_overlap(page: Page, given: Answer) -> Overlap:
    """How far the body given and the true one are the same characters."""
    return overlap(given["body"] or "", page.truth["body"])


def mistakes(pages: Sequence[Page], answers: Sequence[Answer]) -> Iterable[Mistake]:
    """Every field of every page that is not exact."""
    for page, given in zip(pages, answers, strict=True):
        for name in EXACT:
            if is_exact(name, page, given) is False:
                field = {"day": "published", "lines": "body"}.get(name, name)
                yield Mistake(page.name, name, page.truth[field], given[field])


def fallbacks(answers: Sequence[Answer]) -> Mapping[str, int]:
    """Why our own walker's text was taken for the body instead of trafilatura's, and how often."""
    how = [given["how"] for given in answers]
    walked = (each for each in how if each["body"] == "walker")
    return Counter(_reason(each["layout"], each["doubts"]) for each in walked)


def not_asked(answers: Sequence[Answer]) -> int:
    """On how many pages trafilatura was not asked: regions of paragraphs and tables alone, with
    nothing in them to normalise, whose every character our walk had already told."""
    return sum(given["how"]["body"] == "walker:plain" for given in answers)


def located(given: Answer) -> bool:
    """Whether our reader knew where on the page the body is, before it read it: by the layout that
    it names, whatever the page was made of."""
    return bool(given["how"]["layout"] != NOWHERE)


def _reason(layout: str, doubts: Sequence[str]) -> str:
    if told := [doubt for doubt in doubts if doubt.startswith("trafilatura")]:
        return ", ".join(told)
    return "no-region" if "no-region" in doubts else f"its lines end elsewhere ({layout})"


def _share(name: str, pages: Sequence[Page], answers: Sequence[Answer]) -> float | None:
    verdicts = [is_exact(name, page, given) for page, given in zip(pages, answers, strict=True)]
    known = [verdict for verdict in verdicts if verdict is not None]
    return fmean(known) if known else None


def _same_moment(name: str, page: Page, given: Answer) -> bool:
    length = _MOMENTS[name]
    truth, got = moment(page.truth["published"]), moment(given["published"])
    return (truth or "")[:length] == (got or "")[:length]
