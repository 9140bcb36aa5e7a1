"""Where jobs are kept: procrastinate's tables and some of ours, in a schema of their own beside the
archive.

- `crews`: the workers that run crawls, by machine and process;
- `runs`: each start of a job, who ran it and how it ended;
- `planned`: up to when the times of a job were looked at;
- `steps`: which of procrastinate's own steps, and of ours, the tables have taken.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from typing import Any, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import DictRow, dict_row

from storage.engine import database_address, worded
from storage.errors import ArchiveUnusable, ExtraMissing
from storage.postgresql import GONE, libpq_address, reached

SCHEMA = "cunzheng_jobs"

Jobs = psycopg.Connection[DictRow]
"""A connection that finds the tables of jobs by their names alone."""

_MAKING = int.from_bytes(b"cz jobs")
"""The advisory lock of whoever makes the tables: workers may be started at once."""

_OURS: LiteralString = """
CREATE TABLE crews (
    worker bigint PRIMARY KEY REFERENCES procrastinate_workers ON DELETE CASCADE,
    name text NOT NULL,
    at_once integer NOT NULL,
    since timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE runs (
    id bigserial PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES procrastinate_jobs ON DELETE CASCADE,
    worker text NOT NULL,
    began_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    exit_code integer,
    said text NOT NULL DEFAULT ''
);
CREATE INDEX runs_of_job ON runs (job_id);
CREATE TABLE planned (name text PRIMARY KEY, at timestamptz NOT NULL);
CREATE TABLE steps (name text PRIMARY KEY);
"""

_LATER: dict[str, LiteralString] = {
    "cunzheng_02_crawls_before": "ALTER TABLE runs ADD COLUMN crawls_before integer",
}
"""Our steps after the first, by name; taken after procrastinate's."""


def conninfo(url: str) -> str:
    """libpq's form of the archive's address, for connections that find the tables of jobs. Raises
    ArchiveUnusable where the archive is no PostgreSQL, ExtraMissing without procrastinate."""
    address = database_address(url)
    if address.get_backend_name() != "postgresql":
        raise ArchiveUnusable(
            "jobs need an archive on PostgreSQL, and this one is SQLite; "
            "cunzheng move --to postgresql://user@host/name"
        )
    _need_procrastinate()
    given: dict[str, Any] = conninfo_to_dict(libpq_address(address))
    ours = {"search_path": SCHEMA, "TimeZone": "UTC", **GONE}
    options = " ".join(["", *(f"-c {name}={value}" for name, value in ours.items())])
    given["options"] = f"{given.get('options', '')}{options}".strip()
    return make_conninfo(**reached(address), **given)


@contextmanager
def jobs_of(url: str) -> Iterator[Jobs]:
    """The tables of jobs, made where there are none. Each statement is a transaction of its own.
    Raises ArchiveError."""
    info = conninfo(url)
    with (
        in_our_words(url),
        psycopg.connect(info, autocommit=True, row_factory=dict_row) as connection,
    ):
        _make(connection)
        yield connection


@contextmanager
def in_our_words(url: str) -> Iterator[None]:
    """Turns what the driver raises into the archive's own errors, of one line each."""
    try:
        yield
    except psycopg.Error as error:
        raise worded(url, error) from error


def _need_procrastinate() -> None:
    try:
        import procrastinate  # noqa: F401 - whether it is there
    except ImportError as error:
        raise ExtraMissing("jobs need procrastinate: pip install procrastinate") from error


def _make(connection: Jobs) -> None:
    """Make the tables, or take the steps that a newer procrastinate brings."""
    if _steps(connection) == _all_steps():
        return
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
        done = _steps(connection)
        if not done:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            connection.execute(_text("schema.sql") + _OURS)
        for name in sorted(_all_steps() - done):
            if name in _LATER:
                connection.execute(_LATER[name])
            elif done:
                connection.execute(_text("migrations", name))
            connection.execute("INSERT INTO steps VALUES (%s)", [name])


def _steps(connection: Jobs) -> set[str]:
    # From the catalogue's tables: to_regclass remembers that a schema was not there, and of a wait
    # for an advisory lock PostgreSQL does not look whether it is by now.
    there = "SELECT FROM pg_tables WHERE schemaname = %s AND tablename = 'steps'"
    if connection.execute(there, [SCHEMA]).fetchone() is None:
        return set()
    return {row["name"] for row in connection.execute("SELECT name FROM steps")}


def _all_steps() -> set[str]:
    folder = resources.files("procrastinate.sql") / "migrations"
    return {each.name for each in folder.iterdir() if each.name.endswith(".sql")} | _LATER.keys()


def _text(*path: str) -> LiteralString:
    """One of procrastinate's own files: as trustworthy as its code."""
    return resources.files("procrastinate.sql").joinpath(*path).read_text("utf-8")
