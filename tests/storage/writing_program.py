"""A program of its own that records a crawl without end: `python -m … URL HOST [CAPTURES]`.

It says `flushed N` whenever N captures in all are durable, and ends after CAPTURES of them.
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from storage.archive import Archive
from storage.judging import Absence
from tests.storage.seeing import EDITED, NOTICE, channel_page, look, wanted

ARTICLES, BATCH = 40, 60


def main(url: str, host: str, captures: int | None = None) -> None:
    archive = Archive.open(url)
    crawl = archive.crawl("hanweb", f"http://{host}/", [host])
    crawl.add(channel_page(datetime.now(UTC), host))
    began = datetime.now(UTC)
    for number in range(captures) if captures else count():
        at = began + timedelta(seconds=number)
        cms_id = str(number % ARTICLES)
        crawl.add(wanted(cms_id, at, host))
        crawl.add(look(_page(number), at, cms_id, host))
        if number % BATCH == BATCH - 1:
            crawl.flush()
            print("flushed", number + 1, flush=True)
    crawl.close("finished", {})
    archive.close()


def _page(number: int):
    turn = number // ARTICLES
    if turn % 5 == 4:
        return Absence.NOT_FOUND
    base = NOTICE if turn % 2 else EDITED
    return replace(base, body=f"{base.body}\n第{number}次" if turn % 3 else base.body)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else None)
