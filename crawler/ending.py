"""How a crawl ended: its exit code, a contract for cron, and the line that explains it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from storage.judging import Outcome


class ExitCode(IntEnum):
    COMPLETE = 0
    INTERNAL = 1
    USAGE = 2
    DISK_FULL = 3
    CONFIGURATION = 4
    LOCKED = 5
    INCOMPLETE = 6
    HELD = 7
    BLOCKED = 8
    SITE_DOWN = 9
    INTERRUPTED = 11


@dataclass(frozen=True, slots=True)
class Problem:
    """What kept a crawl from its work: the exit code, and one line that says what to do."""

    exit_code: ExitCode
    line: str


@dataclass(frozen=True, slots=True)
class Ending:
    """All that decides how a crawl is reported. `unmet` says which expectation of a declared site
    was not met, `given_up` the hosts that failed too often and why, `site_down` whether all the
    crawl's sites are among them; `bad_certificates` the hosts whose certificate is faulty, and how;
    `clock` what was done to the machine's clock, empty where that is nothing.
    """

    finish_reason: str
    problem: Problem | None
    outcomes: Mapping[str, int]
    unended: int
    held_because: str | None
    verdicts: tuple[str, ...] = ()
    unmet: str | None = None
    errors: int = 0
    crawl_id: int | None = None
    files: Mapping[str, int] = field(default_factory=dict)
    given_up: Mapping[str, str] = field(default_factory=dict)
    site_down: bool = False
    bad_certificates: Mapping[str, str] = field(default_factory=dict)
    clock: str = ""


def exit_code(ending: Ending) -> ExitCode:
    """The most serious thing that happened, by the contract of DESIGN.md section 6."""
    if ending.problem is not None:
        return ending.problem.exit_code
    if ending.finish_reason == "shutdown":
        return ExitCode.INTERRUPTED
    if ending.errors:
        return ExitCode.INTERNAL
    if ending.held_because is not None:
        return ExitCode.HELD
    if _only_blocked(ending.outcomes):
        return ExitCode.BLOCKED
    if ending.site_down:
        return ExitCode.SITE_DOWN
    if (
        ending.unmet
        or ending.unended
        or _lost(ending.outcomes)
        or _lost(ending.files)
        or any(map(_is_short, ending.verdicts))
    ):
        return ExitCode.INCOMPLETE
    return ExitCode.COMPLETE


def short_walks(verdicts: Iterable[str]) -> int:
    """How many walks did not see all that the site claims."""
    return sum(map(_is_short, verdicts))


def _is_short(verdict: str) -> bool:
    return verdict.startswith(("short", "failed", "shifted"))


def _lost(outcomes: Mapping[str, int]) -> int:
    return outcomes.get(Outcome.FAILED, 0) + outcomes.get(Outcome.CHALLENGED, 0)


def _only_blocked(outcomes: Mapping[str, int]) -> bool:
    blocked = outcomes.get(Outcome.CHALLENGED, 0) + outcomes.get(Outcome.DISALLOWED, 0)
    read = sum(outcomes.values()) - blocked
    return blocked > 0 and read == 0
