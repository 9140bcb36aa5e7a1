"""The recorder: one crawl as it writes. What it is given is written in batches, each of them one
transaction, so that a crash loses at most the open batch and leaves nothing half-written."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from storage import crashing, leases
from storage.article import ArticleKey
from storage.engine import in_our_words
from storage.guard import Guard
from storage.history import GONE_AFTER
from storage.rereading import Mended, Reader, reread_article
from storage.schema import crawls, frontier
from storage.site_locks import SiteLocks
from storage.storable import storable
from storage.values import ATTACHMENT, Recordable
from storage.writers import Scope, journal, write_all
from storage.writers.books import close_books, keep_books
from storage.writers.settling import settle

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Todo:
    """An address of an interrupted crawl that has no outcome yet."""

    url: str
    kind: str
    cms_id: str | None
    listed_title: str | None


@dataclass(frozen=True, slots=True)
class Closed:
    """How a crawl ended: addresses by outcome, the files of articles by theirs, and why it is
    held, None where it is not."""

    outcomes: Mapping[str, int]
    unended: int
    held_because: str | None
    files: Mapping[str, int] = field(default_factory=dict)


class Recorder:
    """Records one crawl. Not for more than one thread.

    `batch` values, or `batch_s` seconds since the last flush, make a transaction.
    """

    def __init__(
        self,
        engine: Engine,
        url: str,
        crawl_id: int,
        clock: Clock,
        locks: SiteLocks,
        *,
        batch: int = 200,
        batch_s: float = 1.0,
        guard: Guard | None = None,
    ) -> None:
        self.crawl_id = crawl_id
        self._engine = engine
        self._url = url
        self._clock = clock
        self._locks = locks
        self._batch = batch
        self._batch_s = batch_s
        self._guard = guard or Guard()
        self._waiting: list[Recordable] = []
        self._flushed_at = monotonic()
        crashing.arm()
        crashing.at("crawl.begun")

    def add(self, value: Recordable) -> None:
        """Take a value in; it is durable after the next flush. Raises ArchiveError."""
        self._waiting.append(storable(value))
        if len(self._waiting) >= self._batch or monotonic() - self._flushed_at >= self._batch_s:
            self.flush()

    def take(self, values: Iterable[Recordable]) -> None:
        """Take values in without writing them yet."""
        self._waiting += map(storable, values)

    def flush(self) -> None:
        """Write all that waits, in one transaction. Raises ArchiveError; nothing is lost then:
        what waits goes on waiting."""
        if self._waiting:
            with in_our_words(self._url), self._engine.begin() as connection:
                crashing.at("flush.begun")
                self._locks.keep()
                self._write_waiting(connection)
                crashing.at("flush.booked")
            crashing.at("flush.committed")
            self._waiting.clear()
        self._flushed_at = monotonic()

    def reread(self, key: ArticleKey, reader: Reader, version: str) -> Mended:
        """Read an article's earlier captures again where another reader than `version` read them,
        so that a newer reader's reading is compared with its like. Raises ArchiveError."""
        self.flush()
        with in_our_words(self._url), self._engine.begin() as connection:
            scope = Scope(connection, self.crawl_id, self._clock(), GONE_AFTER)
            article_id = scope.article_id(key, "", self._clock(), None)
            return reread_article(scope, article_id, reader, version)

    def todo(self) -> list[Todo]:
        """Addresses decided on that have no outcome yet: what an interrupted crawl left."""
        self.flush()
        query = select(
            frontier.c.url, frontier.c.kind, frontier.c.cms_id, frontier.c.listed_title
        ).where(frontier.c.crawl_id == self.crawl_id, frontier.c.outcome.is_(None))
        with in_our_words(self._url), self._engine.begin() as connection:
            return [Todo(*row) for row in connection.execute(query)]

    def done(self) -> frozenset[str]:
        """Addresses that have their outcome in this crawl already, before it was interrupted."""
        query = select(frontier.c.url).where(
            frontier.c.crawl_id == self.crawl_id, frontier.c.outcome.is_not(None)
        )
        with in_our_words(self._url), self._engine.begin() as connection:
            return frozenset(connection.scalars(query))

    def close(self, finish_reason: str, stats: Mapping[str, Any]) -> Closed:
        """Settle and end the crawl, and give the site back. One that was `interrupted` is not
        settled: it goes on where it stopped. Raises ArchiveError; nothing is lost then."""
        with in_our_words(self._url), self._engine.begin() as connection:
            crashing.at("close.begun")
            scope = self._write_waiting(connection)
            crashing.at("close.written")
            going_on = finish_reason == "interrupted"
            held = None if going_on else settle(scope, self._guard)
            crashing.at("close.settled")
            closed = self._closed(connection, held)
            if not going_on:
                self._end(scope, finish_reason, stats, closed)
                crashing.at("close.ended")
                close_books(scope.connection, self.crawl_id)
            crashing.at("close.booked")
            leases.release(connection, self.crawl_id)
        crashing.at("close.committed")
        self._waiting.clear()
        with in_our_words(self._url):
            self._locks.release(self.crawl_id)
        crashing.at("close.released")
        return closed

    def _write_waiting(self, connection: Connection) -> Scope:
        scope = Scope(connection, self.crawl_id, self._clock(), GONE_AFTER)
        write_all(scope, self._waiting)
        crashing.at("flush.written")
        keep_books(scope.connection, scope.met)
        leases.renew(connection, self.crawl_id)
        return scope

    def _closed(self, connection: Connection, held: str | None) -> Closed:
        rows = connection.execute(
            select(frontier.c.kind, frontier.c.outcome, func.count())
            .where(frontier.c.crawl_id == self.crawl_id)
            .group_by(frontier.c.kind, frontier.c.outcome)
            .order_by(frontier.c.kind, frontier.c.outcome)
        )
        counts: dict[bool, Counter[str | None]] = {False: Counter(), True: Counter()}
        for kind, outcome, count in rows:
            counts[kind == ATTACHMENT][outcome] += count
        unended = sum(each.pop(None, 0) for each in counts.values())
        outcomes, files = (_named(counts[of_file]) for of_file in (False, True))
        return Closed(outcomes, unended, held, files)

    def _end(self, scope: Scope, reason: str, stats: Mapping[str, Any], closed: Closed) -> None:
        told = dict(stats) | {"outcomes": dict(closed.outcomes), "unended": closed.unended}
        if closed.files:
            told["files"] = dict(closed.files)
        if closed.held_because:
            told["held_because"] = closed.held_because
        scope.connection.execute(
            update(crawls)
            .where(crawls.c.id == self.crawl_id)
            .values(
                finished_at=scope.recorded_at,
                finish_reason=reason,
                held=closed.held_because is not None,
                stats=told,
            )
        )
        journal.forget(scope)


def _named(counts: Mapping[str | None, int]) -> dict[str, int]:
    return {outcome: count for outcome, count in counts.items() if outcome is not None}
