"""How the crawl stories are told: real commands, in a process of their own, on a real archive."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.crawls import nursery
from tests.crawls.ended import Ended
from tests.places import Database, File, Place
from tests.postgres.server import Server

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Book:
    """An archive as anyone may open it: with the database alone."""

    place: Place

    @property
    def url(self) -> str:
        return self.place.url

    @property
    def path(self) -> Path:
        """The file, in stories of SQLite alone."""
        assert isinstance(self.place, File)
        return self.place.path

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.place.ask(query, values)

    def count(self, table: str) -> int:
        return self.ask(f"SELECT count(*) FROM {table}")[0][0]


on_both = pytest.mark.parametrize("on", ["sqlite", "postgresql"])
"""Before a story that is told on both databases."""


@pytest.fixture
def on() -> str:
    """The database of a story."""
    return "sqlite"


@pytest.fixture
def book(on: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Book]:
    if on == "sqlite":
        shutil.copy(request.getfixturevalue("blank"), tmp_path / "archive.db")
        yield Book(File(tmp_path / "archive.db"))
        return
    server: Server = request.getfixturevalue("postgres")
    blank: str = request.getfixturevalue("blank_database")
    with closing(Database(server, server.new(blank))) as database:
        yield Book(database)
    server.drop(database.name)


@pytest.fixture
def environment(book: Book) -> dict[str, str]:
    return os.environ | {
        "ARCHIVE_URL": book.url,
        "ALLOW_PRIVATE_ADDRESSES": "1",
        "CUNZHENG_DELAY": "0.001",
        "CUNZHENG_TIMEOUT": "10",
        "PYTHONWARNINGS": "default",
    }


Crawl = Callable[..., Ended]


@pytest.fixture
def crawl(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """`crawl("hanweb", url=…, clock=…)`: one `scrapy crawl` as an operator would run it."""
    kept = tmp_path_factory.mktemp("said")

    def run(
        spider: str, *, clock: str = "", env: dict[str, str] | None = None, **arguments: Any
    ) -> Ended:
        given = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
        command = ["scrapy", "crawl", spider, *given]
        told = environment | {"CLOCK": clock} | (env or {})
        return nursery.run(command, told, ROOT, kept, limit_s=120)

    return run


def night(day: int, hour: int = 2) -> str:
    """The instant at which the crawl of a simulated day begins."""
    return f"2022-03-{day:02}T{hour:02}:00:00+08:00"


@pytest.fixture
def plain_server() -> Iterator[str]:
    """A web server of somebody else's: one plain page at every address."""

    class Plain(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b"<html><title>Welcome</title><body>Nothing of yours.</body></html>"
            self.send_response(404 if self.path == "/robots.txt" else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Plain) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
