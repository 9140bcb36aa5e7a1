"""Pytest's part of the score card: the markers `fault` and `trap`, the fixture `score`, and the
option `--scores FILE`, which keeps what the tests of a run counted."""

import platform
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.scoring.rows import FAULTS, TRAPS
from tests.scoring.scores import SCORED, Ran, Run, Score, write

ROOT = Path(__file__).resolve().parents[2]
MARKS = {"fault": FAULTS, "trap": TRAPS}
_WORST = ("failed", "skipped", "passed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--scores", type=Path, help="keep what the stories of faults counted here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.user_properties += [(mark, row) for mark in MARKS for row in _rows(item, mark)]


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("--scores", default=None)
    if path and not hasattr(config, "workerinput"):
        book = _Book(path, config.getoption("markexpr"))
        config.pluginmanager.register(book, "the score card's book")


@pytest.fixture
def score(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Tells the score card what this test counted: `score(trials=200, lost=0, invented=0,
    worst={"seconds a page": 0.3})`, or with `row=` where the test is of several rows."""
    marked = _rows(request.node, "fault")

    def tell(
        trials: int,
        *,
        lost: int | None = None,
        invented: int | None = None,
        worst: Mapping[str, float] | None = None,
        row: str = "",
    ) -> None:
        of = row or marked[0]
        assert of in FAULTS, of
        counted = asdict(Score(of, trials, lost, invented, dict(worst or {})))
        request.node.user_properties.append((SCORED, counted))

    return tell


def _rows(item: pytest.Item, mark: str) -> list[str]:
    rows = [row for marker in item.iter_markers(mark) for row in marker.args]
    unknown = set(rows) - set(MARKS[mark])
    assert not unknown, f"{item.nodeid}: the score card has no {mark} {unknown}"
    return rows


class _Book:
    """Keeps what the tests counted, whichever process ran them."""

    def __init__(self, path: Path, selected: str) -> None:
        self.path = path
        self.selected = selected
        self.began = datetime.now(UTC).isoformat(timespec="seconds")
        self.told: dict[str, list[pytest.TestReport]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.told.setdefault(report.nodeid, []).append(report)

    def pytest_sessionfinish(self) -> None:
        tests = tuple(self._ran())
        run = Run(self.began, _commit(), platform.python_version(), tests, self.selected)
        write(run, self.path)

    def _ran(self) -> Iterator[Ran]:
        for test, phases in sorted(self.told.items()):
            properties = phases[-1].user_properties
            faults, traps = (_named(properties, mark) for mark in MARKS)
            if faults or traps:
                scores = tuple(Score(**told) for told in _named(properties, SCORED))
                ended = min((phase.outcome for phase in phases), key=_WORST.index)
                seconds = round(sum(phase.duration for phase in phases), 2)
                yield Ran(test, ended, seconds, faults, traps, scores)


def _named(properties: list[tuple[str, Any]], name: str) -> tuple[Any, ...]:
    return tuple(value for key, value in properties if key == name)


def _commit() -> str:
    asked = ("git", "rev-parse", "--short", "HEAD")
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip()
