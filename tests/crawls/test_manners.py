"""Manners, measured where they count: at the server."""

import itertools
import subprocess
import sys
import time

import pytest

from replica import World
from tests.crawls.conftest import ROOT, Book, Crawl, night
from tests.crawls.wire import Line, Way, Wire, wired

SMALL = World(seed=7, size=0.1)


async def unavailable(line: Line) -> None:
    line.whole("503 Service Unavailable")


def busy_once(after: str, *, date: str = "") -> Way:
    """Says once that it is busy, and when to come back."""
    turns = itertools.count()

    async def way(line: Line) -> None:
        if next(turns):
            line.whole()
        else:
            extra = {"Date": date} if date else {}
            line.whole("429 Too Many Requests", Retry_After=after, **extra)

    return way


def well_once() -> Way:
    """Whichever page is asked for first comes as it should; none after it does."""
    turns = itertools.count()

    async def way(line: Line) -> None:
        if next(turns):
            await unavailable(line)
        else:
            line.whole()

    return way


def gaps(wire: Wire) -> list[float]:
    return [b.at - a.at for a, b in itertools.pairwise(wire.asked)]


@pytest.mark.parametrize(
    ("after", "date", "least", "most"),
    [
        pytest.param("2", "", 2.0, 60, id="seconds"),
        pytest.param(
            "Wed, 21 Oct 2026 07:28:02 GMT",
            "Wed, 21 Oct 2026 07:28:00 GMT",
            2.0,
            60,
            id="a date by the server's clock",
            marks=pytest.mark.heavy,
        ),
        pytest.param(
            "86400", "", 1.5, 60, id="more than the settings grant", marks=pytest.mark.heavy
        ),
    ],
)
@pytest.mark.fault("4.6")
def test_a_server_that_asks_to_be_left_alone_is_left_alone(
    after: str, date: str, least: float, most: float, crawl: Crawl, book: Book
) -> None:
    with wired(SMALL) as wire:
        busy = wire.articles()[0]
        wire.ways[busy] = busy_once(after, date=date)
        cap = {"CUNZHENG_RETRY_AFTER_MAX": "1.5" if after == "86400" else "300"}
        ended = crawl("hanweb", url=wire.url, clock=night(1), env=cap)
        at = wire.paths().index(busy)

    assert ended.code == 0, ended
    pause = wire.asked[at + 1].at - wire.asked[at].at
    assert least <= pause < most, "nothing at all was asked of the host meanwhile"
    assert book.count("versions") == book.count("articles")


@pytest.mark.fault("4.6")
def test_a_site_that_is_down_is_tried_and_given_up_and_every_address_ends(
    crawl: Crawl, book: Book
) -> None:
    with wired(World(seed=7, size=0.35)) as wire:
        articles = wire.articles()
        assert len(articles) > 20
        wire.ways = dict.fromkeys(wire.addresses(), well_once())
        ended = crawl("hanweb", url=wire.url, clock=night(1))
        _, *failed = [request for request in wire.asked if request.path in wire.ways]
        unended = book.ask("SELECT url FROM frontier WHERE outcome IS NULL")
        outcomes = dict(
            book.ask("SELECT outcome, count(*) FROM frontier WHERE kind='article' GROUP BY 1")
        )

        assert ended.code == 9, ended
        assert "given up after 8 failures in a row" in ended.out
        assert len(failed) <= 10, "five failures and three trials"
        assert unended == []
        assert (outcomes["new"], outcomes["failed"]) == (1, len(articles) - 1)
        assert book.ask("SELECT count(*) FROM events WHERE kind != 'published'") == [(0,)]

        wire.ways.clear()
        assert crawl("hanweb", url=wire.url, clock=night(2)).code == 0
    assert book.count("versions") == len(articles)


