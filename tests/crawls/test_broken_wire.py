"""What breaks on the wire: each address ends in one outcome, and no part is taken for a whole."""

import asyncio
import gzip
import itertools
import zlib
from collections.abc import Callable
from contextlib import closing
from functools import partial
from random import Random

import brotli
import pytest
import zstandard

from crawler.rereading import Rereader
from replica import World
from storage.archive import Archive
from tests.crawls.conftest import Book, Crawl, night
from tests.crawls.wire import Line, Way, wired

WORLD = World(seed=7, size=0.35)
IMPATIENT = {"CUNZHENG_TIMEOUT": "1.5", "CUNZHENG_RETRIES": "0"}
MB = 2**20


async def cut_by_length(line: Line) -> None:
    line.head(Content_Length=str(len(line.page)))
    line.send(line.page[: len(line.page) // 2])


async def cut_in_chunks(line: Line) -> None:
    line.head(Transfer_Encoding="chunked")
    half = line.page[: len(line.page) // 2]
    line.send(b"%x\r\n%s\r\n" % (len(half), half))


async def cut_by_closing(line: Line) -> None:
    line.head(Connection="close")
    line.send(line.page[: len(line.page) // 2])


async def cut_before_it_was_packed_again(line: Line) -> None:
    """A cache keeps half of a packed page and says that this is all."""
    packed = gzip.compress(line.page)
    line.whole(body=packed[: len(packed) // 2], Content_Encoding="gzip")


async def reset_at_once(line: Line) -> None:
    line.reset()


async def reset_midway(line: Line) -> None:
    line.head(Content_Length=str(len(line.page)))
    line.send(line.page[:200])
    await line.sent()
    await asyncio.sleep(0.05)
    line.reset()


async def no_http(line: Line) -> None:
    line.send(b"-ERR unknown command\r\n")


async def dripping(line: Line) -> None:
    line.head(Content_Length=str(len(line.page)))
    for byte in line.page:
        line.send(bytes([byte]))
        await line.sent()
        await asyncio.sleep(0.1)


async def dripping_headers(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(10_000):
        line.send(b"X-%d: a\r\n" % number)
        await line.sent()
        await asyncio.sleep(0.1)


async def headers_without_end(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        line.send(b"X: " + b"a" * 8000 + b"\r\n")
        await line.sent()


async def without_end(line: Line) -> None:
    line.head(Connection="close")
    while True:
        line.send(b"<p>more</p>" * 10_000)
        await line.sent()


async def said_to_be_gigantic(line: Line) -> None:
    line.head(Content_Length=str(10**12))
    line.send(line.page)


async def never_arriving(line: Line) -> None:
    line.head("302 Found", Location=f"?turn={id(line)}", Content_Length="0")


async def off_the_site(line: Line) -> None:
    line.head("302 Found", Location="http://elsewhere.example.invalid/sso", Content_Length="0")


async def to_a_file(line: Line) -> None:
    line.head("302 Found", Location="file:///etc/passwd", Content_Length="0")


async def refused_by_500(line: Line) -> None:
    line.whole("500 Internal Server Error")


def packed(body: bytes, name: str, *packers: Callable[[bytes], bytes]) -> Way:
    for packer in packers:
        body = packer(body)

    async def way(line: Line) -> None:
        line.whole(body=body, Content_Encoding=name)

    return way


zstd = zstandard.ZstdCompressor().compress
br = partial(brotli.compress, quality=1)
"""The way a bomb is packed in no time: its usual quality takes seconds."""


def failing() -> dict[str, tuple[Way, str]]:
    """What fails, by its name, and what is told of it. Bombs are packed where they are wanted."""
    bomb = b"\0" * (80 * MB)
    return {
        "a length that is not kept": (cut_by_length, "broke off"),
        "chunks that stop": (cut_in_chunks, "broke off"),
        "a close in the middle": (cut_by_closing, "broke off"),
        "half of a packed page": (cut_before_it_was_packed_again, "broke off"),
        "a reset at once": (reset_at_once, ""),
        "a reset midway": (reset_midway, "broke off"),
        "what is no HTTP": (no_http, ""),
        "a body that drips": (dripping, "longer than"),
        "headers that drip": (dripping_headers, "longer than"),
        "headers without end": (headers_without_end, "headers"),
        "a body without end": (without_end, "larger than"),
        "a length of a terabyte": (said_to_be_gigantic, "larger than"),
        "redirects for ever": (never_arriving, "redirect"),
        "a redirect to a file": (to_a_file, "status 302"),
        "an error of its program": (refused_by_500, "status 500"),
        "a gzip bomb": (packed(bomb, "gzip", gzip.compress), "larger than"),
        "a deflate bomb": (packed(bomb, "deflate", zlib.compress), "larger than"),
        "a brotli bomb": (packed(bomb, "br", br), "larger than"),
        "a zstd bomb": (packed(bomb, "zstd", zstd), "larger than"),
        "a bomb in a bomb": (packed(bomb, "gzip, br", gzip.compress, br), "larger than"),
        "packed by nobody's method": (packed(b"??", "compress"), "compression"),
        "packed ten times": (packed(b"x", ", ".join(["gzip"] * 10)), "packed 10 times"),
        "not packed at all": (packed(b"<html>", "gzip"), "not packed as its header says"),
    }


OF_ROWS = {
    "4.8": (
        "a length that is not kept", "chunks that stop", "a close in the middle",
        "half of a packed page", "a reset at once", "a reset midway",
    ),
    "4.9": ("redirects for ever", "a redirect to a file"),
    "4.16": (
        "a body without end", "a length of a terabyte", "headers without end", "a body that drips",
        "headers that drip",
    ),
    "4.17": (
        "a gzip bomb", "a deflate bomb", "a brotli bomb", "a zstd bomb", "a bomb in a bomb",
        "packed ten times",
    ),
}  # fmt: skip
"""The rows of the score card that these are trials of."""


@pytest.mark.fault("4.8", "4.9", "4.16", "4.17")
@pytest.mark.trap("0.5")
def test_whatever_breaks_on_the_wire_ends_in_one_outcome_and_in_no_version(
    crawl: Crawl, book: Book, score
) -> None:
    with wired(WORLD) as wire:
        ways = failing()
        broken = dict(zip(ways.items(), wire.articles(), strict=False))
        assert len(broken) == len(ways), "the world has an article for each"
        sound = set(wire.articles()) - set(broken.values())
        wire.ways = {path: way for (_, (way, _)), path in broken.items()}
        lost, *others = sorted(sound)
        wire.ways[lost] = off_the_site
        ended = crawl("hanweb", url=wire.url, clock=night(1), env=IMPATIENT)

        assert ended.code == 6, ended
        assert book.ask("SELECT url FROM frontier WHERE outcome IS NULL") == []
        told = {
            url.removeprefix(wire.url): (outcome, detail or reason)
            for url, outcome, detail, reason in book.ask(
                "SELECT f.url, f.outcome, f.detail, c.reason FROM frontier f"
                " LEFT JOIN captures c ON f.url IN (c.url, c.final_url) WHERE f.kind = 'article'"
            )
        }
        for (name, (_, words)), path in broken.items():
            outcome, said = told[path]
            assert outcome == "failed", (name, told[path])
            assert words in (said or ""), (name, said)
        assert told[lost][0] == "off-site"
        versions = {
            url.removeprefix(wire.url)
            for (url,) in book.ask(
                "SELECT url FROM articles a JOIN versions v ON v.article_id = a.id"
            )
        }
        assert versions == set(others)
        assert book.ask("SELECT count(*) FROM events WHERE kind NOT IN ('published')") == [(0,)]

        wire.ways.clear()
        assert crawl("hanweb", url=wire.url, clock=night(2)).code == 0, "the next night heals it"
    assert book.count("versions") == book.count("articles") == len(told)
    for row, names in OF_ROWS.items():
        assert set(names) <= set(ways)
        score(row=row, trials=len(names), lost=0, invented=0)


def cut_anywhere(framing: int, chance: Random) -> Way:
    """A page that is broken off at a place drawn by chance, in one of three framings."""

    async def way(line: Line) -> None:
        part = line.page[: chance.randrange(len(line.page) - 1)]
        if framing == 0:
            line.head(Content_Length=str(len(line.page)))
        elif framing == 1:
            line.head(Transfer_Encoding="chunked")
            part = b"%x\r\n%s\r\n" % (len(part), part) if part else b""
        else:
            line.head(Connection="close")
        line.send(part)

    return way


@pytest.mark.heavy
@pytest.mark.fault("4.8")
def test_two_hundred_pages_cut_anywhere_in_three_framings_are_no_version_and_heal(
    crawl: Crawl, book: Book, score
) -> None:
    chance, nights = Random(8), itertools.count(1)
    with wired(World(seed=7, size=1.7)) as wire:
        paths = wire.articles()
        assert len(paths) > 200
        for turn in range(3):
            wire.ways = {
                path: cut_anywhere((number + turn) % 3, chance)
                for path, number in wire.addresses().items()
            }
            ended = crawl("hanweb", url=wire.url, clock=night(next(nights)), env=IMPATIENT)
            assert ended.code in (6, 7, 9), ended
            assert book.count("versions") == 0
            wire.ways.clear()
        while book.count("versions") < len(paths):
            ended = crawl("hanweb", url=wire.url, clock=night(next(nights)))
            assert ended.code == 0, ended
    assert book.ask("SELECT DISTINCT kind FROM events") == [("published",)]
    score(trials=3 * len(paths), lost=len(paths) - book.count("versions"), invented=0)


async def whole_until_it_closes(line: Line) -> None:
    line.head(Connection="close")
    line.send(line.page)


async def packed_until_it_closes(line: Line) -> None:
    line.head(Connection="close", Content_Encoding="gzip")
    line.send(gzip.compress(line.page))


async def cut_behind_a_tag(line: Line) -> None:
    """As a page ends whose last tags were left out, and nothing tells how long it was."""
    line.head(Connection="close")
    end = b"</p>"
    line.send(line.page[: line.page.rindex(end) + len(end)])


@pytest.mark.fault("4.8")
def test_a_server_that_names_no_length_is_archived_and_a_page_without_its_end_is_not(
    crawl: Crawl, book: Book
) -> None:
    """Old servers and proxies end each answer with the connection, as a cut does."""
    with wired(World(seed=7, size=0.1)) as wire:
        channel = wire.site.channel_url(17863)
        wire.ways["*"] = whole_until_it_closes
        cut, packed_one = [path for path in wire.articles() if "art_17863" in path][:2]
        wire.ways |= {cut: cut_behind_a_tag, packed_one: packed_until_it_closes}
        ended = crawl("hanweb", url=channel, clock=night(1))
        assert ended.code == 6, ended
        assert book.ask("SELECT url FROM captures WHERE reason LIKE '%broke off%'") == [
            (f"{wire.url}{cut}",)
        ]
        unread = book.ask("SELECT url FROM articles WHERE versions = 0")
        assert unread == [(f"{wire.url}{cut}",)]
        with closing(Archive.open(book.url)) as archive:
            assert list(archive.reread(Rereader(), "a later reader"))
        assert book.ask("SELECT url FROM articles WHERE versions = 0") == unread
        wire.ways["*"] = wire.ways[cut] = packed_until_it_closes
        assert crawl("hanweb", url=channel, clock=night(2)).code == 0
    assert book.count("versions") == book.count("articles")


@pytest.mark.parametrize("packer", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_packed_pages_are_read_as_others_are(packer: str) -> None:
    from crawler.unpacking import unpack

    page = "<p>正文</p>".encode() * 1000
    packers = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd}
    body, layers = page, packer.split(", ")
    for name in layers:
        body = packers[name](body)
    assert unpack(body, layers, MB) == (page, True)
    for cut in (1, 5, 9, len(body) // 2):
        part, whole = unpack(body[:-cut], layers[-1:], MB)
        assert not whole
        assert len(part) < MB
