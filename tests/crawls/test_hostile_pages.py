"""Pages that mean harm: the crawl ends, every address in one outcome, and the archive is sound."""

import os
from pathlib import Path

import pytest

from replica import World
from tests.crawls import nursery
from tests.crawls.conftest import ROOT, Book, Crawl, night
from tests.crawls.wire import Line, Way, wired

LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
)
SECRET = Path("/proc/version").read_text()[:40]
FOREIGN = (
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///proc/version">'
    b'<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]>'
)


def with_body(*changes: tuple[bytes, bytes]) -> Way:
    """The page with each first thing replaced by the second."""

    async def way(line: Line) -> None:
        page = line.page
        for old, new in changes:
            page = page.replace(old, new)
        line.whole(body=page)

    return way


def instead(body: bytes, media_type: str = "text/html;charset=utf-8") -> Way:
    async def way(line: Line) -> None:
        line.page_type = media_type
        line.whole(body=body)

    return way


async def bent_list(line: Line) -> None:
    line.whole(body=FOREIGN + line.page.replace(b"CDATA[", b"CDATA[&e;", 1))


NUL, STOP = b"\x00", "。".encode()
CLIMBING = b'href="/../../../../../../tmp/climbed.doc?n=../../../../tmp/'
HOSTILE: dict[str, Way] = {
    "nested without end": with_body((b"<body", b"<div>" * 50_000 + b"<body"), (STOP, b"<b><i>")),
    "a hundred thousand attributes": with_body((b"<p", b"<p" + b" a=1" * 100_000)),
    "as many different ones": with_body(
        (b"<body", b"<body " + b" ".join(b"a%d=%d" % (n, n) for n in range(100_000)))
    ),
    "five million characters without a break": with_body((STOP, "字".encode() * 20_000)),
    "NULs": with_body((STOP, NUL), (b"<title>", b"<title>" + NUL)),
    "halves of characters": with_body((STOP, b"&#xD800;&#xDFFF;&#0;&#x110000;\xed\xa0\x80")),
    "brackets": instead(b"<" * 2_000_000),
    "a comment without end": with_body((b"<body", b"<!--" * 100_000 + b"<body")),
    "laughs": instead(LAUGHS + b"]><x>&m;</x>", "text/xml"),
    "foreign entities": instead(b'<?xml version="1.0"?>' + FOREIGN + b"<x>&e;</x>", "text/xml"),
    "names that climb": with_body((b'href="/attach/', CLIMBING), (b'href="/module/', CLIMBING)),
    "a name of a megabyte": with_body((b'href="/', b'href="/' + b"a" * 1_000_000)),
    "formulas": with_body((b"<title>", b"<title>=cmd|' /C calc'!A0")),
}


@pytest.mark.fault("4.26", "4.23", "4.19", "4.18")
def test_pages_that_mean_harm_harm_nobody(crawl: Crawl, book: Book, tmp_path: Path) -> None:
    before = set(tmp_path.parent.iterdir())
    with wired(World(seed=7, size=0.35)) as wire:
        paths = wire.articles()
        wire.ways = dict(zip(paths, HOSTILE.values(), strict=False))
        assert len(wire.ways) == len(HOSTILE)
        wire.ways["/module/web/jpage/dataproxy.jsp"] = bent_list
        ended = crawl("hanweb", url=wire.url, clock=night(1))
    assert ended.code in (0, 6), ended
    assert "Traceback" not in ended.err
    outcomes = book.ask("SELECT url, outcome FROM frontier")
    assert [url for url, outcome in outcomes if outcome is None] == []
    sound = {wire.url + path for path in paths if path not in wire.ways}
    told = {url for (url,) in book.ask("SELECT a.url FROM articles a JOIN versions v"
                                       " ON v.article_id = a.id")}  # fmt: skip
    assert sound & {url for url, _ in outcomes} <= told
    bodies = book.ask("SELECT title, body FROM versions")
    assert not any(SECRET in f"{title}{body}" for title, body in bodies)
    assert not any("\x00" in f"{title}{body}" for title, body in bodies)

    assert not list(Path("/tmp").glob("climbed*"))
    assert set(tmp_path.parent.iterdir()) == before
    assert {path.name.partition("-")[0] for path in tmp_path.iterdir()} <= {"archive.db", "climbed"}

    command = ["cli.main", "verify", "--archive", book.url]
    verified = nursery.typed(command, os.environ, ROOT)
    assert verified.code == 0, verified
