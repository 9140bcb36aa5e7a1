"""How long readers wait: search, article and diff pages over HTTP, from a large archive.

The reading room runs as a program of its own on loopback; one reader asks for page after page. The
archive is that of `benchmarks.questions`. The last line is the slowest kind's 99th percentile
against its median.
"""

import argparse
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import quote

from benchmarks.questions.cases import WORDS
from benchmarks.questions.measuring import p99
from benchmarks.stock.kept import kept
from benchmarks.stock.plan import Stock
from storage.consult.consultation import Consultation

_PATIENCE_S = 60


def main(arguments: list[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    stock = Stock(asked.articles)
    url = kept(stock)
    pages = _pages(url, stock, asked.requests)
    with serving(url) as port:
        took = {kind: [_asked(port, path) for path in paths] for kind, paths in pages.items()}
    print(f"{stock.articles:,} articles: milliseconds on the clock")
    for kind, each in took.items():
        print(f"{kind:10} median {median(each):8.1f}   99 % {p99(each):8.1f}")
    print(f"99 % against the median, at most: {max(p99(t) / median(t) for t in took.values()):.1f}")


def _pages(url: str, stock: Stock, count: int) -> dict[str, list[str]]:
    chance = Random(stock.seed)
    words = list(WORDS.values())
    articles = [chance.randrange(1, stock.articles + 1) for _ in range(count)]
    with closing(Consultation.open(url)) as archive:
        held = [archive.find(str(number)) for number in articles]
    return {
        "search": [f"/search?q={quote(words[at % len(words)])}" for at in range(count)],
        "article": [f"/articles/{number}" for number in articles],
        "diff": [
            f"/articles/{each.id}/diff/1..{each.versions}" for each in held if each.versions > 1
        ],
    }


def _asked(port: int, path: str) -> float:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)) as reader:
        began = time.perf_counter()
        reader.request("GET", path)
        answer = reader.getresponse()
        answer.read()
        took = (time.perf_counter() - began) * 1000
    if answer.status != 200:
        raise SystemExit(f"{path} was answered by {answer.status}")
    return took


@contextmanager
def serving(url: str) -> Iterator[int]:
    """The reading room over an archive, for as long as the block lasts; its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("cunzheng")
    command = [program, "serve", "--port", str(port)]
    server = subprocess.Popen(
        command, env=os.environ | {"ARCHIVE_URL": url}, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading_room",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--articles", type=int, default=100_000, help="three versions each")
    parser.add_argument("--requests", type=int, default=110, help="of each kind of page")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
