"""Workers on this machine, each as it would be on one of its own: they share the database alone."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from cli.cluster.tables import jobs_of
from tests.postgres.server import Server

ROOT = Path(__file__).resolve().parents[2]
_CALL = (sys.executable, "-m", "cli.main")
_STATES = """
SELECT status::text, count(*) FROM cunzheng_jobs.procrastinate_jobs
WHERE task_name = 'run' GROUP BY 1"""

_SIGNED_IN = "SELECT count(*) FROM cunzheng_jobs.crews"
_BAD = "SELECT exit_code, said FROM cunzheng_jobs.runs WHERE exit_code NOT IN (0, 6)"


@dataclass(frozen=True)
class Machines:
    """The declared sites, and the archive that the workers fill. `database` is its name."""

    server: Server
    database: str
    folder: Path
    delay: float

    def declare(self, addresses: list[str]) -> None:
        """What all workers know."""
        text = "".join(f'[s{n}]\nurl = "{url}"\n' for n, url in enumerate(addresses))
        (self.folder / "sites.toml").write_text(text, encoding="utf-8")

    @contextmanager
    def at_work(
        self, workers: int, jobs: int, *options: str
    ) -> "Iterator[list[subprocess.Popen[str]]]":
        """So many workers, all of them waiting for jobs, until the block ends."""
        with jobs_of(self.server.url(self.database)):
            pass  # the tables are there from now on
        with ExitStack() as stack:
            started = [
                stack.enter_context(self._worker(number, jobs, options))
                for number in range(workers)
            ]
            while self.server.ask(_SIGNED_IN, self.database) != [(workers,)]:
                sleep(0.05)
            yield started

    def run_all(self, *options: str) -> float:
        """Queue a job for each site and wait until all ended well; the seconds from the queueing.
        Raises RuntimeError where one failed."""
        before = self._count("succeeded")
        begun = monotonic()
        added = (self.folder / "sites.toml").read_text("utf-8").count("[")
        subprocess.run(
            [*_CALL, "jobs", "add", "--all", *options],
            cwd=ROOT, env=self._environment({}), stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        while self._count("succeeded") < before + added:
            if bad := self.server.ask(_BAD, self.database):
                raise RuntimeError(f"a job ended badly: {bad[0]}")
            sleep(0.05)
        return monotonic() - begun

    def _count(self, state: str) -> int:
        return int(str(dict(self.server.ask(_STATES, self.database)).get(state, 0)))

    @contextmanager
    def _worker(
        self, number: int, jobs: int, options: Sequence[str]
    ) -> "Iterator[subprocess.Popen[str]]":
        turns = {"CUNZHENG_TURNS": str(self.folder / f"turns{number}")}
        with subprocess.Popen(
            [*_CALL, "worker", "--jobs", str(jobs), *options],
            cwd=ROOT, env=self._environment(turns), stderr=subprocess.DEVNULL, text=True,
        ) as process:  # fmt: skip
            yield process
            process.send_signal(signal.SIGTERM)

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        return os.environ | {
            "ARCHIVE_URL": self.server.url(self.database),
            "CUNZHENG_SITES": str(self.folder / "sites.toml"),
            "ALLOW_PRIVATE_ADDRESSES": "1",
            "CUNZHENG_DELAY": str(self.delay),
            **more,
        }
