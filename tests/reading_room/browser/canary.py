"""A server to which every name but the room's own leads: whatever calls away, arrives here."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHROMIUMS = ("google.com", "*.google.com", "*.googleapis.com", "*.gstatic.com", "*.gvt1.com")


class Canary(socketserver.ThreadingTCPServer):
    """Keeps the first bytes of whatever connects."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Heard)
        self.heard: list[bytes] = []

    @property
    def rules(self) -> str:
        """What makes Chromium take every name for this server, but those that it calls itself."""
        own = (f"MAP {name} ^NOTFOUND" for name in _CHROMIUMS)
        return ", ".join([*own, f"MAP * 127.0.0.1:{self.server_address[1]}", "EXCLUDE 127.0.0.1"])


_PAGE = b'<!doctype html><link rel="icon" href="data:,">'
"""A page that has its icon, so that the browser does not come back for one when nobody waits."""
_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_PAGE), _PAGE)
)


class _Heard(socketserver.BaseRequestHandler):
    server: Canary

    def handle(self) -> None:
        self.server.heard.append(b"a connection")  # one that says nothing calls away as well
        self.request.settimeout(2)
        with suppress(OSError):
            if said := self.request.recv(200):
                self.server.heard.append(said)
            self.request.sendall(_ANSWER)


@contextmanager
def listening() -> Iterator[Canary]:
    with Canary() as canary:
        thread = threading.Thread(target=canary.serve_forever, daemon=True)
        thread.start()
        yield canary
        canary.shutdown()
        thread.join(5)
