"""procrastinate's part: which tasks there are, when they run, what follows from how they end."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import QUEUEING_LOCK_CONSTRAINT, JobManager

from cli.cluster.endings import WELL, again_after
from cli.cluster.queue import TASK
from cli.cluster.tables import conninfo
from crawler.ending import ExitCode
from storage.errors import ArchiveError

CONTROL = "control"
"""The queue of what keeps the queue; each worker has a place for it that no crawl takes."""

_KEPT_HOURS = 30 * 24
_RESCUING = int.from_bytes(b"cz help")
"""The advisory lock of whoever rescues: of two at once, the slower would take from a new worker
what the faster gave it."""

RunJob = Callable[[int, str, str], Awaitable[ExitCode]]
"""Runs a job (its number, its name, the worker's name) to its end."""


class EndedBadly(Exception):
    """A job's program ended otherwise than well."""

    def __init__(self, code: ExitCode) -> None:
        super().__init__(code.name)
        self.code = code


class _ByEnding(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        match exception:
            case EndedBadly():
                seconds = again_after(exception.code, job.attempts)
            case ConnectorException() | ArchiveError():  # the books could not be written or read
                seconds = again_after(ExitCode.INTERRUPTED, job.attempts)
            case _:
                return None
        return None if seconds is None else RetryDecision(retry_in={"seconds": round(seconds)})


class _Manager(JobManager):
    """A job that is to wait again while another of its name waits already ends instead: the waiting
    one goes on with the same crawl. Otherwise the database refuses, and the job blocks its host."""

    async def retry_job_by_id_async(
        self,
        job_id: int,
        retry_at: datetime,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        try:
            await super().retry_job_by_id_async(job_id, retry_at, priority, queue, lock)
        except UniqueViolation as error:
            if error.constraint_name != QUEUEING_LOCK_CONSTRAINT:
                raise
            await self.finish_job_by_id_async(job_id, Status.ABORTED, delete_job=False)


def make_app(url: str, run_job: RunJob, plan: Callable[[], None], stalled_after_s: float) -> App:
    """The tasks of a worker. `plan` puts into the queue what is due; a worker without a sign of
    life for so many seconds is taken to be dead."""
    app = App(connector=PsycopgConnector(conninfo=conninfo(url), min_size=1, max_size=8))
    app.job_manager = _Manager(app.connector)

    @app.task(name=TASK, pass_context=True, retry=_ByEnding())
    async def run(context: JobContext, name: str) -> None:
        assert context.job.id is not None
        code = await run_job(context.job.id, name, context.worker_name or "")
        if code not in WELL:
            raise EndedBadly(code)

    @app.periodic(cron="* * * * *")
    @app.task(name="plan", queue=CONTROL, lock="plan", queueing_lock="plan")
    def planning(timestamp: int) -> None:
        del timestamp  # the plan knows itself up to when it was looked at
        plan()

    # Without a lock: that of a rescuer that died would keep all others from rescuing it.
    @app.periodic(cron=f"* * * * * */{max(1, round(stalled_after_s / 3))}")
    @app.task(name="rescue", queue=CONTROL, queueing_lock="rescue")
    async def rescuing(timestamp: int) -> None:
        del timestamp
        await _rescue(app, stalled_after_s)

    @app.periodic(cron="17 20 * * *")
    @app.task(name="forget", queue=CONTROL, queueing_lock="forget")
    async def forgetting(timestamp: int) -> None:
        del timestamp
        await app.job_manager.delete_old_jobs(
            _KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
        )

    return app


async def _rescue(app: App, stalled_after_s: float) -> None:
    """Have the jobs of dead workers wait again, in their old place in the queue."""
    assert isinstance(app.connector, PsycopgConnector)
    async with app.connector.pool.connection() as connection, connection.transaction():
        mine = await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", [_RESCUING])
        if (await mine.fetchone()) != (True,):
            return
        stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after_s)
        for job in stalled:
            with suppress(ConnectorException):  # it ended by itself at the last moment
                await app.job_manager.retry_job(job)
