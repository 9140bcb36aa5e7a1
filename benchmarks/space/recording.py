"""A night of the corpus, read by the reader and recorded by the recorder, as a crawl does it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from benchmarks.space.corpus import HOST, NIGHTS, Page
from crawler.admission import Response, admit
from crawler.reading import decode
from crawler.reading.values import READER
from storage.archive import Archive
from storage.article import ArticleKey
from storage.guard import Guard
from storage.values import Captured, Listed, Placed, Recordable, Walked, Wanted

CHANNEL = "11"
_ROWS = 15
BELIEVES_ALL = Guard(at_least=10**9)
"""Every article is edited in one night: a guard would hold that."""


def record(archive: Archive, clock: "Clock", night: int, found: Sequence[Page]) -> None:
    """One crawl that walks a list of all articles and captures each of them."""
    clock.now = NIGHTS[night]
    crawl = archive.crawl("space", f"http://{HOST}/", [HOST])
    for value in (*_list(found, clock.now), *_captures(found, clock.now)):
        crawl.add(value)
    clock.now += timedelta(hours=3)
    crawl.close("finished", {})


class Clock:
    """A clock that stands where it was set."""

    now: datetime = NIGHTS[0]

    def __call__(self) -> datetime:
        return self.now


def _list(found: Sequence[Page], at: datetime) -> Iterator[Recordable]:
    entries = [Placed(ArticleKey(HOST, each.number), each.url, each.title, None) for each in found]
    for start in range(0, len(entries), _ROWS):
        page = tuple(entries[start : start + _ROWS])
        yield Listed(host=HOST, channel=CHANNEL, at=at, entries=page)
    yield Walked(
        host=HOST,
        channel=CHANNEL,
        walked_at=at,
        claimed_total=len(found),
        entries_seen=len(found),
        articles_seen=len(found),
        repeats=0,
        off_site=0,
        pages=-(-len(found) // _ROWS),
        stop_reason="the claimed total is reached",
        verdict="complete",
        whole=True,
    )


def _captures(found: Iterable[Page], at: datetime) -> Iterator[Recordable]:
    for number, page in enumerate(found):
        key, when = ArticleKey(HOST, page.number), at + timedelta(seconds=number)
        yield Wanted(url=page.url, kind="article", key=key, listed_title=page.title, at=when)
        yield _captured(page, key, when)


def _captured(page: Page, key: ArticleKey, at: datetime) -> Captured:
    text = decode(page.payload, "utf-8")
    judged = admit(key, page.url, Response(page.url, 200, text, listed=page.title), ())
    if judged.reading is None:
        raise SystemExit(f"{page.url} is not read: {judged.reason}")
    return Captured(
        url=page.url,
        captured_at=at,
        status=200,
        headers=page.headers,
        payload=page.payload,
        page_kind=judged.page_kind,
        reader=READER,
        key=key,
        article=judged.reading.article,
        origins=judged.reading.origins,
        doubts=judged.reading.doubts,
        skeleton=judged.reading.skeleton,
    )
