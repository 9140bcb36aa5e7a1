"""How fast a site is archived: our whole main job against Scrapy that only downloads.

`python -m benchmarks.crawling [--articles 5000] [--rounds 3]`: the same replica articles of 40 KB,
served on loopback by a process of its own, in interleaved rounds, medians told:

- bare: Scrapy with its default settings, downloading the articles' pages;
- tutorial: the same with trafilatura on whole pages and the ORM, a commit an item, on a sample;
- ours: channels found, lists walked, pages read and judged, all committed with payload and index.

Counted from the spider's opening to the engine's end. The last lines are the ratios.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
_SCRAPY = (sys.executable, "-m", "scrapy")
_HERE = "benchmarks/crawling"
_GOALS = {"rate": "goal ≥ 0.80", "cpu": "goal ≤ 1.80", "tutorial": "goal ≥ 12"}
Costs = Mapping[str, float]


@contextmanager
def served(articles: int) -> Iterator[tuple[str, list[str]]]:
    """The corpus, served: its address and its articles' addresses."""
    command = [sys.executable, "-m", "benchmarks.crawling.server", str(articles)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            url, *paths = _lines(server.stdout)
            yield url, [url + path for path in paths]
        finally:
            server.terminate()


def _lines(told: IO[str]) -> Iterator[str]:
    """Lines up to an empty one."""
    while line := told.readline().strip():
        yield line


def run(name: str, url: str, addresses: Sequence[str]) -> Costs:
    """One crawl, in a process and a folder of its own; what it cost."""
    with tempfile.TemporaryDirectory() as folder:
        listed, told = Path(folder) / "addresses", Path(folder) / "told.json"
        listed.write_text("\n".join(addresses), encoding="utf-8")
        env = os.environ | {
            "METER": str(told),
            "ADDRESSES": str(listed),
            "ARCHIVE_URL": f"sqlite:///{folder}/archive.db",
        }
        command, more = _command(name, url)
        subprocess.run(
            command, cwd=ROOT, env=env | dict(more), stdout=subprocess.DEVNULL, check=True
        )
        costs: dict[str, float] = json.loads(told.read_text(encoding="utf-8"))
    return _of_articles(costs, len(addresses))


def _command(name: str, url: str) -> tuple[Sequence[str], Mapping[str, str]]:
    if name != "ours":
        path = f"{_HERE}/{name}.py"
        alone = {"SCRAPY_SETTINGS_MODULE": "scrapy.settings.default_settings"}
        return (*_SCRAPY, "runspider", path, "-L", "WARNING"), alone
    env = {
        "SCRAPY_SETTINGS_MODULE": "benchmarks.crawling.ours",
        "ALLOW_PRIVATE_ADDRESSES": "1",
        "CUNZHENG_DELAY": "0.001",
    }
    return (*_SCRAPY, "crawl", "hanweb", "-a", f"url={url}/"), env


def _of_articles(costs: Costs, articles: int) -> Costs:
    return {
        "articles/s": articles / costs["wall_s"],
        "CPU ms/article": 1000 * costs["cpu_s"] / articles,
        "peak MB": costs["peak_mb"],
        "block ms": costs["blocked_ms"],
        "block CPU ms": costs["worked_ms"],
    }


def measured(articles: int, sample: int, rounds: int, names: Sequence[str]) -> dict[str, Costs]:
    """The medians of interleaved rounds, by name; of blocks and memory the worst."""
    runs: dict[str, list[Costs]] = {name: [] for name in names}
    with served(articles) as (url, addresses):
        for _ in range(rounds):
            for name, so_far in runs.items():
                some = addresses[:sample] if name == "tutorial" else addresses
                so_far.append(run(name, url, some))
    return {name: _summary(so_far) for name, so_far in runs.items()}


def _summary(runs: Sequence[Costs]) -> Costs:
    return {key: (median if "/" in key else max)(run[key] for run in runs) for key in runs[0]}


def ratios(found: Mapping[str, Costs]) -> dict[str, float]:
    """Ours against bare Scrapy and the tutorial's project."""
    ours, bare = found["ours"], found["bare"]
    told = {
        "cpu": ours["CPU ms/article"] / bare["CPU ms/article"],
        "rate": ours["articles/s"] / bare["articles/s"],
    }
    if "tutorial" in found:
        told["tutorial"] = ours["articles/s"] / found["tutorial"]["articles/s"]
    return told


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--sample", type=int, default=200, help="articles for the tutorial")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", choices=["bare", "tutorial", "ours"])
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    given = parser.parse_args(arguments)
    names = given.only or ["bare", "tutorial", "ours"]
    found = measured(given.articles, given.sample, given.rounds, names)
    told = ratios(found) if {"ours", "bare"} <= found.keys() else {}
    if given.json:
        print(json.dumps({"costs": found, "ratios": told}))
        return
    columns = list(next(iter(found.values())))
    print(f"{'':10}" + "".join(f"{name:>16}" for name in columns))
    for name, costs in found.items():
        print(f"{name:10}" + "".join(f"{costs[key]:>16.2f}" for key in columns))
    for name, ratio in told.items():
        against = "tutorial" if name == "tutorial" else "bare"
        what = "CPU per article" if name == "cpu" else "articles/s"
        print(f"ours / {against}, {what}: {ratio:.2f} ({_GOALS[name]})")


if __name__ == "__main__":
    main()
