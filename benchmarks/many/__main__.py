"""A hundred sites in one command: `python -m benchmarks.many [--sites 100 --delay 0.5]`.

`cunzheng crawl --all` over sites on loopback, each a host of its own, crawled for the first time
into one new archive of SQLite. Four more are bad: one takes the connection and never answers, one
answers everything with 500, one refuses the connection, one has a name that nobody knows. The
command runs as many crawls at once as it finds that this machine bears, or `--jobs`.

The judge is the servers' own log, for each host by itself: the smallest distance between two
requests, the most under way at once, and how often an article was asked for more than once.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from benchmarks.cluster.__main__ import asked_again
from benchmarks.cluster.machines import ROOT
from benchmarks.fleet.watching import Watch
from replica import World
from replica.kinds import KINDS
from replica.site import Site
from tests.cluster.judging import closest, side_by_side
from tests.crawls.wire import Line, Wire, all_wired

_NOBODY = {"refuses": "http://127.0.0.1:9/", "unknown": "http://no-such-site.invalid/"}


@dataclass(frozen=True, slots=True)
class Night:
    """What came of it: how each site's crawl ended (its exit code) and when, in seconds from the
    beginning; what the judge says; the command's own exit code, and what it all took."""

    ended: Mapping[str, tuple[int, float]]
    exit_code: int
    articles: int
    closest_s: float
    side_by_side: int
    asked_again: int
    cpu_s: float
    memory: int

    def codes(self, *names: str) -> Counter[int]:
        """How many of these sites ended with which code."""
        return Counter(self.ended[name][0] for name in names)

    def last(self, *names: str) -> float:
        """When the last of these ended."""
        return max(self.ended[name][1] for name in names)

    def good(self) -> list[str]:
        """The names of the sites that are well."""
        return [name for name in self.ended if name[0] == "s"]


def measured(
    sites: int, *, size: float, delay: float, jobs: int | None, timeout: float = 10
) -> Night:
    """One night over so many good sites and four bad ones."""
    worlds = [World(seed=n, size=size) for n in range(sites)]
    wires = [Wire(Site(world=world, kind=KINDS["jpage_web"])) for world in worlds]
    hanging, failing = (Wire(Site(world=World(), kind=KINDS["jpage_web"])) for _ in range(2))
    hanging.ways["*"], failing.ways["*"] = _hang, _fail
    with all_wired([hanging, failing, *wires]), tempfile.TemporaryDirectory() as folder:
        bad = {"hangs": hanging.url, "fails": failing.url, **_NOBODY}
        named = bad | {f"s{n}": wire.url for n, wire in enumerate(wires)}
        environment = _declared(Path(folder), named, delay, timeout)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ended, code, memory = _crawled(environment, [] if jobs is None else ["--jobs", str(jobs)])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Night(
        ended,
        code,
        sum(len(set(wire.articles()) & set(wire.paths())) for wire in wires),
        min(map(closest, wires)),
        max(map(side_by_side, wires)),
        sum(map(asked_again, wires)),
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        memory,
    )


async def _hang(line: Line) -> None:
    with suppress(asyncio.CancelledError):  # until the server ends
        await asyncio.sleep(3600)
    line.reset()


async def _fail(line: Line) -> None:
    line.whole("500 X", b"")


def _declared(
    folder: Path, named: Mapping[str, str], delay: float, timeout: float
) -> dict[str, str]:
    text = "".join(f'[{name}]\nurl = "{url}"\n' for name, url in named.items())
    (folder / "sites.toml").write_text(text, encoding="utf-8")
    return os.environ | {
        "ARCHIVE_URL": f"sqlite:///{folder}/archive.db",
        "CUNZHENG_SITES": str(folder / "sites.toml"),
        "CUNZHENG_TURNS": str(folder / "turns"),
        "CUNZHENG_DELAY": str(delay),
        "CUNZHENG_TIMEOUT": str(timeout),
        "ALLOW_PRIVATE_ADDRESSES": "1",
    }


def _crawled(
    environment: Mapping[str, str], options: Sequence[str]
) -> tuple[dict[str, tuple[int, float]], int, int]:
    """How and when each site ended, the command's exit code, the memory of the largest crawl."""
    ended, begun = dict[str, tuple[int, float]](), monotonic()
    with (
        subprocess.Popen(
            [sys.executable, "-m", "cli.main", "crawl", "--all", "--progress", "json", *options],
            cwd=ROOT, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True,
        ) as command,
        Watch(command.pid) as watch,
    ):  # fmt: skip
        assert command.stderr is not None
        for line in command.stderr:
            told = json.loads(line)
            if "ended" in told:
                ended[told["site"]] = (told["ended"]["exit_code"], monotonic() - begun)
    return ended, command.returncode, watch.largest


def _print(night: Night) -> None:
    good = night.good()
    print(f"{len(good)} good sites, by exit code: {dict(night.codes(*good))}")
    print(f"  the last of them ended after {night.last(*good):.0f} s")
    for name in ("hangs", "fails", *_NOBODY):
        code, after = night.ended[name]
        print(f"  one that {name}: {code}, after {after:.0f} s")
    print(f"  {night.articles} articles; {night.asked_again} asked for again")
    print(
        f"  at any one host: {night.side_by_side} at once, {night.closest_s:.3f} s apart at least"
    )
    print(
        f"  {night.cpu_s:.0f} CPU s in all; the largest crawl held {night.memory / 2**20:.0f} MiB"
    )
    print(f"the command's exit code: {night.exit_code}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--size", type=float, default=0.1, help="1 is about 120 articles a site")
    parser.add_argument("--delay", type=float, default=0.5, help="seconds between two requests")
    parser.add_argument("--jobs", type=int, help="crawls at once")
    given = parser.parse_args(arguments)
    _print(measured(given.sites, size=given.size, delay=given.delay, jobs=given.jobs))


if __name__ == "__main__":
    main()
