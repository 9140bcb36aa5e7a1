"""A site on the wire: the replica's pages, sent as bytes, so that any of them can go out broken."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import parse_qsl, urlsplit

from replica import World
from replica.answers import answer
from replica.kinds import KINDS
from replica.site import Site


@dataclass(frozen=True)
class Asked:
    """One request as it came: when, for what, with which headers, beside how many others."""

    at: float
    path: str
    headers: dict[str, str]
    beside: int


class Line:
    """The server's end of one connection."""

    def __init__(self, writer: asyncio.StreamWriter, page: bytes, page_type: str) -> None:
        self._writer = writer
        self.page = page
        self.page_type = page_type

    def send(self, data: bytes) -> None:
        self._writer.write(data)

    async def sent(self) -> None:
        await self._writer.drain()

    def head(self, status: str = "200 OK", **headers: str) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {self.page_type}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send("\r\n".join([*lines, "", ""]).encode("latin-1"))

    def whole(self, status: str = "200 OK", body: bytes | None = None, **headers: str) -> None:
        body = self.page if body is None else body
        self.head(status, Content_Length=str(len(body)), **headers)
        self.send(body)

    def reset(self) -> None:
        """Cut the connection as a machine that crashes does: no goodbye."""
        transport = self._writer.transport
        transport.abort()


Way = Callable[[Line], Awaitable[None]]
"""How an address answers, instead of well. The connection is closed after it."""


@dataclass
class Wire:
    """A server that can be told how each path answers; `*` is for all others."""

    site: Site
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    ways: dict[str, Way] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    beside: int = 0

    @property
    def url(self) -> str:
        return self.site.url

    def paths(self) -> list[str]:
        return [request.path for request in self.asked]

    def articles(self) -> list[str]:
        """The paths of the articles that are published today."""
        prefix = len(self.url)
        today = self.site.world.on(self.site.day)
        return [
            self.site.article_url(article.number)[prefix:]
            for article in today.articles.values()
            if article.standing.name == "PUBLISHED"
        ]

    def addresses(self) -> dict[str, int]:
        """The numbers of these articles by the paths at which they stand, one a channel."""
        prefix, today = len(self.url), self.site.world.on(self.site.day)
        return {
            self.site.article_url(article.number, channel)[prefix:]: article.number
            for article in today.articles.values()
            if article.standing.name == "PUBLISHED"
            for channel in article.channels
        }

    def articles_asked(self) -> set[int]:
        """The numbers of those that were asked for, at whichever of their addresses."""
        addresses = self.addresses()
        return {addresses[path] for path in self.paths() if path in addresses}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while await self._one(reader, writer):
                pass
        writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        _, path, _ = head[0].split(" ", 2)
        headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
        headers = {name.title(): value for name, value in headers.items()}
        form = await reader.readexactly(int(headers.get("Content-Length", 0)))
        self.beside += 1
        self.asked.append(Asked(monotonic(), path, headers, self.beside))
        try:
            return await self._answer(path, form, writer)
        finally:
            self.beside -= 1

    async def _answer(self, path: str, form: bytes, writer: asyncio.StreamWriter) -> bool:
        parts = urlsplit(path)
        asked = dict(parse_qsl(parts.query) + parse_qsl(form.decode("latin-1")))
        given = answer(self.site, parts.path, asked)
        line = Line(writer, given.body, given.headers.get("Content-Type", "text/html"))
        way = self.ways.get(path) or self.ways.get(parts.path) or self.ways.get("*")
        if way is not None:
            await way(line)
            await writer.drain()
            return False
        extra = {n.replace("-", "_"): v for n, v in given.headers.items() if n != "Content-Type"}
        line.whole(f"{given.status} X", **extra)
        await writer.drain()
        return True


@contextmanager
def wired(
    world: World | None = None,
    *,
    kind: str = "jpage_web",
    host: str = "127.0.0.1",
    tls: ssl.SSLContext | None = None,
) -> Iterator[Wire]:
    """Serves a world on loopback while the context is open, from another thread."""
    wire = Wire(Site(world=world or World(), kind=KINDS[kind]), host, tls)
    with all_wired([wire]):
        yield wire


@contextmanager
def all_wired(wires: Sequence[Wire]) -> Iterator[None]:
    """The same for many sites, which one thread serves."""
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(lambda: asyncio.run(_until_stopped(wires, ready)))
        loop, stopped = ready.result(30)
        try:
            yield
        finally:
            loop.call_soon_threadsafe(stopped.set)
            running.result(10)


async def _until_stopped(wires: Sequence[Wire], ready: "Future[tuple]") -> None:
    stopped = asyncio.Event()
    servers = [await _listening(wire) for wire in wires]
    ready.set_result((asyncio.get_running_loop(), stopped))
    await stopped.wait()
    for server in servers:
        server.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()


async def _listening(wire: Wire) -> asyncio.Server:
    server = await asyncio.start_server(wire.serve, wire.host, 0, ssl=wire.tls)
    scheme = "https" if wire.tls else "http"
    wire.site.url = f"{scheme}://{wire.host}:{server.sockets[0].getsockname()[1]}"
    return server