@pytest.mark.heavy
def test_a_few_broken_pages_do_not_bring_a_site_down(crawl: Crawl, book: Book) -> None:
    with wired(World(seed=7, size=0.35)) as wire:
        broken = wire.articles()[::4]
        assert len(broken) > 8
        wire.ways = dict.fromkeys(broken, unavailable)
        ended = crawl("hanweb", url=wire.url, clock=night(1))
    assert ended.code == 6, ended
    assert book.count("versions") == len(wire.articles()) - len(broken)


def start(spider: str, environment: dict[str, str], **arguments: str) -> "subprocess.Popen[str]":
    given = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
    return subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", spider, *given],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.fault("4.27a")
def test_the_distance_between_requests_is_kept_over_all_crawls_of_a_host(
    environment: dict[str, str], tmp_path
) -> None:
    """Two crawls of one host into two archives: no archive can know of the other."""
    delay = 0.15
    with wired(SMALL) as wire:
        channel = wire.site.channel_url(17863)
        crawls = [
            start(
                "hanweb",
                environment
                | {"CUNZHENG_DELAY": str(delay), "ARCHIVE_URL": f"sqlite:///{tmp_path}/{name}.db"},
                url=channel,
            )
            for name in ("one", "other")
        ]
        said = [each.communicate(timeout=120)[0] for each in crawls]
    assert [each.returncode for each in crawls] == [0, 0], said
    assert len(wire.asked) > 10
    assert min(gaps(wire)) >= delay
    assert max(request.beside for request in wire.asked) == 1


@pytest.mark.fault("4.27a")
@pytest.mark.trap("0.6")
def test_a_crawl_delay_is_kept(crawl: Crawl) -> None:
    with wired(SMALL) as wire:
        wire.site.robots = "User-agent: *\nCrawl-delay: 0.4\n"
        url = f"{wire.url}{wire.articles()[0]}"
        assert crawl("hanweb", url=url).code == 0
    assert len(wire.asked) > 3
    assert min(gaps(wire)) >= 0.4
    assert not any("visit" in path for path in wire.paths()), "visit counters are never called"


def test_a_crawl_that_waits_for_a_host_ends_at_once_and_goes_on_later(
    environment: dict[str, str], crawl: Crawl, book: Book
) -> None:
    with wired(World(seed=7, size=0.35)) as wire:
        busy = wire.articles()[5]
        wire.ways[busy] = busy_once("300")  # longer than anybody waits for it below
        crawling = start("hanweb", environment, url=wire.url)
        deadline = time.monotonic() + 60
        while busy not in wire.paths():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(1)
        asked = len(wire.asked)
        crawling.terminate()
        said = crawling.communicate(timeout=180)[0]
        assert crawling.returncode == 11, said
        assert len(wire.asked) == asked
        assert book.ask("SELECT count(*) FROM frontier WHERE outcome = 'failed'") == [(0,)]
        assert crawl("hanweb", url=wire.url).code == 0
        held = len(wire.articles())
    assert book.count("versions") == book.count("articles") == held


# RFC 9309 in scenarios: how the file is answered, and whether an article may then be fetched.


def gives(body: bytes, status: str = "200 OK") -> Way:
    async def way(line: Line) -> None:
        line.page_type = "text/plain"
        line.whole(status, body)

    return way


def leads(location: str) -> Way:
    async def way(line: Line) -> None:
        line.whole("301 Moved Permanently", b"", Location=location)

    return way


async def reset(line: Line) -> None:
    line.reset()


