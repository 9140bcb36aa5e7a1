"""What an archive takes of a disk: bytes of a first capture of an article (its page, its text, the
index, the capture, its entry in a list: everything), and of a changed version more.

`python -m benchmarks.space [--articles 1200] [--database both]`: a replica site whose pages have 40
KB, all of them captured, then every article edited in one of the ways in which offices do it, and
captured again. Table by table; the last line is the ratio of each to what is asked for.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.space.corpus import edited_site, pages
from benchmarks.space.recording import BELIEVES_ALL, Clock, record
from benchmarks.space.weighing import weigh
from storage.archive import Archive

FIRST, CHANGED = 13_000, 6_000
"""Bytes that a first capture and a changed version may take."""

Weights = Counter[str]


def main(arguments: list[str] | None = None) -> int:
    """Answers 1 where more is taken than is asked for."""
    asked = _parser().parse_args(arguments)
    chosen = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    told, worst = {}, 0.0
    for database in chosen:
        with _place(database) as url:
            if url is None:
                print("PostgreSQL is not installed here: left out", file=sys.stderr)
                continue
            first, changed = per_article(url, asked.articles)
        told[database] = {"first": first, "changed": changed}
        worst = max(worst, first.total() / FIRST, changed.total() / CHANGED)
    print(json.dumps(told) if asked.json else "\n".join(map(_as_text, told, told.values())))
    if not asked.json:
        ratios = (f"{name} {_ratios(each)}" for name, each in told.items())
        print(f"bytes taken of those asked for, first and changed: {'; '.join(ratios)}")
    return int(worst > 1)


def per_article(url: str, articles: int) -> tuple[Weights, Weights]:
    """Bytes of a first capture and of a changed version, by table, of so many articles."""
    clock, weights = Clock(), []
    archive = Archive.open(url, clock, guard=BELIEVES_ALL)
    empty = _weighed(archive, url)
    site = edited_site(articles)
    for night in (0, 1):
        found = list(pages(site, night))
        record(archive, clock, night, found)
        weights.append(_weighed(archive, url))
    archive.close()
    first, both = weights
    return _each(first, empty, len(found)), _each(both, first, len(found))


def _weighed(archive: Archive, url: str) -> Weights:
    archive.close()
    return weigh(url)


def _each(after: Weights, before: Weights, articles: int) -> Weights:
    more = {name: round((size - before[name]) / articles) for name, size in after.items()}
    return Counter({name: size for name, size in more.items() if size})


def _as_text(database: str, told: dict[str, Weights]) -> str:
    first, changed = told["first"], told["changed"]
    lines = [f"{database:24} {'first':>8} {'changed':>8}   bytes an article"]
    names = sorted(first | changed, key=lambda name: -first[name])
    lines += [f"{name:24} {first[name]:8,} {changed[name]:8,}" for name in names]
    lines.append(f"{'in all':24} {first.total():8,} {changed.total():8,}\n")
    return "\n".join(lines)


def _ratios(told: dict[str, Weights]) -> str:
    return f"{told['first'].total() / FIRST:.2f}, {told['changed'].total() / CHANGED:.2f}"


@contextmanager
def _place(database: str) -> Iterator[str | None]:
    if database == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder) / 'space.db'}"
        return
    from benchmarks.postgresql import is_installed, postgresql

    if not is_installed():
        yield None
        return
    with postgresql() as server:
        yield server.url(server.new())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.space",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=1200)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
