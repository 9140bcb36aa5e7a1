"""A worker: takes jobs out of the queue and runs their programs, until it is told to end."""

import asyncio
import logging
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.worker import Worker

from cli.cluster.app import CONTROL, make_app
from cli.cluster.books import Books, Run
from cli.cluster.planning import SITES, UPKEEP
from cli.fleet import code_of
from cli.programs import started
from cli.scheduling.plan import Job
from crawler.ending import ExitCode

_LOOK_S = 1.0
"""How often a worker with a free place looks for a job whose host has become free."""

_ANEW_S = 2.0
"""After so many seconds a worker whose database went away asks for it again."""

_SAID_MOST = 2000
"""Characters that are kept of what a program said; the end tells why it ended."""


@dataclass(frozen=True, slots=True)
class JobEnded:
    """How a job's program ended on this worker, and what it said."""

    id: int
    name: str
    code: ExitCode
    seconds: float
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearings:
    """What a worker goes by. `environment` is what its programs are given; `jobs` are those that
    are known here, as they are declared at this moment; `plan` queues what is due of them."""

    url: str
    root: Path
    environment: Mapping[str, str]
    at_once: int
    upkeep: bool
    stalled_after_s: float
    jobs: Callable[[], Mapping[str, Job]]
    plan: Callable[[], None]
    tell: Callable[[JobEnded], None]
    lost: Callable[[str], None]
    """Told why the database cannot be used at the moment."""

    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}")


class _Linked(Worker):
    """A worker that does not stop alone: neither when told to, nor when it lost the database."""

    stopped: Callable[[], None]

    def stop(self) -> None:
        Worker.stop(self)
        self.stopped()


class Crew:
    """One worker of the cluster, on this machine."""

    def __init__(self, bearings: Bearings) -> None:
        self._by = bearings
        self._threads = ThreadPoolExecutor(bearings.at_once)
        self._running: set[subprocess.Popen[str]] = set()
        self._workers: tuple[_Linked, ...] = ()
        self._ending = asyncio.Event()
        self._stopping = False
        self._app = make_app(bearings.url, self._run, bearings.plan, bearings.stalled_after_s)
        self._books = Books(self._app, bearings.url)

    async def work(self) -> None:
        """Run jobs until SIGTERM or SIGINT; then crawls finish what is in flight, and their jobs
        are left to other workers. A database that goes away is waited for."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._end)
        while not self._ending.is_set():
            try:
                async with self._app.open_async():
                    await self._serve()
            except (ConnectorException, psycopg.Error) as error:
                self._by.lost(str(error.__cause__ or error).splitlines()[0])
            if not self._ending.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ending.wait(), _ANEW_S)

    async def _serve(self) -> None:
        """Both queues, until told to end or until the database is lost for one of them."""
        self._stopping = self._ending.is_set()
        queues = [SITES, UPKEEP] if self._by.upkeep else [SITES]
        control = self._worker([CONTROL], 1, delete_jobs="successful", listen_notify=False)
        crawling = self._worker(queues, self._by.at_once)
        self._workers = (control, crawling)
        tasks = [asyncio.create_task(Worker.run(each)) for each in self._workers]
        tasks.append(asyncio.create_task(self._sign_in(crawling)))
        await asyncio.wait(tasks[:2], return_when=asyncio.FIRST_COMPLETED)
        self._stop()
        tasks[2].cancel()
        for each in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(each, ConnectorException):
                raise each
        if not self._ending.is_set():
            self._by.lost("the connection broke off")

    def _worker(self, queues: list[str], at_once: int, **more: Any) -> _Linked:
        life = self._by.stalled_after_s
        worker = _Linked(
            self._app,
            queues,
            name=self._by.name,
            concurrency=at_once,
            fetch_job_polling_interval=_LOOK_S,
            install_signal_handlers=False,
            update_heartbeat_interval=life / 3,
            stalled_worker_timeout=life,
            **more,
        )
        worker.stopped = self._stop
        return worker

    async def _sign_in(self, worker: Worker) -> None:
        """Say who stands behind a worker's number, once it has one."""
        while worker.worker_id is None:
            await asyncio.sleep(0.05)
        await self._app.connector.execute_query_async(
            "INSERT INTO crews (worker, name, at_once) VALUES (%(worker)s, %(name)s, %(n)s)",
            worker=worker.worker_id, name=self._by.name, n=self._by.at_once,
        )  # fmt: skip

    async def _run(self, job_id: int, name: str, worker: str) -> ExitCode:
        """A job's program, from its start to its end, and the books about it."""
        begun = monotonic()
        job = self._by.jobs().get(name)
        run = await self._books.begin(job_id, worker, job)
        try:
            code, said = await self._ended(run, name, job)
        except asyncio.CancelledError:
            await self._books.end(run, ExitCode.INTERRUPTED, "")
            raise
        self._by.tell(JobEnded(job_id, name, code, monotonic() - begun, said))
        await self._books.end(run, code, said)
        return code

    async def _ended(self, run: Run, name: str, job: Job | None) -> tuple[ExitCode, str]:
        if run.ended is not None:
            return run.ended, "its crawl had ended when the worker died"
        if self._stopping:
            return ExitCode.INTERRUPTED, ""
        if job is None:
            return ExitCode.USAGE, f"{name} is not declared on this machine"
        return await self._program(job)

    async def _program(self, job: Job) -> tuple[ExitCode, str]:
        by, pipe = self._by, subprocess.PIPE
        # Started by the loop's thread: a program ends with the thread that started it.
        process = started(job.command, by.root, by.environment, out=pipe, err=pipe)
        self._running.add(process)
        ends = asyncio.get_running_loop().run_in_executor(self._threads, process.communicate)
        try:
            out, err = await asyncio.shield(ends)
        except asyncio.CancelledError:  # the job was taken out of the queue
            process.send_signal(signal.SIGTERM)
            await ends
            raise
        finally:
            self._running.discard(process)
        return code_of(process.returncode), _last_words(err) or _last_words(out)

    def _end(self) -> None:
        self._ending.set()
        self._stop(signalled=True)

    def _stop(self, *, signalled: bool = False) -> None:
        """Take no more jobs, and have the programs end as by a person; a second signal ends them
        at once, as Scrapy has it."""
        if self._stopping and not signalled:
            return
        self._stopping = True
        for worker in self._workers:
            Worker.stop(worker)
        for process in self._running:
            process.send_signal(signal.SIGTERM)


def _last_words(text: str) -> str:
    return text.strip().replace("\x00", "")[-_SAID_MOST:]


def quiet() -> None:
    """procrastinate tells each job that ended badly with its whole stack: the worker's own lines
    say it in one."""
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
