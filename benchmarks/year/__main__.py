"""A randomized year: what an archive makes of it, against what is true.

A replica site changes through many nights: articles come, are edited by a character or as a whole,
move, are taken down in every way that sites do, and come back. Crawls meet fair weather and foul,
and some captures come late. The year is told to the archive in several orders (each as a site of
its own), and another one is crawled by the real spiders over loopback HTTP.

For edits, takedowns, second looks that confirmed one, and returns, printed are: how many happened;
how many left no trace in any capture; found; missed; invented; and the days from when it happened
to when it was found (the middle one, the mean, what nine of ten stay under, the longest). The last
line is how much was missed or invented, of how much was found; the exit code is 1 unless nothing
was.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from benchmarks.year.crawling import crawl_year
from benchmarks.year.held import differences, held, listings_told, stood_at
from benchmarks.year.listed import listing_events
from benchmarks.year.plan import Year, plan
from benchmarks.year.report import Lived, Report, as_text
from benchmarks.year.score import score
from benchmarks.year.sessions import Session, midnight
from benchmarks.year.telling import Clock, Teller, by_chance, in_time_order, newest_first
from benchmarks.year.truth import accounts, stood
from storage.archive import Archive

_EXAMPLE = """example:
  python -m benchmarks.year --articles 300 --nights 365 --seed 11 --json > year.json
  python -m benchmarks.year --level told --archive postgresql+psycopg://localhost/year

The archive must be a new one: by default it is a file that is deleted afterwards."""
_INSTANTS = 20

_ORDERS: dict[str, Callable[[Year, int], tuple[Session, ...]]] = {
    "as-it-happened": lambda year, _: year.as_it_happened(),
    "in-time-order": lambda year, _: in_time_order(year),
    "newest-first": lambda year, _: newest_first(year),
    "by-chance": lambda year, seed: by_chance(year, Random(seed)),
}


def main(arguments: list[str] | None = None) -> int:
    """Answers 1 where an archive is not the truth."""
    asked = _parser().parse_args(arguments)
    with _archive(asked.archive) as url:
        report = Report(asked.seed, asked.articles, asked.nights, url.partition(":")[0])
        if asked.level != "crawled":
            year = plan(asked.seed, asked.articles, asked.nights)
            report.lived.extend(_told(url, year, name, asked.seed) for name in _ORDERS)
        if asked.level != "told":
            nights = asked.crawled_nights or min(asked.nights, 30)
            articles = min(asked.articles, 60)
            report.lived.append(crawl_year(url, asked.seed, articles, nights, _progress))
    if asked.json:
        print(json.dumps(report.for_machines(), ensure_ascii=False, indent=1))
    else:
        print(as_text(report))
    return 1 if report.wrong else 0


def _told(url: str, year: Year, order: str, seed: int) -> Lived:
    _progress(order)
    host, sessions = f"{order}.example", _ORDERS[order](year, seed)
    began = time.perf_counter()
    clock = Clock()
    archive = Archive.open(url, clock)
    teller = Teller(archive, clock, year, host, Random(seed))
    teller.tell(sessions)
    teller.release()
    archive.close()
    seconds = time.perf_counter() - began
    truth, told = accounts(year.looks()), held(url, host)
    differing = differences(truth, told)
    if order == "as-it-happened":
        differing += _of_lists_and_instants(url, host, year, seed)
    return Lived(
        name=order,
        figures=score(year.world, year.nights, truth, told),
        seconds=seconds,
        sizes={
            "crawls": len(sessions),
            "captures": len(year.sights()),
            "held and released": len(teller.held),
        },
        differences=differing,
    )


def _of_lists_and_instants(url: str, host: str, year: Year, seed: int) -> list[str]:
    """Where what lists showed, or what stood at instants all over the year, is told otherwise."""
    looks, lists = year.looks(), year.lists(host)
    lines = []
    if listing_events(lists) != listings_told(url, host):
        lines.append("what the lists showed of articles is told otherwise")
    chance, span = Random(seed), midnight(year.nights + 3) - midnight(1)
    for at in (midnight(1) + chance.random() * span for _ in range(_INSTANTS)):
        true, told = stood(looks, lists, at), stood_at(url, host, at)
        for article in sorted(true.keys() | told.keys()):
            if (want := true.get(article)) != (got := told.get(article)):
                lines.append(f"article {article} as of {at}: {want} is told as {got}")
    return lines


@contextmanager
def _archive(url: str | None) -> Iterator[str]:
    if url is not None:
        yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/archive.db"


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.year",
        description=__doc__,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=_from_one, default=120, help="on the first day")
    parser.add_argument("--nights", type=_from_one, default=120)
    parser.add_argument("--seed", type=int, default=7, help="another seed, another year")
    parser.add_argument("--level", choices=("all", "told", "crawled"), default="all",
                        help="captures told to the archive, real crawls, or both")  # fmt: skip
    parser.add_argument("--crawled-nights", type=_from_one, metavar="N",
                        help="of the real crawls (default: --nights, at most 30)")  # fmt: skip
    parser.add_argument("--archive", metavar="URL", help="a new archive (default: a file)")
    parser.add_argument("--json", action="store_true", help="all figures, for machines")
    return parser


def _from_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number from 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
