"""How a crawl of the archive ended, and which of many endings is the worst. Pure."""

from collections.abc import Iterable

from crawler.ending import Ending, ExitCode, Problem, exit_code
from storage.consult.nights import CrawlTold

WORST_FIRST = (
    ExitCode.INTERNAL,
    ExitCode.DISK_FULL,
    ExitCode.CONFIGURATION,
    ExitCode.USAGE,
    ExitCode.HELD,
    ExitCode.BLOCKED,
    ExitCode.SITE_DOWN,
    ExitCode.INCOMPLETE,
    ExitCode.INTERRUPTED,
    ExitCode.LOCKED,
    ExitCode.COMPLETE,
)
"""By what an operator must do about it: first what stops every site (the program, the disk, the
settings), then what waits for a person, then what the next run tries again by itself."""

_REASONS = {code.name.lower(): code for code in ExitCode}
"""By the reason with which a spider closes that could not go on."""


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """The most serious of these endings; complete where there are none.

    >>> worst([ExitCode.COMPLETE, ExitCode.INCOMPLETE, ExitCode.HELD]).name
    'HELD'
    """
    met = set(codes)
    return next((code for code in WORST_FIRST if code in met), ExitCode.COMPLETE)


def ending_of(crawl: CrawlTold) -> ExitCode:
    """How a crawl ended, by what the archive knows of it: all but the expectations that a declared
    site has, which only the run itself compares."""
    if crawl.finished_at is None or crawl.finish_reason == "abandoned":
        return ExitCode.INTERRUPTED
    told = _REASONS.get(crawl.finish_reason or "")
    verdicts = (word for word, n in crawl.verdicts.items() for _ in range(n))
    return exit_code(
        Ending(
            finish_reason=crawl.finish_reason or "",
            problem=Problem(told, "") if told else None,
            outcomes=crawl.outcomes,
            unended=crawl.unended,
            held_because="held" if crawl.held else None,
            verdicts=tuple(verdicts),
            errors=crawl.errors,
            files=crawl.files,
            given_up=crawl.given_up,
            site_down=bool(crawl.hosts) and set(crawl.hosts) <= crawl.given_up.keys(),
        )
    )
