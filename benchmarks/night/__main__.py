"""What a night costs in which nothing changed: `python -m benchmarks.night [--articles 10000]`.

An archive that holds the whole site (made once: some four minutes for 100,000 articles in 60
channels) is crawled on loopback, and then its articles are captured again, as many as are due in a
night when each is seen twice a year, and then three times as many. Told are

- the requests of the crawl, and how many of them each channel costs;
- the CPU seconds of both processes, their start included, and of the work alone;
- what one more capture of an unchanged page costs: bytes in the archive, and milliseconds of CPU
  beyond what Scrapy as it comes takes to download the same page. Both are slopes: of what twice as
  many more cost, so that what a night costs anyway is in neither.

The last lines are the ratios to the goals.
"""

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.night.held import FIRST, FOLDER, kept
from benchmarks.night.site import CHANNELS, path_of

ROOT = Path(__file__).resolve().parents[2]
_SCRAPY = (sys.executable, "-m", "scrapy")
_BOUND_NIGHTS = 180
_GOALS = {"cpu_s": 5.0, "bytes": 200.0, "beyond_ms": 0.2}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process cost: requests, CPU seconds from its start and of its work alone, bytes
    by which the archive grew, captures."""

    requests: int
    cpu_s: float
    work_s: float
    grown: int
    captures: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The figures of an unchanged night."""

    requests: int
    requests_per_channel: float
    cpu_s: float
    work_s: float
    bytes: float
    beyond_ms: float

    @property
    def ratios(self) -> Mapping[str, float]:
        """Each figure that has a goal, against it: 1 at most."""
        return {name: getattr(self, name) / goal for name, goal in _GOALS.items()}


@contextmanager
def served(articles: int, port: int) -> Iterator[None]:
    """The site, for as long as the block lasts."""
    command = [sys.executable, "-m", "benchmarks.night.server", str(articles), str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            assert server.stdout.readline(), "the server does not listen"
            yield
        finally:
            server.terminate()


def night(archive: Path, day: int, *arguments: str) -> Cost:
    """One crawl of a site that is on this machine, so many days after the first night."""
    before = _size(archive)
    env = {
        "SCRAPY_SETTINGS_MODULE": "benchmarks.crawling.ours",
        "ARCHIVE_URL": f"sqlite:///{archive}",
        "ALLOW_PRIVATE_ADDRESSES": "1",
        "CUNZHENG_DELAY": "0.001",
        "CLOCK": (FIRST + timedelta(days=day)).isoformat(),
    }
    cpu_s, work_s = _run(["crawl", *arguments], env)
    query = "SELECT id, stats FROM crawls ORDER BY id DESC LIMIT 1"
    captured = "SELECT count(*) FROM captures WHERE crawl_id = ? AND article_id IS NOT NULL"
    with closing(sqlite3.connect(archive)) as connection:
        crawl_id, stats = connection.execute(query).fetchone()
        captures = connection.execute(captured, [crawl_id]).fetchone()[0]
    requests = json.loads(stats).get("downloader/request_count", 0)
    return Cost(requests, cpu_s, work_s, _size(archive) - before, captures)


def bare(addresses: Sequence[str]) -> float:
    """The CPU seconds in which Scrapy as it comes downloads these addresses."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "addresses"
        listed.write_text("\n".join(addresses), encoding="utf-8")
        env = {
            "SCRAPY_SETTINGS_MODULE": "scrapy.settings.default_settings",
            "ADDRESSES": str(listed),
        }
        return _run(["runspider", "benchmarks/crawling/bare.py", "-L", "WARNING"], env)[1]


def _run(arguments: Sequence[str], env: Mapping[str, str]) -> tuple[float, float]:
    """CPU seconds of a whole process, and from its spider's opening to the engine's end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        subprocess.run(
            [*_SCRAPY, *arguments],
            cwd=ROOT,
            env=os.environ | {"METER": str(told)} | dict(env),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        work_s = float(json.loads(told.read_text(encoding="utf-8"))["cpu_s"])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, work_s


def _size(archive: Path) -> int:
    """The bytes that are in use in an archive."""
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        used, free, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
    return int((used - free) * size)


def measured(articles: int, again: int, folder: Path = FOLDER) -> Unchanged:
    """An unchanged night at a site of so many articles, `again` of which are captured again."""
    path, port, unwalked = kept(articles, folder)
    site = f"http://127.0.0.1:{port}"
    with served(articles, port), tempfile.TemporaryDirectory(dir=folder) as scratch:
        if unwalked:
            night(path, 1, "hanweb", "-a", f"url={site}/", "-a", "full=1")
            path = path.rename(path.with_suffix(".db"))
        copy = Path(scratch) / "archive.db"
        shutil.copy(path, copy)
        night(copy, 2, "hanweb", "-a", f"url={site}/")  # the first that asks as every later one
        crawl = night(copy, 3, "hanweb", "-a", f"url={site}/")
        few = night(copy, 4, "snapshot", "-a", f"budget={again}")
        many = night(copy, 5, "snapshot", "-a", f"budget={3 * again}")
        pages = [site + path_of(number % articles) for number in range(3 * again)]
        downloaded = bare(pages) - bare(pages[:again])
    more = many.captures - few.captures
    beyond = many.work_s - few.work_s - downloaded
    return Unchanged(
        requests=crawl.requests,
        requests_per_channel=crawl.requests / CHANNELS,
        cpu_s=crawl.cpu_s + few.cpu_s,
        work_s=crawl.work_s + few.work_s,
        bytes=(many.grown - few.grown) / more,
        beyond_ms=1000 * beyond / more,
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--again", type=int, help="captured again; those due in a night if not")
    given = parser.parse_args(arguments)
    again = given.again or max(200, given.articles // _BOUND_NIGHTS)
    found = measured(given.articles, again)
    print(f"{given.articles} articles in {CHANNELS} channels, {again} of them captured again")
    print(f"requests            {found.requests:10}")
    print(f"  for each channel  {found.requests_per_channel:10.2f}")
    print(f"CPU s, both crawls  {found.cpu_s:10.2f}")
    print(f"  of work alone     {found.work_s:10.2f}")
    print(f"bytes, a capture    {found.bytes:10.0f}")
    print(f"CPU ms beyond bare  {found.beyond_ms:10.2f}")
    for name, ratio in found.ratios.items():
        print(f"{name} / goal of {_GOALS[name]:g}: {ratio:.2f} (goal ≤ 1)")


if __name__ == "__main__":
    main()
