"""Writing many captures at once: the rows of a night, a statement a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, func, select, text, update

from benchmarks.stock.plan import READER, host
from benchmarks.stock.rows import Made, Row, placed
from storage import fulltext
from storage.bodies import Base, as_kept
from storage.schema import (
    articles,
    capture_facts,
    capture_readings,
    channels,
    contents,
    edits,
    events,
    frontier,
    listing_journal,
    payloads,
    placements,
    sites,
    tellings,
    version_spans,
)
from storage.values import Placed
from storage.writers.before import Before
from storage.writers.tellings import page_told, telling_digest

_COUNTED = (articles, contents, capture_facts, version_spans, tellings)


@dataclass(frozen=True, slots=True)
class Stands:
    """The latest version of an article: its rows' ids, and what its body is kept with."""

    article_id: int
    version_id: int
    content_id: int
    base: Base


class Writing:
    """Writes the nights of one archive, in order."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._stands: dict[int, Stands] = {}

    def write(self, made: Iterable[list[Made]], crawl_id: int, night: int, at: datetime) -> None:
        """Write what a night showed at one site."""
        for some in made:
            with self._engine.begin() as connection:
                self._write(connection, some, crawl_id, night, at)

    def _write(
        self, connection: Connection, some: list[Made], crawl_id: int, night: int, at: datetime
    ) -> None:
        if not some:
            return
        rows = _Rows(crawl_id, night, at, _next_ids(connection), _columns(connection, some))
        for each in some:
            number = each.told.number
            self._stands[number] = rows.add(each, self._stands.get(number))
        rows.write(connection)
        _let_go_on(connection)


class _Rows:
    """The rows of some captures, table by table."""

    def __init__(
        self,
        crawl_id: int,
        night: int,
        at: datetime,
        ids: dict[Table, int],
        columns: dict[str, int],
    ) -> None:
        self.crawl_id = crawl_id
        self.night = night
        self.at = at
        self.ids = ids
        self.columns = columns
        self.new: dict[Table, list[Row]] = {}
        self.changed: list[Row] = []
        self.tokens: list[tuple[int, list[str]]] = []
        self.edit_tokens: list[tuple[int, list[str]]] = []

    def add(self, made: Made, before: Stands | None) -> Stands:
        """What stands of the article after this."""
        article_id = before.article_id if before else self._next(articles)
        content_id, version_id = self._next(contents), self._next(version_spans)
        capture_id = self._next(capture_facts)
        body: str = made.content["body"]
        kept = as_kept(body, before.base if before else None)
        rests = before.base if before and kept["base_id"] else Base(content_id, body)
        now = Stands(article_id, version_id, content_id, rests)
        if before is None:
            self._list(made, article_id)
        else:
            self.changed.append({"this": article_id} | self._shown(made))
            if made.edit is not None:
                self._edit(made, before, now)
        self._insert(payloads, made.payload)
        self._insert(contents, {"id": content_id} | made.content | kept)
        self.tokens.append((content_id, made.tokens))
        self._capture(made, capture_id, now)
        self._version(made, capture_id, before, now)
        return now

    def write(self, connection: Connection) -> None:
        order = (
            articles, placements, tellings, listing_journal, payloads, contents, capture_facts,
            version_spans, capture_readings, events, edits, frontier,
        )  # fmt: skip
        for table in order:
            if rows := self.new.get(table):
                connection.execute(table.insert(), rows)
        if self.changed:
            this = articles.c.id == bindparam("this")
            connection.execute(update(articles).where(this), self.changed)
        fulltext.write_all(connection, self.tokens)
        if self.edit_tokens:
            fulltext.write_all(connection, self.edit_tokens, fulltext.EDITS)

    def _next(self, table: Table) -> int:
        self.ids[table] += 1
        return self.ids[table]

    def _insert(self, table: Table, row: Row) -> None:
        self.new.setdefault(table, []).append(row)

    def _list(self, made: Made, article_id: int) -> None:
        told = made.told
        site_id, channel_id = self.columns[""], self.columns[_column(made)]
        unread = {"state": "present", "absent_since": None, "first_captured_at": self.at}
        known = {"site_id": site_id, "cms_id": told.key.cms_id, "url": told.url}
        self._insert(articles, {"id": article_id} | known | unread | self._shown(made))
        entry = {
            "article_id": article_id,
            "channel_id": channel_id,
            "url": told.url,
            "listed_title": told.texts[0].title,
            "listed_on": told.listed_on.isoformat(),
            "first_listed_at": self.at,
            "last_listed_at": self.at,
        }
        self._insert(placements, entry)
        self._tell(placed(told), channel_id)

    def _tell(self, entry: Placed, channel_id: int) -> None:
        """Each article is told by a page of its own, and taken in: something stood before."""
        said, telling_id = page_told([entry]), self._next(tellings)
        self._insert(tellings, {"id": telling_id, "digest": telling_digest(said), "told": said})
        row = {"crawl_id": self.crawl_id, "channel_id": channel_id, "at": self.at}
        before = Before().as_json()
        self._insert(listing_journal, row | {"telling_id": telling_id, "before": before})

    def _shown(self, made: Made) -> Row:
        return {
            "title": made.content["title"],
            "published": made.content["published"],
            "versions": self.night + 1,
            "last_captured_at": self.at,
            "last_sighting_at": self.at,
        }

    def _edit(self, made: Made, before: Stands, now: Stands) -> None:
        assert made.edit is not None
        what = {
            "version_id": now.version_id,
            "article_id": now.article_id,
            "before_content_id": before.content_id,
            "content_id": now.content_id,
            "at": self.at,
        }
        self._insert(edits, what | made.edit)
        if made.edit_tokens:
            self.edit_tokens.append((now.version_id, made.edit_tokens))

    def _capture(self, made: Made, capture_id: int, now: Stands) -> None:
        told = made.told
        fact = {
            "id": capture_id,
            "crawl_id": self.crawl_id,
            "article_id": now.article_id,
            "url": told.url,
            "captured_at": self.at,
            "recorded_at": self.at,
            "status": 200,
            "headers": {},
            "payload_digest": made.payload["digest"],
        }
        reading = {
            "capture_id": capture_id,
            "page_kind": "article",
            "outcome": self._outcome,
            "content_id": now.content_id,
            "version_id": now.version_id,
            "counted": True,
            "reader": READER,
        }
        wanted = {
            "crawl_id": self.crawl_id,
            "url": told.url,
            "kind": "article",
            "cms_id": told.key.cms_id,
            "listed_title": told.texts[0].title,
            "outcome": self._outcome,
            "added_at": self.at,
            "ended_at": self.at,
        }
        self._insert(capture_facts, fact)
        self._insert(capture_readings, reading)
        self._insert(frontier, wanted)

    def _version(self, made: Made, capture_id: int, before: Stands | None, now: Stands) -> None:
        span = {
            "id": now.version_id,
            "article_id": now.article_id,
            "number": self.night + 1,
            "content_id": now.content_id,
            "first_capture_id": capture_id,
            "first_captured_at": self.at,
            "last_captured_at": self.at,
        }
        event = {
            "article_id": now.article_id,
            "at": self.at,
            "kind": "edited" if before else "published",
            "version_id": now.version_id,
            "previous_version_id": before.version_id if before else None,
            "fields": list(made.fields),
            "evidence": {},
            "capture_id": capture_id,
        }
        self._insert(version_spans, span)
        self._insert(events, event)

    @property
    def _outcome(self) -> str:
        return "changed" if self.night else "new"


def _column(made: Made) -> str:
    """The CMS's id of the channel that lists an article, as its address names it."""
    return made.told.url.rpartition("art_")[2].partition("_")[0]


def _columns(connection: Connection, some: list[Made]) -> dict[str, int]:
    """The ids of a site's channels by the CMS's, and under "" that of the site."""
    of_site = sites.c.host == host(some[0].told.site)
    site_id = connection.scalar(select(sites.c.id).where(of_site))
    known = select(channels.c.cms_id, channels.c.id).where(channels.c.site_id == site_id)
    return {"": site_id or 0} | {row.cms_id: row.id for row in connection.execute(known)}


def _next_ids(connection: Connection) -> dict[Table, int]:
    return {table: connection.scalar(select(func.max(table.c.id))) or 0 for table in _COUNTED}


def _let_go_on(connection: Connection) -> None:
    """Sequences do not see the ids that were given: let them go on behind these."""
    if connection.dialect.name == "sqlite":
        return
    for name in (table.name for table in _COUNTED):
        highest: Any = f"(SELECT max(id) FROM {name})"
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {highest})")
        )
