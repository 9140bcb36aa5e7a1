"""The queue as a person handles it: jobs put in, run again or taken out, and all of it shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from cli.cluster.planning import due, queue_of
from cli.cluster.tables import Jobs
from cli.scheduling.plan import Job

TASK = "run"

_ADD = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id"""

_SHOWN = """
SELECT j.id, j.args->>'name' AS name, j.lock AS place, j.status::text, j.attempts,
       j.scheduled_at, r.worker, r.began_at, r.ended_at, r.exit_code, r.said
FROM procrastinate_jobs j
LEFT JOIN LATERAL (SELECT * FROM runs WHERE job_id = j.id ORDER BY id DESC LIMIT 1) r ON true
WHERE j.task_name = %s AND j.status::text = ANY(%s) ORDER BY j.id DESC LIMIT %s"""

_CREWS = """
SELECT c.name, c.at_once, c.since, w.last_heartbeat AS seen,
       w.last_heartbeat > now() - %s AS alive,
       (SELECT count(*) FROM procrastinate_jobs j
        WHERE j.worker_id = c.worker AND j.status = 'doing')::int AS running
FROM crews c JOIN procrastinate_workers w ON w.id = c.worker ORDER BY c.name"""

_COUNTS = """
SELECT status::text, count(*)::int AS n FROM procrastinate_jobs WHERE task_name = %s GROUP BY 1"""


@dataclass(frozen=True, slots=True)
class JobHeld:
    """A job and its last run. `place` is the host for which jobs wait for each other, `attempts`
    how often it was run to an end, `scheduled_at` the moment before which it is not tried again."""

    id: int
    name: str
    place: str
    status: str
    attempts: int
    scheduled_at: datetime | None
    worker: str | None
    began_at: datetime | None
    ended_at: datetime | None
    exit_code: int | None
    said: str | None


@dataclass(frozen=True, slots=True)
class CrewHeld:
    """A worker: whether it gave a sign of life lately, and how many of its places are taken."""

    name: str
    at_once: int
    since: datetime
    seen: datetime
    alive: bool
    running: int


@dataclass(frozen=True, slots=True)
class Shown:
    """All that there is to see; the newest jobs first."""

    counts: dict[str, int]
    crews: tuple[CrewHeld, ...]
    running: tuple[JobHeld, ...]
    waiting: tuple[JobHeld, ...]
    failed: tuple[JobHeld, ...]
    ended: tuple[JobHeld, ...]


def add(tables: Jobs, jobs: Iterable[Job]) -> list[str]:
    """Put jobs at the end of the queue; the names of those that did not wait there already."""
    added = []
    for job in jobs:
        values = (queue_of(job), TASK, job.place, job.name, Jsonb({"name": job.name}))
        if tables.execute(_ADD, values).fetchone() is not None:
            added.append(job.name)
    return added


def add_due(tables: Jobs, jobs: Iterable[Job], now: datetime) -> list[str]:
    """Put what is due into the queue, and note that it was looked at; the names."""
    planned = {row["name"]: row["at"] for row in tables.execute("SELECT name, at FROM planned")}
    found = due(jobs, planned, now)
    added = add(tables, found.jobs)
    note = "INSERT INTO planned VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET at = excluded.at"
    with tables.cursor() as cursor:
        cursor.executemany(note, [(name, now) for name in found.looked_at])
    return added


def again(tables: Jobs, ids: Sequence[int]) -> list[int]:
    """Put jobs that failed or were taken out into the queue once more; all that failed where none
    is named. Those are left out of which one of that name waits already."""
    failed = "SELECT id FROM procrastinate_jobs WHERE task_name = %s AND status = 'failed'"
    chosen = ids or [row["id"] for row in tables.execute(failed, [TASK])]
    moved = """
        UPDATE procrastinate_jobs AS j SET status = 'todo', attempts = 0, scheduled_at = NULL
        WHERE id = %s AND task_name = %s AND status IN ('failed', 'cancelled', 'aborted')
        AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs o WHERE o.status = 'todo'
                        AND o.queueing_lock = j.queueing_lock) RETURNING id"""
    return [each for each in chosen if tables.execute(moved, (each, TASK)).fetchone()]


def waiting_ids(tables: Jobs) -> list[int]:
    """The numbers of all jobs that wait."""
    waiting = "SELECT id FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'"
    return [row["id"] for row in tables.execute(waiting, [TASK])]


def cancel(tables: Jobs, ids: Sequence[int]) -> list[int]:
    """Take jobs out of the queue; running ones are ended as by a person."""
    taken = "SELECT procrastinate_cancel_job_v1(%s, true, false) AS id"
    rows = [tables.execute(taken, [each]).fetchone() for each in ids]
    return [row["id"] for row in rows if row is not None and row["id"] is not None]


def shown(tables: Jobs, stalled_after_s: float, limit: int) -> Shown:
    """The queue as it stands, at most `limit` jobs of each kind."""
    counts = {row["status"]: row["n"] for row in tables.execute(_COUNTS, [TASK])}
    crews = tables.execute(_CREWS, [timedelta(seconds=stalled_after_s)])

    def of(*status: str) -> tuple[JobHeld, ...]:
        return tuple(_held(row) for row in tables.execute(_SHOWN, (TASK, list(status), limit)))

    return Shown(
        counts,
        tuple(CrewHeld(**row) for row in crews),
        of("doing"),
        of("todo"),
        of("failed"),
        of("succeeded", "cancelled", "aborted"),
    )


def _held(row: dict[str, Any]) -> JobHeld:
    return JobHeld(**row)
