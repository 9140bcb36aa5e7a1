"""What becomes of a job by the exit code of its program. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from crawler.ending import ExitCode

WELL = frozenset({ExitCode.COMPLETE, ExitCode.INCOMPLETE})
"""The job is done. What fell short is in the report, and the next night tries it again."""


@dataclass(frozen=True, slots=True)
class _Again:
    """Another try after so many seconds, which may depend on how often it was tried; so often."""

    seconds: Callable[[int], float]
    at_most: int


_AGAIN = {
    # It goes on where it stopped, on whichever machine. One that is killed each time (no memory)
    # leaves the others some air.
    ExitCode.INTERRUPTED: _Again(lambda tried: min(60.0, 5.0 * tried), 20),
    # Of a machine that vanished the server frees the site after a minute.
    ExitCode.LOCKED: _Again(lambda _: 15.0, 240),
    ExitCode.SITE_DOWN: _Again(lambda _: 1800.0, 2),
    ExitCode.DISK_FULL: _Again(lambda _: 600.0, 3),
    # Mostly a database that was away for a moment: a server that is started anew, or its machine.
    ExitCode.CONFIGURATION: _Again(lambda tried: min(600.0, 5.0 * 4**tried), 5),
    ExitCode.INTERNAL: _Again(lambda _: 600.0, 1),
}
"""All others fail at once: a held or blocked site waits for a person."""


def again_after(code: ExitCode, tried: int) -> float | None:
    """Seconds after which a job is run again that ended so, and was tried so often before; None
    where it is not.

    >>> again_after(ExitCode.INTERRUPTED, 0), again_after(ExitCode.HELD, 0)
    (0.0, None)
    >>> again_after(ExitCode.SITE_DOWN, 1), again_after(ExitCode.SITE_DOWN, 2)
    (1800.0, None)
    """
    rule = _AGAIN.get(code)
    return rule.seconds(tried) if rule is not None and tried < rule.at_most else None
