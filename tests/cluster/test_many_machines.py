"""Many machines crawl many sites; some of them die, and nobody can tell from the archive."""

import random
import time

import pytest

from tests.cluster.judging import (
    assert_each_article_once,
    assert_only_what_was_in_flight_is_asked_again,
    assert_polite,
)


def working(cluster, least: int):
    """Whether so many sites are in the midst of their articles."""
    return lambda: sum(bool(wire.articles_asked()) for wire in cluster.wires) >= least


def done(cluster, jobs: int):
    return lambda: cluster.counts() == {"succeeded": jobs}


def test_a_machine_that_vanishes_leaves_its_sites_to_the_other(clusters) -> None:
    cluster = clusters(3)
    first = cluster.machine()
    assert cluster.jobs("add", "--all") == {"add": ["crawl-s0", "crawl-s1", "crawl-s2"]}
    cluster.until(working(cluster, 2))
    second = cluster.machine()
    first.vanish()
    cluster.until(done(cluster, 3))

    assert_polite(cluster)
    assert_each_article_once(cluster)
    assert_only_what_was_in_flight_is_asked_again(cluster)
    runs = cluster.ask("SELECT count(*), count(ended_at) FROM cunzheng_jobs.runs")
    assert runs == [(5, 3)], "two runs were cut off, and their jobs ran again"
    assert second.end() == 0


def test_a_worker_that_is_told_to_end_hands_its_sites_over_at_once(clusters) -> None:
    cluster = clusters(2)
    first, second = cluster.machine(jobs=2), cluster.machine(jobs=2)
    cluster.jobs("add", "--all")
    cluster.until(working(cluster, 2))
    assert first.end() == 0
    assert "not ended" in first.said() or "job" not in first.said()
    cluster.until(done(cluster, 2))
    assert_polite(cluster)
    assert_each_article_once(cluster)
    assert_only_what_was_in_flight_is_asked_again(cluster)  # and nothing died
    assert second.end() == 0
    assert cluster.jobs()["crews"] == [], "whoever ends signs out"


@pytest.mark.heavy
@pytest.mark.parametrize("seed", range(3))
def test_four_machines_killed_at_random(seed: int, clusters) -> None:
    rng = random.Random(seed)
    cluster = clusters(8, size=0.35)
    for _ in range(4):
        cluster.machine()
    cluster.jobs("add", "--all")
    kills = 0
    while kills < 6 and not done(cluster, 8)():
        time.sleep(rng.uniform(1.5, 5))
        machine = rng.choice([m for m in cluster.machines if m.process.poll() is None])
        rng.choice([machine.vanish, machine.die])()
        kills += 1
        cluster.machine()
    cluster.until(done(cluster, 8), seconds=240)
    assert_polite(cluster)
    assert_each_article_once(cluster)
    # Eight crawls and the starts of others share two processors: a write takes longer than usual.
    assert_only_what_was_in_flight_is_asked_again(cluster, unwritten_s=4)


def test_a_night_that_is_due_begins_by_itself(clusters) -> None:
    """procrastinate's periodic task looks each minute, and at once where a worker begins."""
    cluster = clusters(1, size=0.02)
    cluster.jobs()  # makes the tables
    cluster.ask(
        "INSERT INTO cunzheng_jobs.planned SELECT name, now() - interval '2 days' "
        "FROM unnest(ARRAY['crawl-s0', 'snapshot-s0']) AS name"
    )
    machine = cluster.machine()
    cluster.until(done(cluster, 2))
    names = [job["name"] for job in cluster.jobs()["ended"]]
    assert sorted(names) == ["crawl-s0", "snapshot-s0"]
    assert_each_article_once(cluster, crawls=2)
    assert machine.end() == 0


def test_a_worker_that_is_killed_alone_costs_nothing(clusters) -> None:
    """Its crawls hear of it and end as by a person; whoever takes their jobs goes on there."""
    cluster = clusters(2)
    first = cluster.machine()
    cluster.jobs("add", "--all")
    cluster.until(working(cluster, 2))
    first.die()
    second = cluster.machine()
    cluster.until(done(cluster, 2))
    assert_polite(cluster)
    assert_each_article_once(cluster)
    assert_only_what_was_in_flight_is_asked_again(cluster)
    assert second.end() == 0
