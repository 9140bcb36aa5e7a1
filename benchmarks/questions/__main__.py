"""What questions to a large archive cost: the median and what one of a hundred exceeds, by kind.

The archive is generated once (100,000 articles take some ten minutes) and kept. On SQLite the CPU
time of the process is measured, which holds still on a busy machine. The last line is how much of
its bound the slowest search takes; the exit code is 1 where a kind of question exceeds its own.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict

from benchmarks.questions.cases import SEARCH, cases
from benchmarks.questions.measuring import MEDIAN_MS, P99_MS, Measured, measured
from benchmarks.stock.filling import fill
from benchmarks.stock.kept import kept, tell
from benchmarks.stock.plan import Stock
from storage.comparing.word_ends import load_words
from storage.consult.consultation import Consultation


def main(arguments: list[str] | None = None) -> int:
    """Answers 1 where a kind of question takes longer than it may."""
    asked = _parser().parse_args(arguments)
    stock = Stock(asked.articles)
    told: dict[str, list[Measured]] = {}
    for database in ("sqlite", "postgresql") if asked.database == "both" else (asked.database,):
        with _archive(database, stock) as url:
            told[database] = measure(url, stock, asked.rounds)
    if asked.json:
        print(json.dumps({name: [asdict(each) for each in told[name]] for name in told}, indent=1))
    else:
        for name, each in told.items():
            print(as_text(f"{name}, {stock.articles:,} articles", each))
    return 0 if all(each.within for some in told.values() for each in some) else 1


def measure(url: str, stock: Stock, rounds: int) -> list[Measured]:
    """All kinds of questions to one archive, by a program that serves readers."""
    load_words()
    with closing(Consultation.open(url)) as archive:
        return [measured(archive, case, rounds) for case in cases(stock)]


def as_text(heading: str, told: list[Measured]) -> str:
    """A line a kind, and the ratio that matters."""
    lines = [f"{heading}: milliseconds", f"{'':42}{'median':>9}{'99 %':>9}{'at most':>9}"]
    for each in told:
        bound = f"{P99_MS[each.kind]:9.0f}" if each.kind in P99_MS else ""
        late = "" if each.within else "  late"
        lines.append(f"{each.name:42}{each.median_ms:9.1f}{each.p99_ms:9.1f}{bound}{late}")
    searches = [each for each in told if each.kind == SEARCH]
    middle = sorted(each.median_ms for each in searches)[len(searches) // 2]
    slowest = max(each.p99_ms for each in searches)
    lines.append(f"searches: median {middle:.1f} ms, {MEDIAN_MS[SEARCH]:.0f} asked for")
    lines.append(f"slowest search against its bound: {slowest / P99_MS[SEARCH]:.2f}")
    return "\n".join(lines)


@contextmanager
def _archive(database: str, stock: Stock) -> Iterator[str]:
    if database == "sqlite":
        yield kept(stock)
        return
    from benchmarks.postgresql import postgresql

    with postgresql() as server:
        url = server.url(server.new())
        fill(url, stock, processes=2, progress=tell)
        server.ask("VACUUM ANALYZE", url.partition("@/")[2].partition("?")[0])
        yield url


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.questions",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=100_000, help="three versions each")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="sqlite")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is asked")
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
