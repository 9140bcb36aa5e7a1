"""Running scheduled jobs: each once when it is due, and no two of one name at once."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cli.programs import started
from cli.scheduling.plan import Job
from cli.scheduling.state import State

LOCKED = 5
AT_ONCE = 4
"""How many missed jobs are made up at once."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs jobs of one archive; `environment` is what they are given."""

    state: State
    root: Path
    now: Callable[[], datetime]
    environment: Mapping[str, str]

    def run(self, job: Job, *, force: bool = False) -> int:
        """The job's exit code; 0 where it is not due, 5 where it is still running. A job that was
        never started is due."""
        with self.state.alone(job.name) as free:
            if not free:
                return LOCKED
            if not (force or self.is_due(job, else_=True)):
                return 0
            with self.state.alone(f"place {job.place}", wait=True):
                self.state.note_start(job.name, self.now())
                return self._run(job)

    def run_missed(self, jobs: Iterable[Job]) -> dict[str, int]:
        """The exit codes of what was due and is made up now. A job that is new begins to be watched
        with this; nothing where another program makes up already."""
        with self.state.alone("missed jobs") as free:
            if not free:
                return {}
            due = [job for job in jobs if self.is_due(job, else_=False)]
            with ThreadPoolExecutor(AT_ONCE) as threads:
                return dict(zip((job.name for job in due), threads.map(self.run, due), strict=True))

    def is_due(self, job: Job, *, else_: bool) -> bool:
        """Whether a job was not started since it was due last; `else_` where it is new."""
        last = self.state.started(job.name)
        if last is None:
            if not else_:
                self.state.note_start(job.name, self.now())
            return else_
        return last < job.at.last(self.now())

    def _run(self, job: Job) -> int:
        code = started(job.command, self.root, self.environment).wait()
        self.state.note_end(job.name, self.now(), code)
        return code
