"""A program: begins a crawl at each instant that it is told, beside another of its kind.

Each line of its input is an instant of the monotonic clock. It says `runs` or `locked`, and when it
tried; the next line, whatever it says, ends the crawl."""

import sys
import time

from storage.archive import Archive
from storage.errors import ArchiveLocked
from tests.storage.seeing import HOST


def main(url: str) -> None:
    archive = Archive.open(url)
    for line in sys.stdin:
        time.sleep(max(0.0, float(line) - time.monotonic()))
        tried = time.monotonic()
        try:
            crawl = archive.crawl("hanweb", f"http://{HOST}", [HOST])
        except ArchiveLocked:
            print("locked", tried, flush=True)
            sys.stdin.readline()
        else:
            print("runs", tried, flush=True)
            sys.stdin.readline()
            crawl.close("finished", {})
        print("over", flush=True)
    archive.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
