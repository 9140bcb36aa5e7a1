"""How the time falls with workers: `python -m benchmarks.cluster [--sites 8 --delay 0.5]`.

Sites on loopback are crawled into one new PostgreSQL by one, two and four workers, each of which
runs so many jobs at once (`--jobs`). Every worker has its own folder of turns, as if it stood on a
machine of its own, so that the database alone keeps them apart; but they share this machine's
processors, and the time cannot fall below what the work takes on those.

The last columns are the servers': the smallest distance between two requests to one host, the most
at once, and how often an article was asked for more than once. A delay is kept where the smallest
distance is no less than it.
"""

import argparse
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.cluster.machines import Machines, postgresql
from replica import World, serve
from replica.site import Seen, Site
from tests.postgres.server import Server


@dataclass(frozen=True, slots=True)
class Row:
    """One run."""

    workers: int
    seconds: float
    articles: int
    versions: int
    closest_s: float
    asked_again: int


def measured(
    server: Server, workers: int, *, sites: int, size: float, delay: float, jobs: int
) -> Row:
    """All sites, crawled for the first time by so many workers."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        served = [stack.enter_context(serve(World(seed=n, size=size))) for n in range(sites)]
        machines = Machines(server, server.new(), Path(folder), delay)
        machines.declare([site.url for site in served])
        with machines.at_work(workers, jobs):
            seconds = machines.run_all()
        held = server.ask("SELECT count(*) FROM versions", machines.database)
    return Row(
        workers,
        seconds,
        sum(len(site.world.on(1).articles) for site in served),
        int(str(held[0][0])),
        min(closest(site.requests) for site in served),
        sum(map(asked_again, served)),
    )


def closest(requests: list[Seen]) -> float:
    """The smallest distance between two answers, in seconds."""
    return min((b.at - a.at).total_seconds() for a, b in pairwise(requests))


def asked_again(site: Site) -> int:
    """How many requests for articles' pages were not the first for theirs."""
    times = Counter(r.path for r in site.requests if "/art/20" in r.path and r.status == 200)
    return sum(n - 1 for n in times.values())


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, default=8)
    parser.add_argument("--size", type=float, default=0.1, help="1 is about 120 articles a site")
    parser.add_argument("--delay", type=float, default=0.5, help="seconds between two requests")
    parser.add_argument("--jobs", type=int, default=1, help="jobs at once on each worker")
    parser.add_argument("--workers", type=int, action="append", default=[])
    given = vars(parser.parse_args(arguments))
    workers = given.pop("workers") or [1, 2, 4]
    print("workers  seconds  of one's  articles  versions  closest s  asked again")
    first: float | None = None
    with postgresql() as server:
        for number in workers:
            row = measured(server, number, **given)
            first = first or row.seconds
            print(
                f"{number:7}  {row.seconds:7.1f}  {row.seconds / first:8.2f}  {row.articles:8}  "
                f"{row.versions:8}  {row.closest_s:9.3f}  {row.asked_again:11}",
                flush=True,
            )


if __name__ == "__main__":
    main()
