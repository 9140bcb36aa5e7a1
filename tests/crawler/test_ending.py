"""The exit codes are a contract for cron, and the report is what an operator reads."""

import pytest

from crawler.ending import Ending, ExitCode, Problem, exit_code
from crawler.report import report

WELL = {"new": 3, "unchanged": 5, "read": 9}


def ending(**told: object) -> Ending:
    known = {"finish_reason": "finished", "problem": None, "outcomes": WELL, "unended": 0}
    return Ending(**(known | {"held_because": None, "verdicts": ("complete",)} | told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, ExitCode.COMPLETE),
        ({"outcomes": {"read": 9, "gone-signal": 2}}, ExitCode.COMPLETE),
        ({"verdicts": ("complete", "total unknown", "over by 2")}, ExitCode.COMPLETE),
        ({"verdicts": ("complete", "short by 1")}, ExitCode.INCOMPLETE),
        ({"verdicts": ("failed",)}, ExitCode.INCOMPLETE),
        ({"verdicts": ("shifted",)}, ExitCode.INCOMPLETE),
        ({"outcomes": WELL | {"failed": 1}}, ExitCode.INCOMPLETE),
        ({"unended": 1}, ExitCode.INCOMPLETE),
        ({"unmet": "3 articles are held, 400 are expected"}, ExitCode.INCOMPLETE),
        ({"held_because": "30 of 90 vanished"}, ExitCode.HELD),
        ({"outcomes": {"challenged": 4}}, ExitCode.BLOCKED),
        ({"outcomes": {"disallowed": 4}}, ExitCode.BLOCKED),
        ({"outcomes": {"read": 1, "challenged": 4}}, ExitCode.INCOMPLETE),
        ({"finish_reason": "shutdown"}, ExitCode.INTERRUPTED),
        ({"errors": 1}, ExitCode.INTERNAL),
        ({"problem": Problem(ExitCode.SITE_DOWN, "down")}, ExitCode.SITE_DOWN),
    ],
)
def test_the_exit_code_says_the_most_serious_thing_that_happened(
    told: dict[str, object], code: ExitCode
) -> None:
    assert exit_code(ending(**told)) is code


def test_the_report_says_what_came_of_the_night() -> None:
    told = ending(
        outcomes=WELL | {"changed": 2, "gone-signal": 1},
        verdicts=("complete", "short by 4"),
        unmet="3 articles are held as present, 400 are expected (sites.toml)",
    )

    said = report("jiangsu_fzggw", "http://fzggw.jiangsu.gov.cn/", told, exit_code(told))

    assert said.splitlines()[0] == "jiangsu_fzggw http://fzggw.jiangsu.gov.cn/: incomplete"
    for part in ("3 new", "2 edited", "1 not there", "2, 1 short", "400 are expected"):
        assert part in said
