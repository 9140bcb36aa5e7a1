"""How long questions take: in CPU time where the database is in the process, on the clock where it
is a server."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.questions.cases import PAGE, SEARCH, Case
from storage.consult.consultation import Consultation

MEDIAN_MS = {SEARCH: 15.0}
"""What the median of a kind may be at 100,000 articles with 300,000 versions."""
P99_MS = {SEARCH: 120.0, PAGE: 50.0}
"""What one of a hundred may exceed."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one kind of question took, in milliseconds."""

    name: str
    kind: str
    median_ms: float
    p99_ms: float

    @property
    def within(self) -> bool:
        """Whether one of a hundred at the most exceeds what is asked for."""
        return self.p99_ms <= P99_MS.get(self.kind, float("inf"))


def measured(archive: Consultation, case: Case, rounds: int) -> Measured:
    """The case asked in each of its ways, so many times."""
    clock = time.process_time if archive.url.startswith("sqlite") else time.perf_counter
    took = [_took(clock, archive, case) for _ in range(rounds)]
    return summed(case.name, case.kind, [ms for each in took for ms in each])


def summed(name: str, kind: str, took: list[float]) -> Measured:
    """The median and what one of a hundred exceeds."""
    return Measured(name, kind, median(took), p99(took))


def p99(values: list[float]) -> float:
    """What one of a hundred exceeds; of few values the highest.

    >>> p99([1.0, 2.0])
    2.0
    """
    return max(values) if len(values) < 100 else quantiles(values, n=100)[98]


def _took(clock: Callable[[], float], archive: Consultation, case: Case) -> list[float]:
    return list(_each(clock, archive, case))


def _each(clock: Callable[[], float], archive: Consultation, case: Case) -> Iterator[float]:
    for ask in case.asks:
        began = clock()
        ask(archive)
        yield (clock() - began) * 1000
