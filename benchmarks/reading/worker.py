"""One reader in a process of its own: `python -m benchmarks.reading.worker READER PAGES.json`.

It says on a line of JSON which version it is, or what is missing. Then, for each line `answers`
or `seconds` with the numbers of the pages, it answers with one line: what it reads on each, or the
CPU seconds that each took.
"""

import json
import os
import sys
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.reading.others import Answer, Read, reader


def main() -> None:
    name, path = sys.argv[1:]
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # whatever a tool prints is no reply
    try:
        version, read = reader(name)
    except ModuleNotFoundError as absent:
        print(json.dumps({"missing": absent.name}), file=replies)
        return
    print(json.dumps({"version": version}), file=replies)
    pages = json.loads(Path(path).read_text("utf-8"))
    for line in sys.stdin:
        asked = json.loads(line)
        chosen = [pages[number] for number in asked["pages"]]
        work = _seconds if asked["want"] == "seconds" else _answers
        print(json.dumps(work(read, chosen)), file=replies)


def _answers(read: Read, pages: list[Any]) -> list[Answer]:
    return [read(html, url) for html, url in pages]


def _seconds(read: Read, pages: list[Any]) -> list[float]:
    _forget()
    return [_timed(read, html, url) for html, url in pages]


def _timed(read: Read, html: str, url: str) -> float:
    before = process_time()
    read(html, url)
    return process_time() - before


def _forget() -> None:
    """A page is met once in a crawl: what trafilatura remembers of the last round helps nobody."""
    if "trafilatura" in sys.modules:
        from trafilatura.meta import reset_caches

        reset_caches()


if __name__ == "__main__":
    main()
