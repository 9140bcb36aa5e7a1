"""A night over very many sites: `python -m benchmarks.fleet [--hosts 6 --articles 3000]`.

The sites are those of `benchmarks.night`: sixty channels each, pages as heavy as real ones. They
are scaled down in number, not in work: each is crawled by its own program as on any night, with
some articles that are new, and then a snapshot captures those again that are due in a night when
each is seen twice a year. A worker does it, into one PostgreSQL on the same machine.

What is measured is what a site costs: requests, bytes, CPU seconds (Linux's own books of the
worker and its children, and of the database's server), memory, growth. What a machine carries is
arithmetic from it, at one request a second to each host (`benchmarks.fleet.arithmetic`).
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.cluster.machines import Machines
from benchmarks.fleet.arithmetic import (
    NIGHT_S,
    MachineHas,
    SiteCost,
    lasts_s,
    most_sites,
    side_by_side,
)
from benchmarks.fleet.watching import Watch, cpu_s
from benchmarks.night.__main__ import served
from benchmarks.night.held import any_port, fill
from benchmarks.night.site import CHANNELS
from benchmarks.postgresql import postgresql
from tests.postgres.server import Server

_BOUND_NIGHTS = 180
_SITES = 3000


def measured(server: Server, hosts: int, articles: int, new: int, jobs: int) -> SiteCost:
    """What a site costs in one night, in the mean of so many."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        machines = Machines(server, server.new(), Path(folder), 0.001)
        ports = [any_port() for _ in range(hosts)]
        machines.declare([f"http://127.0.0.1:{port}/" for port in ports])
        for port in ports:
            fill(server.url(machines.database), articles, port)
        budget = str(max(1, articles // _BOUND_NIGHTS))
        (worker,) = stack.enter_context(machines.at_work(1, jobs, "--budget", budget))
        with _all_served(ports, articles):
            machines.run_all()  # walks every list to its end: the nights after it do not
        stack.enter_context(_all_served(ports, articles + new))
        before = _books(server, machines.database, worker.pid)
        with Watch(worker.pid) as watch:
            machines.run_all()
            machines.run_all("--snapshot")
        after = _books(server, machines.database, worker.pid)
    cost = {name: (after[name] - before[name]) / hosts for name in before}
    return SiteCost(**cost, memory=watch.largest)


@contextmanager
def _all_served(ports: Sequence[int], articles: int) -> Iterator[None]:
    with ExitStack() as stack:
        for port in ports:
            stack.enter_context(served(articles, port))
        yield


def _books(server: Server, database: str, worker: int) -> dict[str, float]:
    """All that only grows, as it stands now."""
    postmaster = int((server.folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])
    told = [json.loads(str(row[0])) for row in server.ask(_STATS, database)]
    (size,) = server.ask("SELECT pg_database_size(current_database())", database)[0]
    return {
        "requests": sum(each.get("downloader/request_count", 0) for each in told),
        "received": sum(each.get("downloader/response_bytes", 0) for each in told),
        "cpu_s": cpu_s(worker),
        "database_cpu_s": cpu_s(postmaster),
        "grown": float(str(size)),
    }


def _print(cost: SiteCost, delay_s: float) -> None:
    mib = 2**20
    print(f"a site's night: {cost.requests:.0f} requests, {cost.received / mib:.2f} MiB received")
    print(f"  CPU s of its programs {cost.cpu_s:.2f}, of the database {cost.database_cpu_s:.2f}")
    print(f"  the database grew by {cost.grown / 1024:.0f} KiB")
    print(f"  one running crawl holds {cost.memory / mib:.0f} MiB")
    print(f"  lasts {lasts_s(cost, delay_s):.0f} s at {delay_s:g} s between two requests")
    print(
        f"{_SITES} sites: {side_by_side(cost, _SITES, delay_s):.1f} programs at once in the mean,"
    )
    cpu = _SITES * (cost.cpu_s + cost.database_cpu_s)
    print(
        f"  {cpu / 3600:.2f} CPU hours, {_SITES * cost.requests / NIGHT_S:.0f} requests a second,"
    )
    grown, received = _SITES * cost.grown / 2**30, _SITES * cost.received / 2**30
    print(f"  {received:.2f} GiB received, {grown:.2f} GiB of database a night")
    for name, sites in most_sites(cost, MachineHas(), delay_s).items():
        print(f"a machine of 2 processors and 3 GiB for crawls, by its {name}: {sites:.0f} sites")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hosts", type=int, default=6)
    parser.add_argument("--articles", type=int, default=3000, help="held of each site")
    parser.add_argument("--new", type=int, default=5, help="published at each site that day")
    parser.add_argument("--jobs", type=int, default=2, help="jobs at once")
    given = parser.parse_args(arguments)
    with postgresql() as server:
        cost = measured(server, given.hosts, given.articles, given.new, given.jobs)
    print(f"{given.hosts} sites of {CHANNELS} channels and {given.articles} articles, measured")
    _print(cost, 1.0)


_STATS = "SELECT stats::text FROM crawls WHERE finished_at IS NOT NULL"

if __name__ == "__main__":
    main()
