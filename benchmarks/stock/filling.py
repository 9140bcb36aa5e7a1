"""Filling an archive. Each night is a crawl of the recorder's: it begins, names its site and its
channels, walks and is settled as any other. The many rows of its listings and captures are written
around it, by the statement and not by the capture: `recorded=True` has the recorder write them as
well, and a test holds the two archives to be one.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from datetime import datetime, timedelta

from benchmarks.stock.plan import (
    CHANNELS,
    NIGHTS,
    READER,
    SITES,
    Stock,
    Told,
    cms_id,
    host,
    lost,
    numbers,
    told,
)
from benchmarks.stock.rows import Made, chunk_of, chunks, payload_of, placed
from benchmarks.stock.writing import Writing
from storage.archive import Archive
from storage.guard import Guard
from storage.judging import Absence
from storage.recorder import Recorder
from storage.values import Captured, ChannelSeen, Listed, SiteSeen, Walked, Wanted

LOST = (NIGHTS[-1] + timedelta(days=7), NIGHTS[-1] + timedelta(days=14))
"""The nights on which what was taken down is looked for: missing, and then gone."""
_BELIEVED = Guard(at_least=10**9)
"""Every article that is read again has changed: the guard would hold that."""


class _Clock:
    def __init__(self) -> None:
        self.now = NIGHTS[0]

    def __call__(self) -> datetime:
        return self.now


def fill(
    url: str,
    stock: Stock,
    *,
    recorded: bool = False,
    processes: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Make the archive at `url`, a new one, hold the stock."""
    clock = _Clock()
    archive = Archive.open(url, clock, guard=_BELIEVED)
    assert archive.engine is not None
    writing = Writing(archive.engine)
    with ProcessPoolExecutor(processes) if processes > 1 else nullcontext() as pool:
        for night, at in enumerate(NIGHTS):
            for site in range(SITES):
                progress(f"night {night + 1}, site {site + 1}")
                clock.now = at + timedelta(minutes=site)
                crawl = _begin(archive, site, clock.now)
                if recorded:
                    _record(crawl, stock, site, night, clock.now)
                else:
                    crawl.flush()
                    made = _made(pool, stock, site, night)
                    writing.write(made, crawl.crawl_id, night, clock.now)
                _walk(crawl, stock, site, night, clock.now)
                crawl.close("finished", {})
    for at in LOST:
        for site in range(SITES):
            clock.now = at + timedelta(minutes=site)
            _look_for_lost(archive, stock, site, clock.now)
    archive.close()


def _made(
    pool: ProcessPoolExecutor | None, stock: Stock, site: int, night: int
) -> Iterator[list[Made]]:
    asked = list(chunks(stock, site, night))
    if pool is None:
        yield from (chunk_of(*each) for each in asked)
    else:
        yield from pool.map(chunk_of, *zip(*asked, strict=True))


def _begin(archive: Archive, site: int, at: datetime) -> Recorder:
    crawl = archive.crawl("hanweb", f"http://{host(site)}/", [host(site)])
    crawl.add(SiteSeen(host=host(site), name=f"示例{site}市人民政府", generation="classic", at=at))
    for channel in range(CHANNELS):
        column = cms_id(site, channel)
        crawl.add(
            ChannelSeen(
                host=host(site),
                cms_id=column,
                name=f"栏目{column}",
                url=f"http://{host(site)}/col/col{column}/index.html",
                dialect="jpage",
                own=True,
                at=at,
            )
        )
    return crawl


def _record(crawl: Recorder, stock: Stock, site: int, night: int, at: datetime) -> None:
    for each in told(stock, numbers(stock, site)):
        if night == 0:
            channel = cms_id(site, each.channel)
            crawl.add(Listed(host=host(site), channel=channel, at=at, entries=(placed(each),)))
        if night < len(each.texts):
            crawl.add(_wanted(each, at))
            crawl.add(_captured(each, night, at))


def _wanted(each: Told, at: datetime) -> Wanted:
    title = each.texts[0].title
    return Wanted(url=each.url, kind="article", key=each.key, listed_title=title, at=at)


def _captured(each: Told, night: int, at: datetime) -> Captured:
    return Captured(
        url=each.url,
        captured_at=at,
        status=200,
        headers={},
        payload=payload_of(each, night),
        page_kind="article",
        reader=READER,
        key=each.key,
        article=each.texts[night],
    )


def _walk(crawl: Recorder, stock: Stock, site: int, night: int, at: datetime) -> None:
    here = numbers(stock, site)
    for channel in range(CHANNELS):
        listed = len(here[channel::CHANNELS])
        seen = listed if night == 0 else min(15, listed)
        crawl.add(
            Walked(
                host=host(site),
                channel=cms_id(site, channel),
                walked_at=at,
                claimed_total=listed,
                entries_seen=seen,
                articles_seen=seen,
                repeats=0,
                off_site=0,
                pages=max(1, seen // 15),
                stop_reason="held accounts for the claimed total" if night else "end",
                verdict="complete",
                whole=night == 0,
            )
        )


def _look_for_lost(archive: Archive, stock: Stock, site: int, at: datetime) -> None:
    crawl = archive.crawl("snapshot", f"http://{host(site)}/", [host(site)])
    here = numbers(stock, site)
    first = next(told(stock, here[:1]))
    crawl.add(_wanted(first, at))
    crawl.add(_captured(first, len(first.texts) - 1, at))  # the host is in good health
    for each in told(stock, filter(lost, here)):
        crawl.add(_wanted(each, at))
        crawl.add(
            Captured(
                url=each.url,
                captured_at=at,
                status=404,
                headers={},
                payload=b"404",
                page_kind="error",
                reader=READER,
                key=each.key,
                absence=Absence.NOT_FOUND,
            )
        )
    crawl.close("finished", {})
