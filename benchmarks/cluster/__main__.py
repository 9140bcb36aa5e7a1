"""How the time falls with workers: `python -m benchmarks.cluster [--sites 8 --delay 0.5]`.

Sites on loopback are crawled for the first time into one new PostgreSQL by one, two and four
workers, each of which runs so many jobs at once (`--jobs`). Every worker has its own folder of
turns, as if it stood on a machine of its own, so that the database alone keeps them apart; but
they share this machine's processors, and the time cannot fall below what the work takes on those.
With the delay given here a crawl waits for its turn nearly all the time, as at real sites.

The judge is the servers' own log: the smallest distance between two requests to one host, the most
under way at once at one host, and how often an article was asked for more than once. The last
column says whether the archive holds each article of each site in exactly one version.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cluster.machines import Machines
from benchmarks.postgresql import postgresql
from replica import World
from tests.cluster.judging import closest, side_by_side
from tests.crawls.wire import Wire, wired
from tests.postgres.server import Server

_HELD = """
SELECT s.host, count(DISTINCT a.id), count(*) FROM sites s
JOIN articles a ON a.site_id = s.id JOIN versions v ON v.article_id = a.id GROUP BY 1"""


@dataclass(frozen=True, slots=True)
class Row:
    """One run: the seconds from the first job queued to the last one ended, the articles that all
    sites publish, and what the judge says."""

    workers: int
    seconds: float
    articles: int
    closest_s: float
    side_by_side: int
    asked_again: int
    each_once: bool


def measured(
    server: Server, workers: int, *, sites: int, size: float, delay: float, jobs: int
) -> Row:
    """All sites, crawled for the first time by so many workers."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        wires = [stack.enter_context(wired(World(seed=n, size=size))) for n in range(sites)]
        machines = Machines(server, server.new(), Path(folder), delay)
        machines.declare([wire.url for wire in wires])
        with machines.at_work(workers, jobs):
            seconds = machines.run_all()
        held = server.ask(_HELD, machines.database)
    published = {wire.url.removeprefix("http://"): len(wire.articles()) for wire in wires}
    return Row(
        workers,
        seconds,
        sum(published.values()),
        min(map(closest, wires)),
        max(map(side_by_side, wires)),
        sum(map(asked_again, wires)),
        sorted(held) == sorted((host, n, n) for host, n in published.items()),
    )


def asked_again(wire: Wire) -> int:
    """How many requests for articles' pages were not the first for theirs."""
    articles = set(wire.articles())
    times = Counter(path for path in wire.paths() if path in articles)
    return sum(n - 1 for n in times.values())


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """The table: the time of each also as a share of the first one's."""
    yield "workers  seconds  of one's  articles  closest s  at once  asked again  each once"
    for row in rows:
        yield (
            f"{row.workers:7}  {row.seconds:7.1f}  {row.seconds / rows[0].seconds:8.2f}  "
            f"{row.articles:8}  {row.closest_s:9.3f}  {row.side_by_side:7}  "
            f"{row.asked_again:11}  {'yes' if row.each_once else 'NO':>9}"
        )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, default=8)
    parser.add_argument("--size", type=float, default=0.1, help="1 is about 120 articles a site")
    parser.add_argument("--delay", type=float, default=0.5, help="seconds between two requests")
    parser.add_argument("--jobs", type=int, default=1, help="jobs at once on each worker")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    given = vars(parser.parse_args(arguments))
    workers = given.pop("workers")
    with postgresql() as server:
        rows = [measured(server, number, **given) for number in workers]
    print("\n".join(lines(rows)))


if __name__ == "__main__":
    main()
