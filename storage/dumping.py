"""A copy of an archive on PostgreSQL: what its own pg_dump writes, of one moment, while
crawls go on."""

import os
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from storage import migrations
from storage.engine import database_address, in_our_words, opened, shown
from storage.errors import ArchiveError, ArchiveUnusable, DiskFull, NoCopy
from storage.schema import articles, capture_facts

_OF_THE_MOMENT = ("cunzheng_jobs", "cunzheng_turns")
"""What is beside the archive, and is another tomorrow: the queue of jobs, turns at hosts."""

_DEBIAN = Path("/usr/lib/postgresql")


def dump(url: str, path: Path) -> tuple[int, int]:
    """Write the archive at `url` into the file `path`, in pg_dump's custom format, and read it
    back; how many articles and captures it holds.

    Raises NoCopy where pg_dump is missing or older than the server, DiskFull, ArchiveUnusable.
    """
    dumps, restores = _program("pg_dump"), _program("pg_restore")
    with opened(url, read_only=True) as engine, in_our_words(url), engine.connect() as connection:
        migrations.check(connection)
        held, captured = (
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (articles, capture_facts)
        )
        _dump(dumps, url, _snapshot(connection), path)
    # Read to its end: what is listed only may still be cut off or damaged.
    _run(url, [restores, f"--file={os.devnull}", str(path)], {})
    return held, captured


def _snapshot(connection: Connection) -> str:
    """The name of the moment that this transaction sees, for pg_dump to see the same."""
    return str(connection.scalar(text("SELECT pg_export_snapshot()")))


def _dump(program: str, url: str, snapshot: str, path: Path) -> None:
    address = database_address(url)
    told = dict(address.translate_connect_args(username="user", database="dbname"))
    told |= address.query
    # Not among the arguments, which a list of processes shows.
    secret = {"PGPASSWORD": str(told.pop("password"))} if "password" in told else {}
    given = " ".join(f"{name}={_quoted(value)}" for name, value in told.items())
    # Payloads are compressed already; they are written as text, which little effort halves.
    how = ["--format=custom", "--compress=1", "--no-password", f"--snapshot={snapshot}"]
    how += [f"--exclude-schema={each}" for each in _OF_THE_MOMENT]
    command = [program, *how, f"--file={path}", f"--dbname={given}"]
    _run(url, command, secret)


def _quoted(value: object) -> str:
    escaped = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _run(url: str, command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command,
        env=os.environ | {"LC_MESSAGES": "C"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise _failed(url, Path(command[0]).name, done.stderr)


def _failed(url: str, program: str, said: str) -> ArchiveError:
    if "server version mismatch" in said:
        return NoCopy(
            f"the {program} of this machine is older than the server; "
            "install postgresql-client of the server's version"
        )
    if "No space left" in said:
        return DiskFull(f"archive {shown(url)}: the disk is full; make room for the copy")
    lines = [line for line in said.splitlines() if line.strip()]
    told = lines[0] if lines else f"{program} failed"
    return ArchiveUnusable(f"archive {shown(url)}: {told.removeprefix(f'{program}: error: ')}")


def _program(name: str) -> str:
    """PostgreSQL's own program. Raises NoCopy where it is not installed."""
    if found := shutil.which(name):
        return found
    kept = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: path.parts[-3].zfill(4))
    if not kept:
        raise NoCopy(
            f"{name} is not on this machine, and copies an archive on PostgreSQL; "
            "install postgresql-client"
        )
    return str(kept[-1])
