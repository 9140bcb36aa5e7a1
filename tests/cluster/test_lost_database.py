"""The database goes away in the midst of a worker's crawl, and comes back."""

import time
from collections.abc import Callable

import pytest

from tests.cluster.conftest import Cluster
from tests.cluster.judging import (
    assert_each_article_once,
    assert_only_what_was_in_flight_is_asked_again,
    assert_polite,
)


def among_articles(cluster: Cluster) -> Callable[[], bool]:
    (wire,) = cluster.wires
    return lambda: len(set(wire.articles()) & set(wire.paths())) > 2


@pytest.fixture
def cluster(clusters) -> Cluster:
    """One site, and one worker in the midst of it."""
    one: Cluster = clusters(1)
    one.machine()
    one.jobs("add", "s0")
    one.until(among_articles(one))
    return one


def assert_all_is_well(cluster: Cluster) -> None:
    assert_polite(cluster)
    assert_each_article_once(cluster)
    assert_only_what_was_in_flight_is_asked_again(cluster)


def test_a_crawl_without_its_database_asks_nothing_and_its_job_goes_back(cluster) -> None:
    (machine,), (wire,) = cluster.machines, cluster.wires
    machine.died = time.monotonic()  # what was in flight then may be asked for again
    cluster.place.go_away()
    time.sleep(0.5)
    asked = len(wire.asked)
    time.sleep(1)
    assert len(wire.asked) == asked, "without the archive no site is asked"
    cluster.place.come_back()
    cluster.until(lambda: cluster.counts() == {"succeeded": 1})
    assert_all_is_well(cluster)

    assert machine.end() == 0
    _, failed, why, *more = machine.said().splitlines()
    assert failed.startswith("job 1 crawl-s0: wrong configuration")
    assert why.startswith("    cunzheng: archive postgresql://cunzheng@/")
    assert why.endswith("the database lets nobody in; start again later")
    assert [line.partition(" (")[0] for line in more if "trying again" not in line] == [
        "job 1 crawl-s0: complete",
        f"{machine.said().partition(': begins')[0]}: ended",
    ]


@pytest.mark.heavy
def test_connections_that_all_break_off_at_once_cost_what_was_in_flight(cluster) -> None:
    """As of a server that was started anew between two requests."""
    (machine,) = cluster.machines
    machine.died = time.monotonic()
    cluster.place.go_away()
    cluster.place.come_back()
    cluster.until(lambda: cluster.counts() == {"succeeded": 1})
    assert_all_is_well(cluster)
    assert machine.end() == 0
