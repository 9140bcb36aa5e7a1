"""Opening the database: one engine, its manners, and its errors in the archive's own words."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from storage.errors import (
    ArchiveError,
    ArchiveLocked,
    ArchiveUnusable,
    DiskFull,
    NoArchive,
)
from storage.postgresql import open_postgresql, understood
from storage.storable import storable

BUSY_TIMEOUT_S = 30.0
_encode = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def open_engine(
    url: str, *, read_only: bool = False, busy_timeout_s: float = BUSY_TIMEOUT_S
) -> Engine:
    """An engine on the archive at `url`. Raises ArchiveUnusable for an address that is none, and
    NoArchive where a reader asks for a file that does not exist."""
    engine = _engine(url, read_only=read_only, busy_timeout_s=busy_timeout_s)
    if read_only:
        event.listen(engine, "before_cursor_execute", _askable, retval=True)
    return engine


@contextmanager
def opened(url: str, *, read_only: bool = False) -> Iterator[Engine]:
    """An engine for as long as the block lasts. Raises as `open_engine`."""
    engine = open_engine(url, read_only=read_only)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def disposed_where_refused(engine: Engine) -> Iterator[None]:
    """Gives the engine's connections back where the block ends in an ArchiveError."""
    try:
        yield
    except ArchiveError:
        engine.dispose()
        raise


def _askable(
    _connection: object, _cursor: object, query: str, values: Any, *_: object
) -> tuple[str, Any]:
    """A question in characters that can be asked about: what is looked for may be anything that a
    person or a program typed, and nothing that is written holds the others."""
    return query, storable(values)


def database_address(url: str) -> URL:
    """The address, taken apart. Raises ArchiveUnusable for one that is none, without repeating
    it: a piece of it may be the password."""
    try:
        address = make_url(url)
        if address.get_backend_name() in ("sqlite", "postgresql"):
            return address
    except (ArgumentError, ValueError) as error:
        raise _no_address() from error
    raise _no_address()


def _engine(url: str, *, read_only: bool, busy_timeout_s: float) -> Engine:
    address = database_address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(url, read_only=read_only, busy_timeout_s=busy_timeout_s)
    return open_postgresql(
        address, read_only=read_only, busy_timeout_s=busy_timeout_s, encode=_encode
    )


def _no_address() -> ArchiveUnusable:
    return ArchiveUnusable(
        "ARCHIVE_URL is not a database address; "
        "give one like sqlite:///archive.db or postgresql://user@host/name"
    )


def _sqlite(url: str, *, read_only: bool, busy_timeout_s: float) -> Engine:
    database = make_url(url).database
    if database in (None, "", ":memory:"):
        raise ArchiveUnusable("an archive in memory is lost at exit; give it a file")
    path = Path(str(database))
    if read_only and not path.exists():
        raise NoArchive(f"there is no archive at {path}; crawl a site first (make crawl SITE=…)")
    _make_folder(path)
    mode = "ro" if read_only else "rwc"
    # Quoted: SQLite reads a file's address, in which %, ? and # have a meaning.
    file = f"file:{quote(str(path.resolve()))}"
    engine = create_engine(
        URL.create("sqlite", database=file, query={"mode": mode, "uri": "true"}),
        json_serializer=_encode,
        connect_args={"timeout": busy_timeout_s},
    )
    event.listen(engine, "connect", partial(_on_connect, read_only=read_only))
    event.listen(engine, "begin", partial(_on_begin, read_only=read_only))
    return engine


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveUnusable(
            f"archive {path}: no folder can be made for it ({error.strerror}); "
            "give another ARCHIVE_URL"
        ) from error


def _on_connect(connection: Any, _record: object, *, read_only: bool) -> None:
    # The driver's own BEGIN is deferred, and fails on a busy database after reading: ours is not.
    connection.isolation_level = None
    pragmas = ["foreign_keys=ON", "trusted_schema=OFF"]
    if read_only:
        pragmas.append("query_only=ON")
    else:
        pragmas += ["journal_mode=WAL", "synchronous=FULL", "journal_size_limit=67108864"]
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection, *, read_only: bool) -> None:
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


_SQLITE_SAYS: tuple[tuple[str, type[ArchiveError], str], ...] = (
    ("database is locked", ArchiveLocked, "another program is writing to it; wait for it to end"),
    ("readonly database", ArchiveUnusable, "it is read-only; check its owner and permissions"),
    ("unable to open", ArchiveUnusable, "it cannot be opened; check the path and its permissions"),
    ("not a database", ArchiveUnusable, "the file is not a database; give another ARCHIVE_URL"),
    ("malformed", ArchiveUnusable, "the file is damaged; restore a backup"),
    ("disk is full", DiskFull, "the disk is full; make room and start again"),
    ("disk I/O error", DiskFull, "the disk does not take what is written; check it and its room"),
    ("no such table", ArchiveUnusable, "it is no archive of ours; give another ARCHIVE_URL"),
)


@contextmanager
def in_our_words(url: str) -> Iterator[None]:
    """Turns what the database's driver raises into the archive's own errors, of one line each."""
    try:
        yield
    except DBAPIError as error:
        raise worded(url, error.orig) from error


def worded(url: str, error: BaseException | None) -> ArchiveError:
    """What an error of the database's driver is in the archive's own words."""
    kind, advice = understood(error) or _from_sqlite(error)
    return kind(f"archive {shown(url)}: {advice}")


def _from_sqlite(error: BaseException | None) -> tuple[type[ArchiveError], str]:
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    for phrase, kind, advice in _SQLITE_SAYS:
        if phrase in said:
            return kind, advice
    return ArchiveUnusable, said


def shown(url: str) -> str:
    """The address as it may be shown: without its password.

    >>> shown("postgresql://crawler:geheim@db/archive?sslpassword=geheim")
    'postgresql://crawler:***@db/archive?sslpassword=***'
    """
    address = make_url(url)
    hidden = {name: "***" for name in address.query if "password" in name}
    # Shown as it is: the stars need no quoting.
    return unquote(address.update_query_dict(hidden).render_as_string(hide_password=True))
