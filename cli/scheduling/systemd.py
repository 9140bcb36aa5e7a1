"""systemd's user units for the jobs: a service and a timer each. Pure.

`Persistent=true` makes a missed run up as soon as the machine is back; a service that runs is not
started a second time.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from cli.scheduling.plan import Job

PREFIX = "cunzheng-"
_MARK = "# written by cunzheng schedule for {}"


def units(jobs: Iterable[Job], root: Path, call: tuple[str, ...]) -> Mapping[str, str]:
    """The text of each unit by the name of its file."""
    texts: dict[str, str] = {}
    for job in jobs:
        name = f"{PREFIX}{job.name}"
        texts[f"{name}.service"] = _service(job, root, call)
        texts[f"{name}.timer"] = _timer(job, root)
    return texts


def is_ours(text: str, root: Path) -> bool:
    """Whether a unit was written by us, for this checkout."""
    return text.startswith(f"{_MARK.format(root)}\n")


def _service(job: Job, root: Path, call: tuple[str, ...]) -> str:
    command = " ".join(map(_quoted, (*call, job.name)))
    return f"""{_MARK.format(root)}
[Unit]
Description=Cunzheng: {job.name}
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={str(root).replace("%", "%%")}
ExecStart={command}
SuccessExitStatus=5 6 11
Nice=10
KillMode=mixed
TimeoutStopSec=120
"""


def _timer(job: Job, root: Path) -> str:
    return f"""{_MARK.format(root)}
[Unit]
Description=Cunzheng: when {job.name} is due

[Timer]
OnCalendar={job.at.on_calendar()}
Persistent=true

[Install]
WantedBy=timers.target
"""


def _quoted(argument: str) -> str:
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("%", "%%").replace("$", "$$") + '"'
