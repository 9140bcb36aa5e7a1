"""The archive's front door: open it, record a crawl, read again what was recorded."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Self

from sqlalchemy import Connection, Engine, func, select, update

from storage import leases, migrations
from storage.crawl_questions import CrawlQuestions
from storage.engine import (
    BUSY_TIMEOUT_S,
    disposed_where_refused,
    in_our_words,
    open_engine,
    opened,
)
from storage.errors import ArchiveLocked, NoArchive
from storage.guard import Guard
from storage.history import GONE_AFTER
from storage.recorder import Clock, Recorder
from storage.releasing import BY_READER, Released, held_at, held_crawls, release
from storage.rereading import Mended, Reader, any_outdated, outdated_articles, reread_article
from storage.schema import crawls
from storage.site_locks import SiteLocks
from storage.writers import Scope, journal
from storage.writers.books import close_books
from storage.writers.edits import unweighed_articles, write_edits
from storage.writers.seals import seal_sites
from storage.writers.settling import judge_again, settle, settle_again, unsettled_crawls


def utc_now() -> datetime:
    return datetime.now(UTC)


def _leave_others_alone(url: str) -> None:
    """Raises ArchiveUnusable for another program's file, before a writer's manners alter it: WAL
    mode stays in a file."""
    try:
        with (
            opened(url, read_only=True) as reader,
            in_our_words(url),
            reader.connect() as connection,
        ):
            migrations.version_of(connection)
    except NoArchive:
        return


class Archive(CrawlQuestions):
    """An archive, opened. `engine` writes (None for a reader), `reader` only reads."""

    def __init__(
        self,
        url: str,
        engine: Engine | None,
        reader: Engine,
        clock: Clock,
        guard: Guard | None = None,
    ) -> None:
        super().__init__(url, reader, clock)
        self.guard = guard or Guard()
        self.engine = engine
        self._locks = SiteLocks(reader)

    @classmethod
    def open(
        cls,
        url: str,
        clock: Clock = utc_now,
        *,
        busy_timeout_s: float = BUSY_TIMEOUT_S,
        guard: Guard | None = None,
    ) -> Self:
        """Open for recording; an empty database becomes an archive. `guard` says when a crawl is
        held. Raises ArchiveError."""
        _leave_others_alone(url)
        engine = open_engine(url, busy_timeout_s=busy_timeout_s)
        with (
            disposed_where_refused(engine),
            in_our_words(url),
            engine.begin() as connection,
        ):
            if migrations.version_of(connection) is None:
                migrations.upgrade(connection)
            migrations.check(connection)
        return cls(url, engine, open_engine(url, read_only=True), clock, guard)

    @classmethod
    def consult(cls, url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Self:
        """Open for reading only. Raises ArchiveError where there is no archive, or another
        version's."""
        reader = open_engine(url, read_only=True, busy_timeout_s=busy_timeout_s)
        with (
            disposed_where_refused(reader),
            in_our_words(url),
            reader.connect() as connection,
        ):
            migrations.check(connection)
        return cls(url, None, reader, utc_now)

    def close(self) -> None:
        """Give the database back. The writer closes last: SQLite then leaves one file alone."""
        self._locks.close()
        for engine in (self.reader, self.engine):
            if engine is not None:
                engine.dispose()

    def crawl(
        self, spider: str, target: str, hosts: Iterable[str], *, resume: bool = True
    ) -> Recorder:
        """Begin a crawl, or go on with the same one where it was interrupted.

        `target` is what it crawls (an address, or a word for a selection), `hosts` the sites that
        it takes for itself. Raises ArchiveLocked where one of them is being crawled.
        """
        assert self.engine is not None, "this archive was opened for reading"
        with in_our_words(self.url), self.engine.begin() as connection:
            left = self._interrupted(connection, spider, target)
            while left and not resume:
                self._abandon(connection, left.pop(0))
            crawl_id = left[-1] if left else self._new_crawl(connection, spider, target)
            self._take(connection, hosts, crawl_id)
        return Recorder(self.engine, self.url, crawl_id, self.clock, self._locks, guard=self.guard)

    @contextmanager
    def record(self, spider: str, target: str, hosts: Iterable[str]) -> Iterator[Recorder]:
        """One crawl, recorded by a program: what it saw is given to `add`, and the crawl is settled
        where the block ends. One that an exception leaves goes on where it stopped, next time.
        Raises ArchiveLocked, as `crawl` does."""
        crawl, reason = self.crawl(spider, target, hosts), "interrupted"
        try:
            yield crawl
            reason = "finished"
        finally:
            crawl.close(reason, {})

    def take_host(self, host: str, crawl_id: int) -> None:
        """Take one more site for a crawl that has begun. Raises ArchiveLocked."""
        assert self.engine is not None, "this archive was opened for reading"
        with in_our_words(self.url), self.engine.begin() as connection:
            leases.take(connection, self._locks, host, crawl_id)

    def reread(
        self, reader: Reader, version: str, *, host: str | None = None, batch: int = 20
    ) -> Iterator[Mended]:
        """Read again all captures that another reader than `version` read; what came of each
        article. `batch` articles are one transaction; interrupted, it goes on where it stopped."""
        assert self.engine is not None, "this archive was opened for reading"
        after = 0
        while True:
            with in_our_words(self.url), self.engine.begin() as connection:
                found = outdated_articles(version, host, after, batch)
                ids = list(connection.scalars(found))
                scope = self._scope(connection, 0)
                mended = [reread_article(scope, id_, reader, version) for id_ in ids]
            yield from mended
            if not ids:
                break
            after = ids[-1]
        self._count_new_signals()
        self._judge_again()
        with in_our_words(self.url), self.engine.begin() as connection:
            seal_sites(connection)
        for _ in self.weigh_edits():
            pass

    def weigh_edits(self, batch: int = 100) -> Iterator[int]:
        """Weigh and index the edits of versions where that was not done yet, or by another rule;
        how many articles were looked at, `batch` a transaction."""
        assert self.engine is not None, "this archive was opened for reading"
        after = 0
        while True:
            with in_our_words(self.url), self.engine.begin() as connection:
                ids = list(connection.scalars(unweighed_articles(after, batch)))
                for id_ in ids:
                    write_edits(connection, id_)
            if not ids:
                return
            yield len(ids)
            after = ids[-1]

    def held_crawls(self) -> list[int]:
        """The ids of the crawls that are held, oldest first."""
        with self._reading() as connection:
            return list(connection.scalars(held_crawls()))

    def release(self, crawl_id: int) -> Released:
        """Take what a held crawl saw into account, as if it had never been held, whatever was
        recorded since. Raises UnknownCrawl, NotHeld, and ArchiveLocked where one of its sites is
        being crawled."""
        assert self.engine is not None, "this archive was opened for reading"
        with (
            in_our_words(self.url),
            self.engine.begin() as connection,
            self._alone(connection, crawl_id),
        ):
            return release(self._scope(connection, crawl_id))

    def has_outdated(self, version: str) -> bool:
        """Whether any article has captures that another reader than `version` read: what every
        crawl asks as it begins, and does not wait for a count."""
        with self._reading() as connection:
            return connection.scalar(any_outdated(version)) is not None

    def outdated(self, version: str, *, host: str | None = None) -> int:
        """How many articles have captures that another reader than `version` read."""
        query = outdated_articles(version, host, 0, sys.maxsize).subquery()
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(query)) or 0

    def _count_new_signals(self) -> None:
        """Settle, crawl by crawl, the signals of absence that only the new reader saw."""
        assert self.engine is not None
        with in_our_words(self.url), self.engine.begin() as connection:
            for crawl_id in connection.scalars(unsettled_crawls()).all():
                settle_again(self._scope(connection, crawl_id), self.guard)

    def _judge_again(self) -> None:
        """Release the held crawls in which the reader of today reads nothing odd. One of a site
        that is being crawled waits for the next time."""
        assert self.engine is not None
        for crawl_id in self.held_crawls():
            with in_our_words(self.url), self.engine.begin() as connection:
                try:
                    with self._alone(connection, crawl_id):
                        scope = self._scope(connection, crawl_id)
                        judge_again(scope, self.guard, BY_READER)
                        journal.forget(scope)
                        seal_sites(scope.connection)
                except ArchiveLocked:
                    continue

    def _scope(self, connection: Connection, crawl_id: int) -> Scope:
        return Scope(connection, crawl_id, self.clock(), GONE_AFTER)

    @contextmanager
    def _alone(self, connection: Connection, crawl_id: int) -> Iterator[None]:
        """The sites of a held crawl, taken for as long as the block lasts."""
        self._take(connection, held_at(connection, crawl_id), crawl_id)
        try:
            yield
            leases.release(connection, crawl_id)
        finally:
            self._locks.release(crawl_id)

    def _take(self, connection: Connection, hosts: Iterable[str], crawl_id: int) -> None:
        """Take all these sites, or none of them."""
        try:
            for host in hosts:
                leases.take(connection, self._locks, host, crawl_id)
        except ArchiveLocked:
            self._locks.release(crawl_id)
            raise

    def _interrupted(self, connection: Connection, spider: str, target: str) -> list[int]:
        """The crawls of a target that have not ended, oldest first."""
        left = select(crawls.c.id).where(
            crawls.c.spider == spider,
            crawls.c.target == target,
            crawls.c.finish_reason.is_(None),
        )
        return list(connection.scalars(left.order_by(crawls.c.id)))

    def _abandon(self, connection: Connection, crawl_id: int) -> None:
        """End an interrupted crawl, settled like any other."""
        scope = self._scope(connection, crawl_id)
        because = settle(scope, self.guard)
        connection.execute(
            update(crawls)
            .where(crawls.c.id == crawl_id)
            .values(
                finish_reason="abandoned",
                finished_at=scope.recorded_at,
                held=because is not None,
                stats={"held_because": because} if because else {},
            )
        )
        journal.forget(scope)
        close_books(scope.connection, crawl_id)

    def _new_crawl(self, connection: Connection, spider: str, target: str) -> int:
        key = connection.execute(
            crawls.insert().values(
                spider=spider, target=target, started_at=self.clock(), held=False, stats={}
            )
        ).inserted_primary_key
        assert key is not None
        return int(key[0])
