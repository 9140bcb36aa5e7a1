"""An archive that holds the whole site: filled by the recorder once, and used again.

What is held of an article is what its page says, as the reader would read it; the lists are then
walked by a real crawl, to their ends. A site's name has its port in it, so that the archive is of
one port, and is made anew where another program has taken that.
"""

import socket
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.night.site import CHANNELS, article, cms_id, column, page, path_of
from crawler.reading import READER
from storage import migrations
from storage.archive import Archive
from storage.article import ArticleKey
from storage.engine import opened
from storage.values import Captured, ChannelSeen, Recordable, SiteSeen, Wanted

FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "night"
FIRST = datetime(2026, 3, 2, 18, tzinfo=UTC)
"""The night on which all was captured. On the next one the lists are walked."""

_ORIGINS: Mapping[str, str] = {
    "title": "meta", "published": "meta", "source": "meta", "body": "walker:plain"
}  # fmt: skip
_HEADERS = {"Content-Type": "text/html; charset=utf-8", "Server": "replica"}


def kept(articles: int, folder: Path = FOLDER) -> tuple[Path, int, bool]:
    """The archive that holds so many articles, the port that it is of, and whether its lists are
    to be walked yet; filled where there is none."""
    for found in sorted(folder.glob(f"{articles}-*.db")):
        port = int(found.stem.split("-")[1])
        if _free(port):
            with opened(f"sqlite:///{found}") as engine, engine.begin() as connection:
                migrations.upgrade(connection)
            return found, port, False
    port = any_port()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{articles}-{port}.half"
    path.unlink(missing_ok=True)
    fill(f"sqlite:///{path}", articles, port)
    return path, port, True


def fill(url: str, articles: int, port: int) -> None:
    """Let the archive at `url`, a new one, hold the site on this port."""
    now = FIRST
    archive = Archive.open(url, lambda: now)
    host = f"127.0.0.1:{port}"
    with archive.record("hanweb", f"http://{host}/", [host]) as crawl:
        for value in _seen(articles, host):
            crawl.add(value)
            if isinstance(value, Captured) and value.key and value.key.cms_id.endswith("000"):
                print(f"filling: {value.key.cms_id}", file=sys.stderr, flush=True)
    archive.close()


def _seen(articles: int, host: str) -> Iterator[Recordable]:
    yield SiteSeen(host=host, name="示例市人民政府", generation="classic", at=FIRST)
    for channel in range(CHANNELS):
        named = column(channel)
        url = f"http://{host}/col/col{named}/index.html"
        yield ChannelSeen(host=host, cms_id=named, name=None, url=url, dialect="jpage", at=FIRST)
    for number in range(articles):
        yield from _captured(number, host)


def _captured(number: int, host: str) -> Iterator[Recordable]:
    key, url = ArticleKey(host, cms_id(number)), f"http://{host}{path_of(number)}"
    at = FIRST + timedelta(seconds=number // 100)
    yield Wanted(url=url, kind="article", key=key, at=at)
    yield Captured(
        url=url,
        captured_at=at,
        status=200,
        headers=_HEADERS,
        payload=page(number),
        page_kind="article",
        reader=READER,
        key=key,
        article=article(number),
        origins=_ORIGINS,
    )


def _free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return tried.connect_ex(("127.0.0.1", port)) != 0


def any_port() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port
