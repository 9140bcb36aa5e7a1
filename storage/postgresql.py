"""The archive on PostgreSQL: how it is opened, and what the server says in the archive's own words.

Writers take turns, one transaction after the other, as on SQLite: an advisory lock is theirs from
the first statement of a transaction to its end. A batch takes milliseconds, so that crawls side by
side wait little, and no two of them can take each other's rows or lie across each other's locks.
Readers wait for nobody: each transaction of theirs sees the archive as it stood at one moment.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from storage.errors import (
    ArchiveError,
    ArchiveLocked,
    ArchiveUnusable,
    DiskFull,
    NoArchive,
    TookTooLong,
)

OLDEST = 15
"""The oldest PostgreSQL that the archive is tested with."""

WRITERS = int.from_bytes(b"cunzheng")
"""The advisory lock of whoever writes: one for the archive, and so for the database."""

_ABANDONED_S = 600
"""A writer that hangs in the midst of a transaction keeps the others waiting no longer."""

GONE = {"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"}
"""How soon the server sees that a machine has vanished, and gives its locks back: a minute."""

REACHED: dict[str, Any] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 45_000,
}
"""How soon we see that the server has vanished, in seconds and milliseconds: before it gives our
locks to others. The system's own would wait for a quarter of an hour, or two hours."""


def open_postgresql(
    address: URL, *, read_only: bool, busy_timeout_s: float, encode: Callable[[Any], str]
) -> Engine:
    """An engine on the archive in a database of PostgreSQL."""
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        json_serializer=encode,
        isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
        pool_pre_ping=True,  # a server that was started anew between two nights is no error
        connect_args=reached(address) | {"client_encoding": "utf8"},
    )
    manners = _reader() if read_only else _writer(busy_timeout_s)
    event.listen(engine, "connect", partial(_on_connect, manners=manners))
    if not read_only:
        event.listen(engine, "begin", _take_turn)
    return engine


def reached(address: URL) -> dict[str, Any]:
    """As `REACHED`, but for what the address says itself."""
    return {name: value for name, value in REACHED.items() if name not in address.query}


def libpq_address(address: URL) -> str:
    """The address as PostgreSQL's own library reads it. It has the password: not to be shown."""
    return address.set(drivername="postgresql").render_as_string(hide_password=False)


def _reader() -> dict[str, str]:
    # Compiling takes longer than what is asked, which is for a page and not for a report.
    return GONE | {"default_transaction_read_only": "on", "jit": "off"}


def _writer(busy_timeout_s: float) -> dict[str, str]:
    return GONE | {
        "lock_timeout": f"{max(1, round(busy_timeout_s * 1000))}ms",
        "idle_in_transaction_session_timeout": f"{_ABANDONED_S}s",
    }


def _on_connect(connection: Any, _record: object, *, manners: dict[str, str]) -> None:
    _fit(connection.info)
    connection.autocommit = True
    for name, value in ({"TimeZone": "UTC"} | manners).items():
        connection.execute("SELECT set_config(%s, %s, false)", (name, value))
    connection.autocommit = False


def _fit(server: Any) -> None:
    """Raises ArchiveUnusable for a server that is too old, or a database that is not Unicode."""
    if server.server_version < OLDEST * 10_000:
        raise ArchiveUnusable(
            f"the server is PostgreSQL {server.server_version // 10_000}; "
            f"the archive needs {OLDEST} or newer"
        )
    if (encoding := server.parameter_status("server_encoding")) != "UTF8":
        raise ArchiveUnusable(
            f"the database {server.dbname} keeps text as {encoding}; make one with: "
            "createdb --encoding=UTF8 --template=template0 NAME"
        )


def _take_turn(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")


_BY_STATE: tuple[tuple[str, type[ArchiveError], str], ...] = (
    ("55P03", ArchiveLocked, "another program is writing to it; wait for it to end"),
    ("40", ArchiveLocked, "another program was in the way; start again"),
    ("57014", TookTooLong, "the answer took too long; ask for less"),
    ("53100", DiskFull, "the server's disk is full; make room and start again"),
    ("58030", DiskFull, "the server's disk does not take what is written; check it and its room"),
    ("53300", ArchiveLocked, "the server has no connection left; wait, or raise max_connections"),
    ("53", ArchiveUnusable, "the server is short of memory or of something else"),
    ("57P", ArchiveUnusable, "the server shut down or ended the connection; start again"),
    ("08", ArchiveUnusable, "the connection broke off; start again"),
    ("25006", ArchiveUnusable, "it is read-only; a standby, or opened to be read alone"),
    (
        "25P03",
        ArchiveUnusable,
        "the server gave this program up, since it stood still; start again",
    ),
    ("42501", ArchiveUnusable, "this user lacks the right to; make it the database's owner"),
    ("42P01", ArchiveUnusable, "it is no archive of ours; give another ARCHIVE_URL"),
    ("XX001", ArchiveUnusable, "its data are damaged; restore a backup"),
    ("XX002", ArchiveUnusable, "an index of it is damaged; run: REINDEX DATABASE"),
)
"""By the beginning of an SQLSTATE; the first that fits."""

_BY_PHRASE: tuple[tuple[str, type[ArchiveError], str], ...] = (
    ("password", ArchiveUnusable, "the server refuses this user or password; check ARCHIVE_URL"),
    ("authentication", ArchiveUnusable, "the server refuses this user; check ARCHIVE_URL"),
    ("pg_hba", ArchiveUnusable, "the server lets nobody in from here; see its pg_hba.conf"),
    ("role", ArchiveUnusable, "the server knows no such user; make one with: createuser NAME"),
    ("not currently accepting", ArchiveUnusable, "the database lets nobody in; start again later"),
    ("database", NoArchive, "there is no such database; make it with: createdb NAME"),
    (
        "too many",
        ArchiveLocked,
        "the server has no connection left; wait, or raise max_connections",
    ),
    ("starting up", ArchiveUnusable, "the server is starting up; wait and start again"),
    ("shutting down", ArchiveUnusable, "the server is shutting down; start again later"),
    ("resolve", ArchiveUnusable, "there is no such host; check ARCHIVE_URL"),
    ("translate host", ArchiveUnusable, "there is no such host; check ARCHIVE_URL"),
    ("connection", ArchiveUnusable, "no server answers there; start it, or check ARCHIVE_URL"),
)
"""What is said before there is a connection, which has no SQLSTATE; the first that fits."""


def understood(error: BaseException | None) -> tuple[type[ArchiveError], str] | None:
    """What an error of PostgreSQL's driver means and what to do; None for one that is not known."""
    state: str | None = getattr(error, "sqlstate", "")
    if state == "":
        return None  # another driver's
    if state is not None:
        found = (each[1:] for each in _BY_STATE if state.startswith(each[0]))
    elif type(error).__name__ == "OperationalError":
        found = (each[1:] for each in _BY_PHRASE if each[0] in _server_said(str(error)))
    else:
        return None
    return next(found, None)


def _server_said(message: str) -> str:
    """What the server said, where it said something; names in quotes are no words of it."""
    said = message.rpartition("FATAL:")[2]
    return "".join(said.split('"')[::2])
