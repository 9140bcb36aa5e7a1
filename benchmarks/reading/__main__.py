"""This reader beside trafilatura, newspaper4k, readability-lxml, GNE and resiliparse.

They read the same pages: the recorded ones with labels, and the replica's articles in every kind,
on pages grown to the size of real ones (31 to 57 KB, 40 to 130 menu entries: `furniture`), with
the signs of where the body is and without. Printed are, for each reader, the share of pages
on which a field is exact (— where the tool has no such field), precision, recall and F1 of the
body by characters (longest common subsequence, white space aside), and the CPU time of a page. The
last line is the ratio: our CPU for each second of trafilatura's on the whole page, over the pages
with a located region.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.reading import recorded
from benchmarks.reading.invented import fewer, replica_pages, stripped
from benchmarks.reading.others import GENERIC, OURS, Answer
from benchmarks.reading.pages import Page
from benchmarks.reading.report import Group, Report, as_text, group
from benchmarks.reading.runner import Progress, measure
from benchmarks.reading.settings import tried
from benchmarks.reading.sums import located

_LOCATED, _NOWHERE = ", region located", ", no region"
_EVERY = "all pages"
_EXAMPLE = """example:
  python -m benchmarks.reading --pages ../shared/pages --rounds 5 --json > reading.json

`make bench` installs the other readers, in .venv/bench."""


def main() -> None:
    options = _options()
    progress = Progress()
    pages, notes = _pages(options.pages, options.size)
    report = _report(pages, notes, options.rounds, progress)
    if options.json:
        print(json.dumps(report.for_machines(), ensure_ascii=False, indent=1))
    else:
        print(as_text(report))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading",
        description=__doc__,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pages", type=Path, default=recorded.FOLDER, metavar="DIR",
                        help="labels.json with its pages (default: ../shared/pages)")  # fmt: skip
    parser.add_argument("--rounds", type=_positive, default=3, metavar="N",
                        help="how often each page is timed (default: 3)")  # fmt: skip
    parser.add_argument("--size", type=float, default=0.25,
                        help="of the replica: 1 is about 120 articles in each kind")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="all figures, for machines")
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one round is needed")
    return number


def _pages(folder: Path, size: float) -> tuple[list[Page], list[str]]:
    replica = replica_pages(size)
    pages = [*replica, *stripped(fewer(replica))]
    try:
        real = recorded.recorded_pages(folder)
    except FileNotFoundError as lacking:
        return pages, [f"skipped: the recorded pages, for there is no {lacking.filename}"]
    return [*real, *stripped(real), *pages], []


def _report(pages: Sequence[Page], notes: list[str], rounds: int, progress: Progress) -> Report:
    settings = tried(pages, progress)
    best = settings[0].name
    measured, absent = measure((OURS, best, *GENERIC), pages, rounds, progress)
    notes += [f"not compared: {name}: {why} (make bench)" for name, why in absent.items()]
    pages = [_sorted(*each) for each in zip(pages, measured[OURS].answers, strict=True)]
    groups = [group(name, pages, measured) for name in dict.fromkeys(page.group for page in pages)]
    every = [replace(page, group=_EVERY) for page in pages]
    return Report(
        rounds=rounds,
        versions={name: each.version for name, each in measured.items()},
        trafilatura=best,
        settings=settings,
        groups=[*groups, group(_EVERY, every, measured)],
        notes=notes,
        ratio=_ratio([each for each in groups if each.name.endswith(_LOCATED)], best),
        ratio_unlocated=_ratio([each for each in groups if each.name.endswith(_NOWHERE)], best),
    )


def _sorted(page: Page, given: Answer) -> Page:
    """The page in the group of those that are like it and were, or were not, located."""
    return replace(page, group=page.group + (_LOCATED if located(given) else _NOWHERE))


def _ratio(groups: Sequence[Group], against: str) -> float | None:
    if not groups:
        return None
    ours = sum(each.sums[OURS].total_ms for each in groups)
    return ours / sum(each.sums[against].total_ms for each in groups)


if __name__ == "__main__":
    main()
