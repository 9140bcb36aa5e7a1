"""What a night costs in requests: the first crawl, an unchanged night, and a night with changes.

`python -m benchmarks.incremental [--size 8] [--kind jpage_web]`: a replica site on loopback, real
crawls, counted by the server. The last line is the ratio: requests of an unchanged
night per channel.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from replica import World, serve
from replica.site import Site

_LISTINGS = ("dataproxy", "build/unit", "search.jsp", "/index_")
ROOT = Path(__file__).resolve().parents[1]


def crawl(site: Site, archive: Path, day: int) -> tuple[Counter[str], float]:
    """One crawl; the requests by what they were for, and the CPU seconds of the whole process."""
    site.day = day
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
            "CLOCK": f"2022-03-{day:02}T02:00:00+08:00",
        },
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Counter(purpose(seen.path) for seen in site.requests), cpu


def purpose(path: str) -> str:
    """What a request was for, by its path."""
    if path.startswith("/art/1999/"):
        return "probes"
    if "/art/" in path:
        return "articles"
    if any(mark in path for mark in _LISTINGS):
        return "listings"
    return "channels" if "/col/" in path else "other"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=float, default=8, help="1 is about 120 articles")
    parser.add_argument("--kind", default="jpage_web", help="the replica's kind of site")
    given = parser.parse_args()
    world = World(seed=7, size=given.size)
    with tempfile.TemporaryDirectory() as folder, serve(world, kind=given.kind) as site:
        archive = Path(folder) / "archive.db"
        nights = [("first crawl", 1), ("unchanged night", 1), ("night with changes", 2)]
        names = ("channels", "listings", "articles", "probes", "other")
        print(f"{len(world.on(1).articles)} articles in {len(world.on(1).channels)} channels")
        print(f"{'':20}" + "".join(f"{name:>10}" for name in (*names, "all", "CPU s")))
        told = {}
        for name, day in nights:
            counts, cpu = crawl(site, archive, day)
            told[name] = counts
            columns = [counts[column] for column in names]
            numbers = "".join(f"{n:>10}" for n in (*columns, sum(columns)))
            print(f"{name:20}{numbers}{cpu:>10.1f}")
    unchanged = told["unchanged night"]
    channels = len(world.on(1).channels)
    asked = unchanged["channels"] + unchanged["listings"] + unchanged["articles"]
    print(f"requests of an unchanged night per channel: {asked / channels:.2f}")


if __name__ == "__main__":
    main()
