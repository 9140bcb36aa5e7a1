"""What a night costs in requests: the first crawl, an unchanged night, and a night with changes.

`python -m benchmarks.incremental [--size 3] [--kind jpage_web --kind static]`: replica sites on
loopback, one a kind, real crawls, counted by the server. A request is counted by what it was for:

- site: the home page and the scripts that write its menus, robots.txt, and the probes for what the
  site serves for what is not there. They cost the same however many channels there are;
- page: a channel's own page, which is also the first page of a list of plain files;
- list: the first question about a channel's list;
- look: every further question about it, and the tree of a catalogue;
- article: articles, their further pages and files.

The last column is the ratio: pages, lists and looks of a night for each channel that was walked.
"""

import argparse
import os
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from replica import KINDS, World, serve
from replica.site import Site

ROOT = Path(__file__).resolve().parents[1]
PURPOSES = ("site", "page", "list", "look", "article")
NIGHTS = (("first crawl", 1, 1), ("unchanged night", 1, 2), ("night with changes", 2, 3))
"""What a night is called, the day of the replica's world, and the day of the crawl's clock."""

_LAST = "SELECT max(id) FROM crawls"
_NAMED_LIST = re.compile(r"(?:columnid|infotypeId|pageId)=([^&#]+)")
_OF_KIND = {"home": "site", "menu": "site", "channel": "page", "tree": "look"}


@dataclass(frozen=True, slots=True)
class Night:
    """What one crawl cost: requests by purpose, channels walked, CPU seconds of the process."""

    requests: Counter[str]
    walked: int
    cpu_s: float

    @property
    def per_channel(self) -> float:
        """Requests for pages and lists, for each channel walked."""
        asked = sum(self.requests[name] for name in ("page", "list", "look"))
        return asked / max(1, self.walked)


def crawl(site: Site, archive: Path, clock_day: int) -> Night:
    """One crawl of the site as it stands."""
    site.requests.clear()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "hanweb", "-a", f"url={site.url}"],
        cwd=ROOT,
        env=os.environ
        | {
            "ARCHIVE_URL": f"sqlite:///{archive}",
            "ALLOW_PRIVATE_ADDRESSES": "1",
            "CUNZHENG_DELAY": "0.001",
            "CLOCK": f"2022-03-{clock_day:02}T02:00:00+08:00",
        },
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    asked = list(purposes(_frontier(archive)))
    asked += ["site"] * (len(site.requests) - len(asked))  # robots.txt, probes: not decided on
    return Night(Counter(asked), _walked(archive), cpu)


def purposes(frontier: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What each address of a crawl was for, by its kind in the frontier; of those about one list
    the first is told apart, where a channel's page is not the list's own first."""
    lists: set[str] = set()
    for kind, name in frontier:
        if kind == "listing":
            found = _NAMED_LIST.search(name)
            yield "list" if found and found[1] not in lists else "look"
            lists.update(found.groups() if found else ())
        else:
            yield _OF_KIND.get(kind, "article")


def _frontier(archive: Path) -> list[tuple[str, str]]:
    query = f"SELECT kind, url FROM frontier WHERE crawl_id = ({_LAST}) ORDER BY rowid"
    with closing(sqlite3.connect(archive)) as connection:
        return connection.execute(query).fetchall()


def _walked(archive: Path) -> int:
    query = f"SELECT count(DISTINCT channel_id) FROM walks WHERE crawl_id = ({_LAST})"
    with closing(sqlite3.connect(archive)) as connection:
        return int(connection.execute(query).fetchone()[0])


def bench(kind: str, size: float) -> dict[str, Night]:
    """The nights of one kind of site, from its first crawl on."""
    world = World(seed=7, size=size)
    nights = {}
    with tempfile.TemporaryDirectory() as folder, serve(world, kind=kind) as site:
        for name, day, clock_day in NIGHTS:
            site.day = day
            nights[name] = crawl(site, Path(folder) / "archive.db", clock_day)
    return nights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=float, default=3, help="1 is about 120 articles")
    parser.add_argument("--kind", action="append", choices=[*KINDS], help="all, unless given")
    given = parser.parse_args()
    numbers = "".join(f"{name:>9}" for name in (*PURPOSES, "all", "CPU s", "channels", "ratio"))
    print(f"{'':18}{'':20}{numbers}")
    for kind in given.kind or KINDS:
        for name, night in bench(kind, given.size).items():
            counts = [night.requests[purpose] for purpose in PURPOSES]
            told = "".join(f"{n:>9}" for n in (*counts, sum(counts)))
            told += f"{night.cpu_s:>9.1f}{night.walked:>9}{night.per_channel:>9.2f}"
            print(f"{kind:18}{name:20}{told}", flush=True)


if __name__ == "__main__":
    main()
