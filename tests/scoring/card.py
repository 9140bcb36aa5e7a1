"""The score card as it is read: `python -m tests.scoring.card RUN.json … > docs/reliability.md`.

Every figure comes from what the runs counted; a row that nobody tried says so.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.scoring.rows import FAULTS, TRAPS
from tests.scoring.scores import Ran, Run, Score, newest, read

_HEAD = """# Reliability: the score card

Written by `make scorecard` from what the stories counted; nothing here is typed. A **trial** is one
injected fault, or one variant of a story that counts nothing itself. **Lost** is what an
undisturbed run would have kept and this one did not; **invented** is a version, an event or a
disappearance that was none. A dash: nothing is lost or invented there, or it was not counted.
"""


def card(runs: Sequence[Run]) -> str:
    """The whole document, of one run or of several that were made in parts."""
    tests = newest(runs)
    return "\n".join((_HEAD, *_of(runs, tests), "", *_faults(tests), "", *_traps(tests), ""))


def _of(runs: Sequence[Run], tests: Sequence[Ran]) -> Iterator[str]:
    for run in sorted(runs, key=lambda run: run.began):
        chosen = run.selected or "everything"
        yield f"- run of {run.began}, commit `{run.commit}`, Python {run.python}, stories: {chosen}"
    ends = [test.outcome for test in tests]
    told = ", ".join(f"{ends.count(end)} {end}" for end in ("passed", "failed", "skipped"))
    yield f"- {told}; {sum(test.seconds for test in tests):,.0f} seconds"


def _faults(tests: Sequence[Ran]) -> Iterator[str]:
    yield "## Faults and threats\n"
    yield "| | fault or threat | trials | lost | invented | worst | failed | shown by |"
    yield "|---|---|---:|---:|---:|---|---:|---|"
    for row, what in FAULTS.items():
        shown = [test for test in tests if row in test.faults and test.outcome != "skipped"]
        yield f"| {row} | {what} | {' | '.join(_cells(row, shown))} |"


def _cells(row: str, shown: Sequence[Ran]) -> tuple[str, ...]:
    if not shown:
        return ("not tried", "", "", "", "", "")
    counted = [score for test in shown for score in test.scores if score.row == row]
    silent = sum(1 for test in shown if not any(score.row == row for score in test.scores))
    trials = silent + sum(score.trials for score in counted)
    failed = sum(1 for test in shown if test.outcome == "failed")
    lost = _sum([score.lost for score in counted])
    invented = _sum([score.invented for score in counted])
    return (f"{trials:,}", lost, invented, _worst(counted), str(failed), _stories(shown))


def _traps(tests: Sequence[Ran]) -> Iterator[str]:
    yield "## Traps of our own libraries\n"
    yield "| | trap | stories | failed | shown by |"
    yield "|---|---|---:|---:|---|"
    for row, what in TRAPS.items():
        shown = [test for test in tests if row in test.traps and test.outcome != "skipped"]
        failed = sum(1 for test in shown if test.outcome == "failed")
        yield f"| {row} | {what} | {len(shown) or 'none'} | {failed} | {_stories(shown)} |"


def _sum(counts: Sequence[int | None]) -> str:
    known = [count for count in counts if count is not None]
    return f"{sum(known):,}" if known else "–"


def _worst(counted: Sequence[Score]) -> str:
    worst: dict[str, float] = {}
    for score in counted:
        worst |= {name: max(value, worst.get(name, value)) for name, value in score.worst.items()}
    return _listed(worst) or "–"


def _listed(worst: Mapping[str, float]) -> str:
    return "; ".join(f"{name} {value:,.4g}" for name, value in sorted(worst.items()))


def _stories(shown: Sequence[Ran]) -> str:
    """The stories' names without their variants, by file."""
    by_file: dict[str, list[str]] = {}
    for test in shown:
        file, _, name = test.test.partition("::")
        by_file.setdefault(file, []).append(name.partition("[")[0])
    return "; ".join(
        f"`{file}`: {', '.join(dict.fromkeys(names))}" for file, names in sorted(by_file.items())
    )


if __name__ == "__main__":
    sys.stdout.write(card([read(Path(path)) for path in sys.argv[1:]]))
