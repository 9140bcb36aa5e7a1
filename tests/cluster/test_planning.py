"""When jobs are queued: each once for each time at which it was due, whoever looks and when."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cli.cluster.planning import due, queue_of
from cli.scheduling.plan import plan
from crawler.site import Site

SITES = [Site(name=f"s{n}", title=f"s{n}", url=f"http://s{n}.example.gov.cn/") for n in range(50)]
JOBS = plan(SITES, Path("/copies"))
NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)


def looked(until: datetime, every: timedelta, planned: dict[str, datetime]) -> Counter[str]:
    """What was queued by looks at the clock from noon on."""
    queued: Counter[str] = Counter()
    now = NOON
    while now <= until:
        found = due(JOBS, planned, now)
        queued.update(job.name for job in found.jobs)
        planned |= dict.fromkeys(found.looked_at, now)
        now += every
    return queued


def test_a_night_queues_each_crawl_and_snapshot_once() -> None:
    queued = looked(NOON + timedelta(days=1), timedelta(minutes=7), {})
    sites = [job.name for job in JOBS if queue_of(job) == "sites"]
    assert [queued[name] for name in sites] == [1] * 100


def test_what_is_declared_in_the_afternoon_waits_for_its_night() -> None:
    assert due(JOBS, {}, NOON).jobs == ()
    assert len(due(JOBS, {}, NOON).looked_at) == len(JOBS)


def test_nights_that_no_worker_saw_are_made_up_once() -> None:
    asleep = dict.fromkeys((job.name for job in JOBS), NOON)
    queued = looked(NOON, timedelta(days=1), asleep)
    assert not queued
    found = due(JOBS, asleep, NOON + timedelta(days=3))
    assert len(found.jobs) >= 100
    assert len({job.name for job in found.jobs}) == len(found.jobs)
