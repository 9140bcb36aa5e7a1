"""What a story counted, and the book that a run of stories keeps of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

SCORED = "scored"
"""The key under which a test's report carries what it counted, from process to process."""


@dataclass(frozen=True, slots=True)
class Score:
    """Trials of one row of the card: how many there were, what was lost of facts (None where
    nothing can be lost), what was invented (None likewise), and the worst figures met, by a name
    that says their unit."""

    row: str
    trials: int
    lost: int | None = None
    invented: int | None = None
    worst: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ran:
    """One test that ran: its id, how it ended (`passed`, `failed`, `skipped`), its rows and traps,
    and what it counted."""

    test: str
    outcome: str
    seconds: float
    faults: tuple[str, ...]
    traps: tuple[str, ...]
    scores: tuple[Score, ...]

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        scores = tuple(Score(**score) for score in kept["scores"])
        lists = {name: tuple(kept[name]) for name in ("faults", "traps")}
        return cls(**{**kept, **lists, "scores": scores})


@dataclass(frozen=True, slots=True)
class Run:
    """One run of stories: when it began (UTC, ISO 8601), of which commit, with which programs, and
    which were `selected` by their markers (pytest's `-m`; empty for all)."""

    began: str
    commit: str
    python: str
    tests: tuple[Ran, ...]
    selected: str = ""


def write(run: Run, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(run), ensure_ascii=False, indent=1), "utf-8")


def read(path: Path) -> Run:
    kept = json.loads(path.read_text("utf-8"))
    return Run(**{**kept, "tests": tuple(Ran.of(each) for each in kept["tests"])})


def newest(runs: Sequence[Run]) -> list[Ran]:
    """Each test as it ran last: a part that is run again replaces what it counted before. What was
    skipped replaces nothing that ran."""
    last: dict[str, Ran] = {}
    for run in sorted(runs, key=lambda run: run.began):
        for test in run.tests:
            if test.outcome != "skipped" or test.test not in last:
                last[test.test] = test
    return list(last.values())
