"""Where archives of the tests lie, and asking them with no code of ours: with SQLite alone, or with
PostgreSQL's driver alone. What is asked is SQL that both understand, and they answer alike."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import psycopg
from psycopg.adapt import Buffer, Loader
from psycopg.types.bool import BoolLoader
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.string import TextLoader

from storage.postgresql import WRITERS
from tests.postgres.server import Server

Rows = list[tuple[Any, ...]]


class Place(Protocol):
    """Where an archive lies."""

    @property
    def url(self) -> str: ...
    def ask(self, query: str, values: Sequence[Any] = ()) -> Rows: ...
    def damage(self) -> Rows:
        """What the database itself finds wrong."""
        ...

    def held(self) -> AbstractContextManager[None]:
        """Another program writes, for as long as the block lasts."""
        ...

    def unguarded(self, *statements: str) -> None:
        """What a hand or a bad disk does: without triggers and foreign keys."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class File:
    """An archive in a file of SQLite."""

    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def ask(self, query: str, values: Sequence[Any] = ()) -> Rows:
        # As it is: asking makes no archive where there is none.
        address = f"file:{quote(str(self.path))}?mode=rw"
        with closing(sqlite3.connect(address, uri=True)) as connection, connection:
            return connection.execute(query, values).fetchall()

    def damage(self) -> Rows:
        pages = [row for row in self.ask("PRAGMA integrity_check") if row != ("ok",)]
        return pages + self.ask("PRAGMA foreign_key_check")

    @contextmanager
    def held(self) -> Iterator[None]:
        blocker = sqlite3.connect(self.path, isolation_level=None, timeout=20)
        with closing(blocker) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield

    def unguarded(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.path)) as connection, connection:
            triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in triggers.fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                assert connection.execute(statement).rowcount != 0, statement

    def close(self) -> None:
        """Nothing of it is open."""


class _Instant(TimestamptzLoader):
    def load(self, data: Buffer) -> Any:
        moment: datetime = super().load(data)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class _Boolean(BoolLoader):
    def load(self, data: Buffer) -> Any:
        return int(super().load(data))


@dataclass
class Database:
    """An archive in a database of PostgreSQL. Instants, booleans and JSON are answered as SQLite
    keeps them."""

    server: Server
    name: str
    _connection: psycopg.Connection | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        return self.server.url(self.name)

    @property
    def libpq(self) -> str:
        """The address for PostgreSQL's own programs."""
        return f"host={self.server.folder} user=cunzheng dbname={self.name}"

    def ask(self, query: str, values: Sequence[Any] = ()) -> Rows:
        with self.connected().cursor() as cursor:
            if values:
                query = query.replace("%", "%%").replace("?", "%s")
            cursor.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def damage(self) -> Rows:
        """Nothing: keys and types are the server's, and its pages have no checksums here."""
        return []

    @contextmanager
    def held(self) -> Iterator[None]:
        with closing(self.server.connect(self.name)) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", (WRITERS,))
            yield

    def unguarded(self, *statements: str) -> None:
        with self.server.connect(self.name) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                assert connection.execute(statement).rowcount != 0, statement

    def go_away(self) -> None:
        """The server lets nobody in and ends all connections, as when it is started anew."""
        self.close()
        self.server.ask(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        self.server.ask(f"{ended}'{self.name}'")

    def come_back(self) -> None:
        """It lets everybody in again."""
        self.server.ask(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")

    def connected(self) -> psycopg.Connection:
        if self._connection is None:
            self._connection = self.server.connect(self.name)
            loaders: dict[str, type[Loader]] = {
                "timestamptz": _Instant,
                "bool": _Boolean,
                "json": TextLoader,
            }
            for kind, loader in loaders.items():
                self._connection.adapters.register_loader(kind, loader)
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
