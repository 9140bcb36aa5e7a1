"""The judge: the servers' own logs, and the archive as PostgreSQL's driver shows it."""

from itertools import pairwise

from tests.cluster.conftest import Cluster
from tests.crawls.wire import Wire

_UNWRITTEN_S = 2.0
"""A crawl writes each second, if the machine is not as busy as one that runs tests."""

SPREAD_S = 0.003
"""What a loaded machine adds between the moment of a request and its line in the server's log."""


def closest(wire: Wire) -> float:
    """The smallest distance between two requests that the server saw."""
    return min(b.at - a.at for a, b in pairwise(wire.asked))


def side_by_side(wire: Wire) -> int:
    """The most requests that the server had under way at once."""
    return max(request.beside for request in wire.asked)


def assert_only_what_was_in_flight_is_asked_again(
    cluster: Cluster, unwritten_s: float = _UNWRITTEN_S
) -> None:
    """Whatever was asked for twice was asked for last when a machine died: it was under way, or in
    the batch that a crawl writes each second."""
    deaths = [machine.died for machine in cluster.machines if machine.died is not None]
    for wire in cluster.wires:
        addresses, first = wire.addresses(), dict[int, float]()
        for request in (request for request in wire.asked if request.path in addresses):
            article = addresses[request.path]
            if article in first:
                before = first[article]
                near = [died - before for died in deaths if 0 <= died - before < unwritten_s]
                assert near, (request.path, before, request.at, deaths)
            first[article] = request.at


def assert_polite(cluster: Cluster) -> None:
    for wire in cluster.wires:
        assert side_by_side(wire) == 1
        near = [(a, b) for a, b in pairwise(wire.asked) if b.at - a.at < cluster.delay - SPREAD_S]
        assert not near, (near, [machine.died for machine in cluster.machines])


def assert_each_article_once(cluster: Cluster, crawls: int = 1) -> None:
    """Each article that its site publishes has one version, by so many crawls of its site."""
    held = dict(
        cluster.ask(
            "SELECT s.host, count(DISTINCT a.id) FROM sites s JOIN articles a ON a.site_id = s.id "
            "JOIN versions v ON v.article_id = a.id GROUP BY 1"
        )
    )
    for wire in cluster.wires:
        assert wire.articles_asked() == set(wire.addresses().values())
        host = wire.url.removeprefix("http://")
        assert held[host] == len(wire.site.world.on(1).articles)
    assert cluster.ask("SELECT count(*) FROM versions") == [(sum(held.values()),)]
    told = cluster.ask("SELECT spider, started_at, finished_at, finish_reason FROM crawls")
    assert len(told) == crawls * len(cluster.wires), sorted(told)
    assert cluster.ask("SELECT count(*) FROM events WHERE kind <> 'published'") == [(0,)]
