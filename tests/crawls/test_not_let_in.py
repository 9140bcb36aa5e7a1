"""Not let in: whatever a site says, a crawl connects to public addresses of its sites only."""

import itertools
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from crawler.addresses import is_public
from replica import World
from tests.crawls.conftest import ROOT, Book, Crawl, night
from tests.crawls.wire import Line, Way, wired

SMALL = World(seed=7, size=0.1)

# Loopback, spelt so that whoever compares texts does not see it. {port} is the canary's.
_LOOPBACK = """
http://127.0.0.1:{port}/ http://127.0.0.2:{port}/ http://127.255.255.254:{port}/ http://127.1:{port}/
http://127.0.1:{port}/ http://2130706433:{port}/ http://017700000001:{port}/ http://0x7f000001:{port}/
http://0x7F.0.0.1:{port}/ http://0x7f.1:{port}/ http://0177.0.0.1:{port}/ http://0177.0.0.01:{port}/
http://127.0.0.01:{port}/ http://0177.0x0.0.1:{port}/ http://127.0.0.1.:{port}/ http://0.0.0.0:{port}/
http://0:{port}/ http://localhost:{port}/ http://LOCALHOST:{port}/ http://localhost.:{port}/
http://a.localhost:{port}/ http://user:pass@127.0.0.1:{port}/ http://www.example.gov.cn@127.0.0.1:{port}/
http://127.0.0.1:{port}#@www.example.gov.cn/ http://127.0.0.1:{port}\\@www.example.gov.cn/
http://[::1]:{port}/ http://[0:0:0:0:0:0:0:1]:{port}/ http://[0000::0001]:{port}/ http://[::]:{port}/
http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]:{port}/ http://[::127.0.0.1]:{port}/
http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/ http://[64:ff9b::127.0.0.1]:{port}/
http://[64:ff9b::7f00:1]:{port}/ http://[2002:7f00:1::]:{port}/ http://[::1%25lo]:{port}/
http://１２７.０.０.１:{port}/ http://①②⑦.⓪.⓪.①:{port}/ http://127。0。0。1:{port}/
http://127%2E0.0.1:{port}/ http://%31%32%37.0.0.1:{port}/ http://lOcAlHoSt%2E:{port}/
"""
_ELSEWHERE = """
http://10.0.0.1/ http://172.16.0.1/ http://192.168.1.1/ http://169.254.169.254/latest/meta-data/
http://100.64.0.1/ http://192.0.0.8/ http://192.88.99.1/ http://198.18.0.1/ http://224.0.0.1/
http://240.0.0.1/ http://255.255.255.255/ http://[fe80::1]/ http://[fc00::1]/ http://[fec0::1]/
http://[ff02::1]/ http://[::ffff:169.254.169.254]/ http://[64:ff9b:1::1]/ http://[2001:db8::1]/
http://2852039166/ http://0xa9fea9fe/
"""
_OTHER_SCHEMES = """
file:///etc/passwd file://localhost/etc/passwd ftp://127.0.0.1:{port}/ data:text/html,hello
s3://bucket/key gopher://127.0.0.1:{port}/ FILE:///etc/passwd
"""


LOOPBACK, ELSEWHERE = _LOOPBACK.split(), _ELSEWHERE.split()
OTHER_SCHEMES = _OTHER_SCHEMES.split()