FORBIDS = b"User-agent: *\nDisallow: /\n"
OURS = b"User-agent: cunzheng\nAllow: /\n\nUser-agent: *\nDisallow: /\n"
SCENARIOS: dict[str, tuple[dict[str, Way], int]] = {
    "none, whatever its page says": ({"/robots.txt": gives(FORBIDS, "404 Not Found")}, 0),
    "none for us to see": ({"/robots.txt": gives(FORBIDS, "403 Forbidden")}, 0),
    "the server is not well": ({"/robots.txt": unavailable}, 9),
    "the connection is reset": ({"/robots.txt": reset}, 9),
    "all is forbidden": ({"/robots.txt": gives(FORBIDS)}, 8),
    "with a mark at its beginning": ({"/robots.txt": gives(b"\xef\xbb\xbf" + FORBIDS)}, 8),
    "others are forbidden": ({"/robots.txt": gives(OURS)}, 0),
    "we by name and version": (
        {"/robots.txt": gives(b"User-agent: Cunzheng/0.1\nDisallow: /\n")}, 8,
    ),
    "a word of our user agent": (
        {"/robots.txt": gives(b"User-agent: research\nDisallow: /\n")}, 0,
    ),
    "the longest rule counts": (
        {"/robots.txt": gives(b"User-agent: *\nAllow: /art/\nAllow: /$\nDisallow: /\n")}, 0,
    ),
    "moved five times": (
        {"/robots.txt": leads("/1.txt"), "/1.txt": leads("/2.txt"), "/2.txt": leads("/3.txt"),
         "/3.txt": leads("/4.txt"), "/4.txt": leads("/5.txt"), "/5.txt": gives(FORBIDS)}, 8,
    ),
    "moved for ever": ({"/robots.txt": leads("/robots.txt")}, 0),
    "its rule stands after 400 KB": (
        {"/robots.txt": gives(b"#" * 79 + b"\n" + (b"#" * 79 + b"\n") * 5000 + FORBIDS)}, 8,
    ),
    "a page, and no rules": ({"/robots.txt": gives(b"<html><body>404</body></html>")}, 0),
}  # fmt: skip


QUICK = ["none, whatever its page says", "we by name and version", "moved five times"]


@pytest.mark.parametrize(
    "name",
    [n if n in QUICK else pytest.param(n, marks=pytest.mark.heavy) for n in SCENARIOS],
)
@pytest.mark.fault("4.27")
@pytest.mark.trap("0.6")
def test_robots_txt_is_kept_as_the_standard_has_it(name: str, crawl: Crawl) -> None:
    ways, code = SCENARIOS[name]
    with wired(SMALL) as wire:
        wire.ways = ways
        article = wire.articles()[0]
        ended = crawl("hanweb", url=f"{wire.url}{article}")
    assert ended.code == code, ended
    assert (article in wire.paths()) == (code == 0)
    assert wire.paths().count("/robots.txt") >= 1


def answers_in_turn(*ways: Way) -> Way:
    """One way after another, and the last one ever after."""
    left = list(ways)

    async def way(line: Line) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(line)

    return way


@pytest.mark.parametrize(
    ("later", "goes_on"),
    [
        pytest.param(gives(FORBIDS), False, id="forbids"),
        pytest.param(unavailable, True, id="cannot be had", marks=pytest.mark.heavy),
    ],
)
@pytest.mark.fault("4.27")
def test_robots_txt_is_asked_for_again_in_a_long_crawl(
    later: Way, goes_on: bool, crawl: Crawl, book: Book
) -> None:
    """What it says then holds from then on; where it cannot be had, what it said before."""
    with wired(SMALL) as wire:
        wire.ways = {"/robots.txt": answers_in_turn(gives(b""), later)}
        hasty = {"CUNZHENG_ROBOTS_AGE_MAX": "0.6", "CUNZHENG_DELAY": "0.1"}
        ended = crawl("hanweb", url=wire.url, env=hasty)
    first, second, *_ = (n for n, path in enumerate(wire.paths()) if path == "/robots.txt")
    assert first < second, ended
    after = set(wire.paths()[second:]) - {"/robots.txt"}
    assert bool(after) == goes_on, "what waited for its turn waited in vain"
    ends = book.ask("SELECT outcome, url FROM frontier")
    forbidden = {url.removeprefix(wire.url) for outcome, url in ends if outcome == "disallowed"}
    assert bool(forbidden) != goes_on, ended
    assert not forbidden & set(wire.paths())
    assert None not in dict(ends)
