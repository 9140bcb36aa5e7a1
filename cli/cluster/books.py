"""The books about runs: each start of a job and how it ended, and what its crawl had done already
when the worker before died.

A worker may die in the moment between a crawl's last writing and its own. The job waits again then,
though there is nothing left to do: the archive knows that the crawl ended, and how.
"""

import asyncio
from dataclasses import dataclass

from procrastinate import App

from cli.scheduling.plan import Job
from crawler.ending import ExitCode
from crawler.nights import ending_of
from storage.consult.consultation import Consultation
from storage.consult.last_crawls import ended_of
from storage.consult.nights import night

_BEGAN = """
INSERT INTO runs (job_id, worker, crawls_before) VALUES (%(job)s, %(worker)s, %(crawls)s)
RETURNING id"""

_ENDED = """
UPDATE runs SET ended_at = now(), exit_code = %(code)s, said = %(said)s WHERE id = %(id)s"""

_CUT_OFF = """
SELECT (SELECT CASE WHEN ended_at IS NULL THEN crawls_before END FROM runs
        WHERE job_id = %(job)s ORDER BY id DESC LIMIT 1) AS crawls"""


@dataclass(frozen=True, slots=True)
class Run:
    """One start of a job. `ended` tells how its crawl ended under a worker that died before it
    could say so; None where the crawl is still to be run."""

    id: int
    ended: ExitCode | None


@dataclass(frozen=True, slots=True)
class Books:
    """The books of the archive at `url`, kept through `app`. They raise procrastinate's
    ConnectorException or ArchiveError where the database cannot be used."""

    app: App
    url: str

    async def begin(self, job_id: int, worker: str, job: Job | None) -> Run:
        """Note that a job begins."""
        ended = await asyncio.to_thread(_ended, self.url, job)
        before = await self._before(job_id)
        crawls = len(ended) if before is None else before
        row = await self.app.connector.execute_query_one_async(
            _BEGAN, job=job_id, worker=worker, crawls=crawls
        )
        if len(ended) == crawls:
            return Run(row["id"], None)
        return Run(row["id"], await asyncio.to_thread(_ending, self.url, ended[-1]))

    async def end(self, run: Run, code: ExitCode, said: str) -> None:
        """Note how it ended, and what its program said."""
        await self.app.connector.execute_query_async(_ENDED, id=run.id, code=int(code), said=said)

    async def _before(self, job_id: int) -> int | None:
        """How many crawls had ended before the job's run that was cut off; None where its last one
        came to its end."""
        row = await self.app.connector.execute_query_one_async(_CUT_OFF, job=job_id)
        crawls: int | None = row["crawls"]
        return crawls


def _ended(url: str, job: Job | None) -> list[int]:
    """The crawls of a job that ended, oldest first; none where it is no crawl."""
    if job is None or job.command[:2] != ("scrapy", "crawl"):
        return []
    spider = job.command[2]
    archive = Consultation.open(url)
    try:
        return archive.ask(ended_of, spider, job.place if spider == "snapshot" else None)
    finally:
        archive.close()


def _ending(url: str, crawl_id: int) -> ExitCode:
    archive = Consultation.open(url)
    try:
        return ending_of(archive.ask(night, crawl_id).crawls[0])
    finally:
        archive.close()