class Canary:
    """Listens where nobody has any business, on IPv4 and IPv6, and counts who comes."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        self.port = 0
        self._listening: list[socket.socket] = []
        self._stopped = Event()

    def sing(self) -> None:
        for family, address in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::1")):
            listening = socket.socket(family)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((address, self.port))
            listening.listen()
            listening.settimeout(0.1)
            self.port = listening.getsockname()[1]
            self._listening.append(listening)
            Thread(target=self._accept, args=(listening,), daemon=True).start()

    def _accept(self, listening: socket.socket) -> None:
        while not self._stopped.is_set():
            try:
                caller, _ = listening.accept()
            except (TimeoutError, OSError):
                continue
            self.hits.append(caller.getsockname()[0])
            caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            caller.close()

    def hush(self) -> None:
        self._stopped.set()
        for listening in self._listening:
            listening.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    made.sing()
    yield made
    made.hush()


def ask(urls: list[str], environment: dict[str, str], *arguments: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawls.asking", *arguments],
        cwd=ROOT,
        env=environment | {"CUNZHENG_TIMEOUT": "3", "CUNZHENG_RETRIES": "0"},
        input=json.dumps(urls),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.fault("4.22")
def test_no_spelling_of_a_private_address_is_connected_to(
    canary: Canary, environment: dict[str, str], score
) -> None:
    urls = [url.format(port=canary.port) for url in LOOPBACK + ELSEWHERE + OTHER_SCHEMES]
    assert len(set(urls)) == len(urls) > 60
    told = ask(urls, environment | {"ALLOW_PRIVATE_ADDRESSES": "0"})
    assert set(told) == set(urls), "each ends"
    assert {url: said for url, said in told.items() if said.startswith("answered")} == {}
    assert canary.hits == []
    score(trials=len(urls), worst={"connections": len(canary.hits)})

    heard = ask([f"http://127.0.0.1:{canary.port}/"], environment)
    assert list(heard.values()) == ["answered: 200"], "the canary sings where it may"
    assert canary.hits == ["127.0.0.1"]


def away(location: str) -> Way:
    async def way(line: Line) -> None:
        line.whole("302 Found", b"", Location=location)

    return way


def offering(location: str) -> Way:
    """The files of the article lie at `location`."""

    async def way(line: Line) -> None:
        lead = location.encode()
        page = line.page.replace(b'href="/attach/', b'href="' + lead + b"attach/")
        line.whole(body=page.replace(b'href="/module/', b'href="' + lead + b"module/"))

    return way


@pytest.mark.fault("4.22", "4.22a")
@pytest.mark.trap("0.5")
def test_a_site_leads_nobody_to_a_private_address(
    canary: Canary, crawl: Crawl, book: Book, environment: dict[str, str]
) -> None:
    """By redirects, robots.txt, files and links. The site itself stands on 127.0.0.1, which alone
    is allowed; the canary sings on all the others."""
    spelt = [
        url.format(port=canary.port)
        for url in LOOPBACK
        if "127.0.0.2" in url or "127.255" in url or "::" in url or "0.0.0.0" in url
    ]
    only = {"ALLOW_PRIVATE_ADDRESSES": "127.0.0.1", "CUNZHENG_RETRIES": "0"}
    with wired(World(seed=7, size=0.35)) as wire:
        paths = wire.articles()
        wire.ways = dict(zip(paths, map(away, spelt), strict=False))
        rest = paths[len(spelt) :]
        wire.ways |= dict(zip(rest, map(offering, itertools.cycle(spelt)), strict=False))
        ended = crawl("hanweb", url=wire.url, clock=night(1), env=only)
        outcomes = book.ask("SELECT kind, url, outcome FROM frontier")
        led = [
            outcome for _, url, outcome in outcomes if url[len(wire.url) :] in paths[: len(spelt)]
        ]
        files = [outcome for kind, _, outcome in outcomes if kind == "attachment"]
        assert None not in [outcome for _, _, outcome in outcomes], ended
        assert len(led) == len(spelt)
        assert set(led) <= {"disallowed", "off-site", "failed"}
        assert len(files) > 5
        assert set(files) == {"disallowed"}

        wire.ways = {"/robots.txt": away(spelt[0])}
        assert crawl("hanweb", url=wire.url, env=only, resume="0").code in (8, 9)
    assert canary.hits == []


@pytest.mark.fault("4.22")
def test_a_name_that_leads_to_another_address_the_second_time_is_refused(
    environment: dict[str, str],
) -> None:
    """Rebinding: what counts is the address that is connected to, each time."""
    from twisted.internet.defer import Deferred

    from crawler.guard import GuardResolver

    answers = iter(["93.184.216.34", "127.0.0.1"])
    resolver = GuardResolver(_Threads(answers), 0, 1.0)  # type: ignore[arg-type]
    found: list[object] = []
    for _ in range(2):
        looked: Deferred[str] = resolver.getHostByName("rebinds.example.cn")
        looked.addCallbacks(found.append, lambda failure: found.append(failure.value))
    assert found[0] == "93.184.216.34"
    assert "private" in str(found[1])


class _Threads:
    """A reactor of which the resolver needs that it looks up names in a thread, and timers."""

    def __init__(self, answers: Iterator[str]) -> None:
        self._answers = answers

    def getThreadPool(self) -> "_Threads":  # noqa: N802
        return self

    def callInThreadWithCallback(self, done, work, *arguments) -> None:  # noqa: N802
        done(True, next(self._answers))

    def callFromThread(self, work, *arguments) -> None:  # noqa: N802
        work(*arguments)

    def callLater(self, *_: object) -> "_Threads":  # noqa: N802
        return self

    def cancel(self) -> None:
        pass

    def active(self) -> bool:
        return False


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2400:3200::1", "64:ff9b::8.8.8.8", "2002:808:808::"]
)
def test_public_addresses_are_let_through(address: str) -> None:
    assert is_public(address)


def listening_of(pid: int) -> list[str]:
    """The sockets on which a process listens, by the kernel's own account."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        target = str(link.readlink()) if link.is_symlink() else ""
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    rows = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for row in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            parts = row.split()
            if parts[3] in ("0A", "07") and parts[9] in inodes:
                rows.append(f"{table} {parts[1]}")
    return rows


async def slowly(line: Line) -> None:
    import asyncio

    await asyncio.sleep(2)
    line.whole()


@pytest.mark.fault("4.31")
def test_no_door_is_open_while_a_crawl_runs(environment: dict[str, str]) -> None:
    with wired(SMALL) as wire:
        path = wire.articles()[0]
        wire.ways[path] = slowly
        crawling = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "hanweb", "-a", f"url={wire.url}"],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while path not in wire.paths():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        open_doors = listening_of(crawling.pid)
        said = crawling.communicate(timeout=180)[0]
    assert crawling.returncode == 0, said
    assert open_doors == []
