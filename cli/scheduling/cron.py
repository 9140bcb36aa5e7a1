"""The block of a crontab that is ours; whatever else stands there is left as it is. Pure.

Not every cron knows zones, so lines are in the machine's own time. A line that comes an hour early
(summer time began) starts nothing; the one of every hour starts what is due and did not run.
"""

import shlex
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from cli.scheduling.plan import Job

_BEGIN, _END = "# >>> cunzheng {}", "# <<< cunzheng {}"


def block(jobs: Iterable[Job], root: Path, call: tuple[str, ...], zone: timedelta) -> str:
    """The lines for these jobs. `call` is what runs a job by its name, `zone` how far the machine's
    clock is ahead of UTC."""
    lines = [f"{_BEGIN.format(root)} (written by: cunzheng schedule)"]
    for job in jobs:
        lines.append(f"# {job.name}: {job.at.on_calendar()}")
        lines.append(f"{job.at.in_zone(zone).fields()} {_command(root, call, job.name)}")
    lines.append("# what was missed, made up")
    lines.append(f"23 * * * * {_command(root, call, '--missed')}")
    return "\n".join([*lines, _END.format(root), ""])


def with_block(crontab: str, ours: str, root: Path) -> str:
    """The crontab with the block in the place of the one that stood there, else at the end."""
    before, after = _around(crontab, root)
    if after is None and before and not before.endswith("\n"):
        before += "\n"
    return before + ours + (after or "")


def without_block(crontab: str, root: Path) -> str:
    """The crontab without our block."""
    before, after = _around(crontab, root)
    return before + (after or "")


def _around(crontab: str, root: Path) -> tuple[str, str | None]:
    """What stands before and after our block; None after where there is none. Raises ValueError
    where it has no end any more: what follows may be somebody else's."""
    lines = crontab.splitlines(keepends=True)
    begin, end = _BEGIN.format(root), _END.format(root)
    first = next((n for n, line in enumerate(lines) if _is(line, begin)), None)
    if first is None:
        return crontab, None
    last = next((n for n in range(first, len(lines)) if lines[n].rstrip("\n") == end), None)
    if last is None:
        raise ValueError(f"the crontab's block of {root} has lost its last line: {end}")
    return "".join(lines[:first]), "".join(lines[last + 1 :])


def _is(line: str, begin: str) -> bool:
    return line.rstrip("\n") == begin or line.startswith(f"{begin} (")


def _command(root: Path, call: tuple[str, ...], name: str) -> str:
    command = f"cd {shlex.quote(str(root))} && {shlex.join((*call, name))}"
    return command.replace("%", r"\%")  # cron takes a bare one for the end of the line
