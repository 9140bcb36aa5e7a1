"""The database goes away in the midst of a worker's crawl, and comes back."""

import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.cluster.conftest import Cluster
from tests.cluster.judging import (
    assert_each_article_once,
    assert_only_what_was_in_flight_is_asked_again,
    assert_polite,
)
from tests.crawls.conftest import ROOT


def among_articles(cluster: Cluster) -> Callable[[], bool]:
    (wire,) = cluster.wires
    return lambda: len(wire.articles_asked()) > 2


@pytest.fixture
def cluster(clusters) -> Cluster:
    """One site, and one worker in the midst of it."""
    one: Cluster = clusters(1)
    one.machine()
    one.jobs("add", "s0")
    one.until(among_articles(one))
    return one


def assert_all_is_well(cluster: Cluster, crawls: int = 1) -> None:
    assert_polite(cluster)
    assert_each_article_once(cluster, crawls)
    assert_only_what_was_in_flight_is_asked_again(cluster, unwritten_s=2.5)


def test_a_crawl_without_its_database_asks_nothing_and_its_job_goes_back(cluster) -> None:
    (machine,), (wire,) = cluster.machines, cluster.wires
    cluster.place.go_away()
    time.sleep(0.5)
    machine.died = time.monotonic()  # what was in flight by then may be asked for again
    asked = len(wire.asked)
    time.sleep(1)
    assert len(wire.asked) == asked, "without the archive no site is asked"
    cluster.place.come_back()
    cluster.until(lambda: cluster.counts() == {"succeeded": 1})
    assert_all_is_well(cluster)

    assert machine.end() == 0
    lines = machine.said().splitlines()
    assert re.match(r"job \d+ crawl-s0: (wrong configuration|not ended)", lines[1]), lines
    assert not any("Traceback" in line or ".py" in line for line in lines), lines
    assert sum("archive postgresql://" in line for line in lines) <= 1
    assert sum("crawl-s0: complete" in line for line in lines) == 1


def test_a_crawl_that_loses_its_database_ends_with_one_line(clusters) -> None:
    cluster: Cluster = clusters(1)
    crawling = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", "s0"],
        cwd=ROOT,
        env=cluster.environment(CUNZHENG_PROGRESS="none"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    cluster.until(among_articles(cluster))
    cluster.place.go_away()
    out, err = crawling.communicate(timeout=60)
    cluster.place.come_back()
    assert crawling.returncode == 4
    (line,) = err.splitlines()
    assert line.startswith("cunzheng: archive postgresql://cunzheng@/")
    assert line.endswith("the database lets nobody in; start again later")
    assert "complete" not in out


@pytest.mark.heavy
def test_connections_that_all_break_off_at_once_cost_what_was_in_flight(cluster) -> None:
    """As of a server that was started anew between two requests. A crawl that asked in between has
    ended, and its job has begun another."""
    (machine,) = cluster.machines
    cluster.place.go_away()
    machine.died = time.monotonic()
    cluster.place.come_back()
    cluster.until(lambda: cluster.counts() == {"succeeded": 1})
    ((crawls,),) = cluster.ask("SELECT count(*) FROM crawls")
    assert crawls <= 2
    assert_all_is_well(cluster, crawls)
    assert machine.end() == 0
