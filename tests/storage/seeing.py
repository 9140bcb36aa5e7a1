"""What crawls of an invented site saw, and an archive, with a clock, to tell it to."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from storage.archive import Archive
from storage.article import Article, ArticleKey
from storage.judging import Absence, Outcome
from storage.recorder import Closed, Recorder
from storage.values import Captured, Listed, Placed, Recordable, Walked, Wanted
from tests.places import File, Place

only_sqlite = pytest.mark.parametrize("kind", ["sqlite"])
only_postgresql = pytest.mark.parametrize("kind", ["postgresql"])
"""Before a story that is of one database alone."""

HOST = "www.example.gov.cn"
JAN, FEB, MAR, APR = (datetime(2026, month, 10, 2, 0, tzinfo=UTC) for month in (1, 2, 3, 4))
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NOTICES, POLICIES = "11", "12"

NOTICE = Article(title="关于节水的通知", body="各单位：\n请节约用水。", published="2026-01-09")
EDITED = Article(title="关于节水的通知", body="各单位：\n应当节约用水。", published="2026-01-09")


def address(cms_id: str, channel: str = NOTICES, host: str = HOST) -> str:
    return f"http://{host}/art/2026/1/9/art_{channel}_{cms_id}.html"


def look(
    what: Article | Absence, at: datetime, cms_id: str = "1001", host: str = HOST, **more: Any
) -> Captured:
    """One capture of an article: its content, or a sign of its absence."""
    there = isinstance(what, Article)
    values: dict[str, Any] = {
        "url": address(cms_id, host=host),
        "captured_at": at,
        "status": 200 if there else 404,
        "headers": {"Content-Type": "text/html"},
        "payload": repr(what).encode("utf-8", "replace"),
        "page_kind": "article" if there else "error",
        "reader": "seeing/1",
        "key": ArticleKey(host, cms_id),
        "article": what if there else None,
        "absence": None if there else what,
    }
    return Captured(**values | more)


def channel_page(at: datetime, host: str = HOST) -> Captured:
    """A page that was read well: the host is healthy."""
    return Captured(
        url=f"http://{host}/col/col{NOTICES}/index.html",
        captured_at=at,
        status=200,
        headers={},
        payload=b"<html>channel</html>",
        page_kind="channel",
        reader="seeing/1",
        outcome=Outcome.READ,
    )


def wanted(cms_id: str, at: datetime, host: str = HOST) -> Wanted:
    return Wanted(
        url=address(cms_id, host=host), kind="article", key=ArticleKey(host, cms_id), at=at
    )


def entry(
    cms_id: str,
    title: str | None = None,
    on: date | None = date(2026, 1, 9),
    channel: str = NOTICES,
    url: str | None = None,
) -> Placed:
    key = ArticleKey(HOST, cms_id)
    return Placed(key, url or address(cms_id, channel), title or f"条目{cms_id}", on)


def walk(at: datetime, *entries: Placed, channel: str = NOTICES, whole: bool = True) -> list[Any]:
    """One walk over a channel whose list is one page."""
    ours = [placed for placed in entries if placed.key]
    return [
        Listed(host=HOST, channel=channel, at=at, entries=entries),
        Walked(
            host=HOST,
            channel=channel,
            walked_at=at,
            claimed_total=len(entries),
            entries_seen=len(entries),
            articles_seen=len(ours),
            repeats=0,
            off_site=len(entries) - len(ours),
            pages=1,
            stop_reason="the claimed total is reached",
            verdict="complete" if whole else "failed",
            whole=whole,
        ),
    ]


@dataclass
class Told:
    """An archive to which crawls are told; what it holds is asked with the database alone."""

    place: Place
    now: datetime = JAN
    archive: Archive = field(init=False)

    def __post_init__(self) -> None:
        self.archive = Archive.open(self.url, clock=lambda: self.now)
        if isinstance(self.place, File):
            # No story here cuts the power: waiting for the disk would only take time.
            self.archive.engine.dispose()
            event.listen(self.archive.engine, "connect", _without_waiting)

    @property
    def url(self) -> str:
        return self.place.url

    def rest(self) -> None:
        """Give all connections back; the next question or crawl takes new ones."""
        self.archive.close()
        self.place.close()

    @property
    def path(self) -> Path:
        """The file, in stories of SQLite alone."""
        assert isinstance(self.place, File)
        return self.place.path

    def begin(
        self, at: datetime | None = None, *, host: str = HOST, resume: bool = True
    ) -> Recorder:
        self.now = at or self.now
        return self.archive.crawl("hanweb", f"http://{host}/", [host], resume=resume)

    def crawl(self, at: datetime, *values: Recordable, host: str = HOST) -> Closed:
        """One whole crawl that began at `at` and saw these things on a healthy host."""
        crawl = self.begin(at, host=host)
        for value in (channel_page(at, host), *values):
            crawl.add(value)
        self.now = at + 10 * MINUTE
        return crawl.close("finished", {})

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.place.ask(query, values)

    def one(self, query: str, *values: Any) -> Any:
        return self.ask(query, *values)[0][0]

    def events(self, cms_id: str = "1001") -> list[str]:
        rows = self.ask(
            "SELECT kind FROM events JOIN articles a ON a.id = article_id "
            "WHERE a.cms_id = ? ORDER BY at, events.id",
            cms_id,
        )
        return [row[0] for row in rows]

    def evidence(self, kind: str) -> list[dict[str, Any]]:
        rows = self.ask("SELECT evidence FROM events WHERE kind = ? ORDER BY id", kind)
        return [json.loads(row[0]) for row in rows]

    def state(self, cms_id: str = "1001") -> str:
        return str(self.one("SELECT state FROM articles WHERE cms_id = ?", cms_id))

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """All histories, without ids: equal dumps hold the same."""
        return {name: sorted(self.ask(query), key=repr) for name, query in _DUMP.items()}


def _without_waiting(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


_DUMP = {
    "articles": """
        SELECT cms_id, state, versions, title, published, first_captured_at, last_captured_at,
               absent_since, last_sighting_at FROM articles""",
    "versions": """
        SELECT a.cms_id, v.number, v.digest, v.first_captured_at, v.last_captured_at, f.captured_at
        FROM versions v JOIN articles a ON a.id = v.article_id
        JOIN capture_facts f ON f.id = v.first_capture_id AND f.article_id = a.id""",
    "captures": """
        SELECT a.cms_id, c.captured_at, c.outcome, c.absence, v.number, v.digest
        FROM captures c LEFT JOIN articles a ON a.id = c.article_id
        LEFT JOIN versions v ON v.id = c.version_id WHERE c.article_id IS NOT NULL""",
    "events": """
        SELECT a.cms_id, e.at, e.kind, new.number, old.number, e.fields, e.evidence, f.captured_at
        FROM events e JOIN articles a ON a.id = e.article_id
        LEFT JOIN version_spans new ON new.id = e.version_id
        LEFT JOIN version_spans old ON old.id = e.previous_version_id
        LEFT JOIN capture_facts f ON f.id = e.capture_id""",
}
