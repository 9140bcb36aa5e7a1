"""Instructions of a page, by callgrind: ours beside trafilatura's fast mode.

Milliseconds shake with whatever else a machine does, by half; instructions do not. Each reader
reads the same pages once and then three times, each in a process of its own under valgrind: a
page's instructions are the difference, so that neither imports count nor what is compiled at the
first page. The last line is the ratio over the pages with a located region.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.reading import recorded
from benchmarks.reading.invented import fewer, replica_pages, stripped
from benchmarks.reading.others import OURS, reader
from benchmarks.reading.pages import Page
from benchmarks.reading.runner import ROOT, Progress

_FAST = "trafilatura balanced tables no-images fast"
_ROUNDS = (1, 3)
_COLLECTED = re.compile(r"Collected\s*:\s*(\d+)")
_CALLGRIND = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
_EXAMPLE = "example:\n  python -m benchmarks.reading.instructions --each 12"


def main() -> None:
    options = _options()
    if shutil.which("valgrind") is None:
        sys.exit("valgrind is not installed: it counts the instructions (Debian: valgrind)")
    progress, told = Progress(), dict[str, dict[str, float]]()
    for name, pages in _groups(options.pages, options.each).items():
        told[name] = {}
        for who in (OURS, _FAST):
            progress.say(f"{who} reads {name}")
            told[name][who] = per_page(who, pages) / 1e6
    print(json.dumps(told) if options.json else _as_text(told))


def per_page(who: str, pages: Sequence[Page]) -> float:
    """The instructions of one page. Raises CalledProcessError where a run fails."""
    once, often = (_collected(who, pages, rounds) for rounds in _ROUNDS)
    return (often - once) / (len(pages) * (_ROUNDS[1] - _ROUNDS[0]))


def _collected(who: str, pages: Sequence[Page], rounds: int) -> int:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pages.json"
        path.write_text(json.dumps([[page.html, page.url] for page in pages]), "utf-8")
        command = (sys.executable, "-m", "benchmarks.reading.instructions", "--read", who)
        ran = subprocess.run(
            (*_CALLGRIND, *command, str(path), str(rounds)),
            cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "0"}, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
    found = _COLLECTED.search(ran.stderr)
    assert found, ran.stderr
    return int(found[1])


def _groups(folder: Path, each: int) -> Mapping[str, Sequence[Page]]:
    replica = fewer(replica_pages(0.1))[:each]
    groups: dict[str, Sequence[Page]] = {}
    try:
        real = recorded.recorded_pages(folder)
        groups |= {"recorded, region located": real, "recorded, no region": stripped(real)}
    except FileNotFoundError as lacking:
        print(f"skipped: the recorded pages, for there is no {lacking.filename}", file=sys.stderr)
    return groups | {
        "replica, region located": replica,
        "replica, no region": stripped(replica),
    }


def _as_text(told: Mapping[str, Mapping[str, float]]) -> str:
    lines = [f"{'million instructions a page':28}{'ours':>10}{'trafilatura':>14}{'ratio':>9}"]
    for name, found in told.items():
        ours, theirs = found[OURS], found[_FAST]
        lines.append(f"{name:28}{ours:>10.2f}{theirs:>14.2f}{ours / theirs:>9.3f}")
    located = [found for name, found in told.items() if name.endswith("located")]
    ratio = sum(f[OURS] for f in located) / sum(f[_FAST] for f in located)
    return "\n".join((*lines, f"ratio: {ratio:.3f}"))


def _read(who: str, path: str, rounds: str) -> None:
    """What runs under valgrind."""
    _, read = reader(who)
    for _ in range(int(rounds)):
        for html, url in json.loads(Path(path).read_text("utf-8")):
            read(html, url)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading.instructions", description=__doc__, epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--pages", type=Path, default=recorded.FOLDER, metavar="DIR")
    parser.add_argument("--each", type=int, default=8, help="pages of the replica (default: 8)")
    parser.add_argument("--json", action="store_true", help="for machines")
    return parser.parse_args()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        _read(*sys.argv[2:])
    else:
        main()
