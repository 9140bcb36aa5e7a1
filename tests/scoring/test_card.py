"""The score card tells what was counted, what failed, and what nobody tried."""

import re
from pathlib import Path

from tests.scoring.card import card
from tests.scoring.rows import FAULTS, TRAPS
from tests.scoring.scores import Ran, Run, Score, read, write

TESTS = Path(__file__).resolve().parents[1]
_TRAP = re.compile(r"^@pytest\.mark\.trap\((.+)\)$", re.MULTILINE)


def story(name: str, outcome: str = "passed", *scores: Score) -> Ran:
    return Ran(f"tests/test_flood.py::{name}", outcome, 1.5, ("4.13",), ("0.4",), scores)


def line(document: str, row: str) -> list[str]:
    (found,) = (each for each in document.splitlines() if each.startswith(f"| {row} |"))
    return [cell.strip() for cell in found.strip("|").split("|")]


def test_what_was_counted_is_added_up_and_a_failure_stands_beside_it() -> None:
    tests = (
        story("test_lists[a]", "passed", Score("4.13", 500, 0, 1, {"seconds": 0.2})),
        story("test_lists[b]", "passed", Score("4.13", 300, None, 2, {"seconds": 0.7})),
        story("test_silent", "failed"),
    )
    told = card([Run("2026-11-01T00:00:00+00:00", "abc", "3.11", tests, "fault")])

    assert line(told, "4.13")[2:7] == ["801", "0", "3", "seconds 0.7", "1"]
    assert line(told, "4.13")[7] == "`tests/test_flood.py`: test_lists, test_silent"
    assert line(told, "0.4")[2:4] == ["3", "1"]
    assert line(told, "4.38")[2] == "not tried"
    assert "2 passed, 1 failed, 0 skipped" in told


def test_a_part_that_is_run_again_replaces_what_it_counted_and_skipping_replaces_nothing(
    tmp_path: Path,
) -> None:
    before = Run("2026-11-01T00:00:00+00:00", "a", "3.11", (story("test_one", "failed"),))
    again = Run("2026-11-02T00:00:00+00:00", "b", "3.11", (story("test_one"),))
    skipped = Run("2026-11-03T00:00:00+00:00", "c", "3.11", (story("test_one", "skipped"),))
    for name, run in (("a", before), ("b", again), ("c", skipped)):
        write(run, tmp_path / name)
    told = card([read(tmp_path / name) for name in "abc"])

    assert line(told, "4.13")[2:7] == ["1", "–", "–", "–", "0"]


def test_every_trap_has_a_story() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    shown = {row for rows in _TRAP.findall(sources) for row in re.findall(r'"([^"]+)"', rows)}
    assert TRAPS.keys() - shown == set()


def test_no_row_has_the_name_of_another() -> None:
    assert not FAULTS.keys() & TRAPS.keys()
