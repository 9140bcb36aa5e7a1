"""When jobs are put into the queue: each once for each time at which it was due. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cli.scheduling.plan import Job

SITES = "sites"
UPKEEP = "upkeep"
"""The two queues: what any machine may run, and what belongs to the one that keeps the copies."""

_OF_SITES = ("crawl-", "snapshot-")


@dataclass(frozen=True, slots=True)
class Due:
    """What the clock says: jobs to be queued, and the names whose times were looked at until now
    (the due ones, and those that are new and begin to be watched)."""

    jobs: tuple[Job, ...]
    looked_at: tuple[str, ...]


def due(jobs: Iterable[Job], planned: Mapping[str, datetime], now: datetime) -> Due:
    """What was due since it was looked at last, however long that is ago: a night that no worker
    saw is made up, once."""
    listed = list(jobs)
    ready = tuple(
        job for job in listed if job.name in planned and planned[job.name] < job.at.last(now)
    )
    new = (job.name for job in listed if job.name not in planned)
    return Due(ready, (*(job.name for job in ready), *new))


def queue_of(job: Job) -> str:
    """Where a job waits.

    >>> from cli.scheduling.calendar import Moment
    >>> queue_of(Job("crawl-yannan", ("scrapy", "crawl", "yannan"), Moment(60), "a.gov.cn"))
    'sites'
    """
    return SITES if job.name.startswith(_OF_SITES) else UPKEEP
