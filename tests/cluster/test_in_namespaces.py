"""Machines that share nothing but a network: each in a namespace of its own, over TCP."""

import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from replica import World
from replica.kinds import KINDS
from replica.site import Site
from tests.cluster.conftest import Cluster
from tests.cluster.judging import (
    assert_each_article_once,
    assert_only_what_was_in_flight_is_asked_again,
    assert_polite,
)
from tests.cluster.network import DATABASE, SITES, Network, is_possible, network
from tests.cluster.test_many_machines import done, working
from tests.crawls.wire import Wire, all_wired
from tests.places import Database
from tests.postgres.server import programs, running

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not is_possible(), reason="this user may make no network namespaces"),
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed"),
]


@pytest.fixture
def net() -> Iterator[Network]:
    with network() as made:
        yield made


@pytest.fixture
def cluster(net: Network, tmp_path: Path) -> Iterator[Cluster]:
    """Six sites and the database, which only the network's machines reach."""
    place = programs()
    assert place is not None
    worlds = [World(seed=n, size=0.2) for n in range(6)]
    wires = [Wire(Site(world=world, kind=KINDS["jpage_web"]), SITES) for world in worlds]
    with (
        running(place, DATABASE) as server,
        all_wired(wires),
        closing(Database(server, server.new())) as archive,
    ):
        named = (f'[s{n}]\nurl = "{wire.url}"\n' for n, wire in enumerate(wires))
        (tmp_path / "sites.toml").write_text("".join(named))
        made = Cluster(archive, wires, tmp_path)
        made.at = f"postgresql://cunzheng@{DATABASE}/{archive.name}"
        yield made
        made.close()


def assert_nobody_can_tell(cluster: Cluster) -> None:
    assert_polite(cluster)
    assert_each_article_once(cluster)
    assert_only_what_was_in_flight_is_asked_again(cluster, unwritten_s=4)


@pytest.mark.parametrize("machines", [2, 4])
def test_machines_killed_at_random(machines: int, net: Network, cluster: Cluster) -> None:
    rng = random.Random(machines)
    for _ in range(machines):
        cluster.machine(within=net.join())
    cluster.jobs("add", "--all")
    for _ in range(4):
        time.sleep(rng.uniform(2, 5))
        if done(cluster, 6)():
            break
        machine = rng.choice([m for m in cluster.machines if m.process.poll() is None])
        rng.choice([machine.vanish, machine.die])()
        cluster.machine(within=net.join())
    cluster.until(done(cluster, 6), seconds=240)
    assert_nobody_can_tell(cluster)


def test_a_machine_that_is_cut_off_from_the_database_asks_nothing_and_another_goes_on(
    net: Network, cluster: Cluster
) -> None:
    """The server frees its sites after a minute; it has stopped long before."""
    cluster.delay = 0.2
    cut = cluster.machine(within=net.join())
    cluster.jobs("add", "s0", "s1")
    cluster.until(working(cluster, 2))
    net.cut_off(0)
    cut.died = time.monotonic()
    other = cluster.machine(within=net.join())
    time.sleep(1)
    asked = sum(len(wire.asked) for wire in cluster.wires)
    time.sleep(15)
    assert sum(len(wire.asked) for wire in cluster.wires) == asked
    cluster.until(done(cluster, 2), seconds=150)
    assert "job 1 crawl-s0: complete" in other.said()
    net.mend(0)
    cluster.until(lambda: len([c for c in cluster.jobs()["crews"] if c["alive"]]) == 2)
    assert cut.said().count("cunzheng: archive postgresql://") == 2, "a line for each of its crawls"
    del cluster.wires[2:]
    assert_nobody_can_tell(cluster)
