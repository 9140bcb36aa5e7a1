"""A cluster as the stories see it: sites on the wire, one PostgreSQL, workers as machines."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from replica import World
from tests.crawls.conftest import ROOT
from tests.crawls.wire import Wire, wired
from tests.places import Database
from tests.postgres.server import Server


@dataclass
class Machine:
    """A worker with all that it started: what a machine is that can vanish. It knows of the others
    by the database alone: the files in which crawls of one machine take turns are its own."""

    process: "subprocess.Popen[str]"
    log: Path
    died: float | None = None
    """When it vanished with its crawls."""

    def vanish(self) -> None:
        """The power fails: worker and crawls are gone within the same moment."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)
        self.died = time.monotonic()

    def die(self) -> None:
        """The worker alone is killed. Its crawls end as by a person, and so it costs nothing."""
        self.process.kill()
        self.process.wait(30)

    def end(self) -> int:
        """The worker is told to end; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def said(self) -> str:
        return self.log.read_text("utf-8")


@dataclass
class Cluster:
    """Sites, their archive, and the machines that crawl them."""

    place: Database
    wires: list[Wire]
    folder: Path
    delay: float = 0.05
    machines: list[Machine] = field(default_factory=list)
    at: str = ""
    """The archive's address, where machines do not reach it as the stories do."""

    def environment(self, **more: str) -> dict[str, str]:
        return os.environ | {
            "ARCHIVE_URL": self.at or self.place.url,
            "CUNZHENG_SITES": str(self.folder / "sites.toml"),
            "ALLOW_PRIVATE_ADDRESSES": "1",
            "CUNZHENG_DELAY": str(self.delay),
            "CUNZHENG_WORKER_STALLED": "3",
            "CUNZHENG_GUARD_AT_LEAST": "100000",
            "PYTHONWARNINGS": "default",
            **more,
        }

    def machine(self, *options: str, jobs: int = 2, within: Sequence[str] = ()) -> Machine:
        """One more machine, at work; `within` is what comes before its command."""
        number = len(self.machines)
        log = self.folder / f"machine{number}.log"
        turns = self.folder / f"turns{number}"
        with log.open("w") as file:
            process = subprocess.Popen(
                [*within, *_CALL, "worker", "--lang", "en", "--jobs", str(jobs), *options],
                cwd=ROOT,
                env=self.environment(CUNZHENG_TURNS=str(turns)),
                stdout=file,
                stderr=file,
                text=True,
                start_new_session=True,
            )
        self.machines.append(Machine(process, log))
        return self.machines[-1]

    def jobs(self, *typed: str) -> Any:
        """What `cunzheng jobs --json` answers."""
        done = self.typed("jobs", *typed, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def typed(self, *command: str, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*_CALL, *command, "--lang", "en"],
            cwd=ROOT,
            env=self.environment(**env),
            capture_output=True,
            text=True,
            timeout=60,
        )

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        return self.place.ask(query)

    def counts(self) -> dict[str, int]:
        """How many jobs of sites there are in each state."""
        query = (
            "SELECT status::text, count(*) FROM cunzheng_jobs.procrastinate_jobs "
            "WHERE task_name = 'run' GROUP BY 1"
        )
        return dict(self.ask(query))

    def until(self, condition: Callable[[], object], seconds: float = 90) -> None:
        """Wait for it; the machines' own words where it does not come."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, [machine.said() for machine in self.machines]
            time.sleep(0.02)

    def close(self) -> None:
        for machine in self.machines:
            if machine.process.poll() is None:
                machine.vanish()


_CALL = (sys.executable, "-m", "cli.main")


@pytest.fixture
def clusters(postgres: Server, tmp_path: Path) -> Iterator[Callable[..., Cluster]]:
    """`clusters(3, size=0.1)`: a cluster of three sites, ended with the story."""
    with ExitStack() as stack:

        def make(sites: int, size: float = 0.1) -> Cluster:
            wires = [stack.enter_context(wired(World(seed=n, size=size))) for n in range(sites)]
            place = Database(postgres, postgres.new())
            stack.callback(postgres.drop, place.name)
            stack.callback(place.close)
            named = (f'[s{n}]\nurl = "{wire.url}"\n' for n, wire in enumerate(wires))
            (tmp_path / "sites.toml").write_text("".join(named))
            cluster = Cluster(place, wires, tmp_path)
            stack.callback(cluster.close)
            return cluster

        yield make
