"""A lean server for the corpus, a process of its own: `python -m benchmarks.crawling.server 5000`.

It says its address and then its articles' paths on standard output. What it has answered once it
answers from memory: about 0.03 ms a request, so that it is never what is measured.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

from benchmarks.crawling.corpus import article_paths, heavy, heavy_site
from replica.site import Site

_CRLF2 = b"\r\n\r\n"


class Kept:
    """The site's answers as bytes on the wire, by method, address and form."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[tuple[bytes, bytes], bytes] = {}

    def __call__(self, target: bytes, form: bytes) -> bytes:
        known = self._known.get((target, form))
        if known is None:
            known = self._known[target, form] = self._made(target.decode(), form.decode())
        return known

    def _made(self, target: str, form: str) -> bytes:
        parts = urlsplit(target)
        given = heavy(self._site, parts.path, dict(parse_qsl(f"{parts.query}&{form}")))
        return on_the_wire(given.status, given.headers, given.body)


def on_the_wire(status: int, headers: Mapping[str, str], body: bytes) -> bytes:
    """A whole answer, with its head."""
    told = {"Content-Length": str(len(body)), "Server": "replica", **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} Answer\r\n{lines}\r\n".encode("latin-1") + body


class Door(asyncio.Protocol):
    """One connection: requests in, answers out, kept alive. An answer is made of the request's
    target and its form."""

    def __init__(self, kept: Callable[[bytes, bytes], bytes]) -> None:
        self._kept = kept
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(_CRLF2)) >= 0:
            head, rest = self._read[:end], self._read[end + len(_CRLF2) :]
            length = _length(head)
            if len(rest) < length:
                return
            self._transport.write(self._kept(head.split(b" ", 2)[1], rest[:length]))
            self._read = rest[length:]


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def _serve(articles: int) -> None:
    site = heavy_site(articles, "")
    kept = Kept(site)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Door(kept), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    site.url = f"http://{host}:{port}"
    paths = article_paths(site)
    for path in paths:
        kept(path.encode(), b"")
    print(site.url, *paths, sep="\n", flush=True)
    print(flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
