"""A check-up of the ground that an archive stands on: the database's version, the file system, its
room, permissions and the clock. Nothing is altered."""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select

from storage.archive import Archive
from storage.engine import database_address, in_our_words, shown
from storage.errors import ArchiveError, NoArchive
from storage.latest import latest
from storage.schema import capture_facts


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at: which, how it is, and what there is to say of it."""

    check: str
    verdict: Verdict
    says: str
    values: Mapping[str, object] = field(default_factory=dict)


OLDEST_SQLITE = (3, 35, 0)
"""RETURNING, which the archive needs."""

SOUND_SQLITE = (3, 51, 3)
"""Before it, two connections that write and checkpoint a WAL at the same time can damage the
database, if rarely (sqlite.org, 3.51.3, 2026-03-13)."""

NETWORKED = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "lustre", "gpfs",
        "glusterfs", "vboxsf", "vmhgfs", "drvfs", "davfs", "fuse.sshfs", "fuse.s3fs",
        "fuse.glusterfs", "fuse.rclone", "fuse.davfs", "fuse.gcsfuse", "fuse.vmhgfs-fuse",
    }
)  # fmt: skip
"""File systems over a network or between systems: their locks are not to be relied on, and WAL
needs memory that all its users share (sqlite.org/wal.html)."""

FLEETING = frozenset({"tmpfs", "ramfs"})
_WAIT_S = 5.0
LEAST_ROOM = 500 * 10**6
"""Bytes below which no crawl should begin."""


def check_archive(url: str, now: datetime) -> Iterator[Checked]:
    """All that can be said of the archive at `url` and of where it lies."""
    try:
        address = database_address(url)
    except ArchiveError as error:
        yield Checked("address", Verdict.BAD, "unusable", {"detail": str(error)})
        return
    yield Checked("address", Verdict.OK, "is", {"url": shown(url)})
    if address.get_backend_name() == "sqlite" and address.database:
        path = Path(address.database).absolute()
        yield from check_sqlite(sqlite3.sqlite_version_info)
        yield check_file_system(file_system(path))
        yield from check_permissions(path)
        yield check_room(path)
    yield from _check_contents(url, now)


def check_sqlite(version: tuple[int, int, int]) -> Iterator[Checked]:
    """SQLite's version and what it was built with."""
    values = {"version": ".".join(map(str, version))}
    if version < OLDEST_SQLITE:
        yield Checked("sqlite", Verdict.BAD, "too-old", values)
    elif version < SOUND_SQLITE:
        yield Checked("sqlite", Verdict.WARNING, "wal-reset", values)
    else:
        yield Checked("sqlite", Verdict.OK, "is", values)
    if not _has_fts5():
        yield Checked("sqlite", Verdict.BAD, "no-fts5", values)


def check_file_system(kind: str | None) -> Checked:
    """Whether a database may lie on a file system of that kind."""
    values = {"kind": kind or "?"}
    if kind in NETWORKED:
        return Checked("file-system", Verdict.BAD, "network", values)
    if kind in FLEETING:
        return Checked("file-system", Verdict.WARNING, "fleeting", values)
    return Checked("file-system", Verdict.OK, "is" if kind else "unknown", values)


def file_system(path: Path) -> str | None:
    """The kind of the file system on which a path lies; None where the system does not say.

    As Linux tells it (proc(5), mountinfo): the last mount of the deepest mount point counts.
    """
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    mounted: tuple[int, str | None] = (0, None)
    real = _standing(path).resolve()
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(before.split()[4].encode("latin-1", "replace").decode("unicode_escape"))
        if real.is_relative_to(point) and len(point.parts) >= mounted[0]:
            mounted = (len(point.parts), after.split()[0])
    return mounted[1]


def check_permissions(path: Path) -> Iterator[Checked]:
    """Whether the file, or else the folder where it would be, can be written, by us alone."""
    folder = _standing(path.parent)
    for name in (path, folder):
        if name.exists() and not os.access(name, os.R_OK | os.W_OK):
            yield Checked("permissions", Verdict.BAD, "unwritable", {"path": str(name)})
            return
    if path.exists() and path.stat().st_mode & 0o002:
        yield Checked("permissions", Verdict.WARNING, "world-writable", {"path": str(path)})
    else:
        yield Checked("permissions", Verdict.OK, "is", {"path": str(path)})


def check_room(path: Path) -> Checked:
    """Whether there is room for a crawl, and for a backup of what is there."""
    status = os.statvfs(_standing(path.parent))
    free = status.f_bavail * status.f_frsize
    journal = Path(f"{path}-wal")
    size = path.stat().st_size if path.exists() else 0
    needed = max(LEAST_ROOM, 2 * (journal.stat().st_size if journal.exists() else 0))
    values = {"free": free, "needed": needed, "size": size}
    if free < needed:
        return Checked("room", Verdict.BAD, "full", values)
    if free < size:
        return Checked("room", Verdict.WARNING, "no-backup", values)
    return Checked("room", Verdict.OK, "is", values)


def check_clock(now: datetime, newest: datetime | None) -> Checked:
    """Whether the clock has gone back behind what was captured already."""
    if newest is not None and newest - now > timedelta(minutes=5):
        values = {"now": f"{now:%Y-%m-%d %H:%M}", "newest": f"{newest:%Y-%m-%d %H:%M}"}
        return Checked("clock", Verdict.BAD, "behind", values)
    return Checked("clock", Verdict.OK, "is", {"now": f"{now:%Y-%m-%d %H:%M}"})


def _check_contents(url: str, now: datetime) -> Iterator[Checked]:
    newest: datetime | None = None
    try:
        engine = Archive.consult(url, busy_timeout_s=_WAIT_S).reader
        with in_our_words(url), engine.connect() as connection:
            newest = latest(connection)
            captures = connection.scalar(select(func.max(capture_facts.c.id)))
        engine.dispose()
    except NoArchive:
        yield Checked("archive", Verdict.OK, "none")
    except ArchiveError as error:
        yield Checked("archive", Verdict.BAD, "unusable", {"detail": str(error)})
    else:
        yield Checked("archive", Verdict.OK, "is", {"captures": captures or 0})
    yield check_clock(now.astimezone(UTC), newest)


def _standing(path: Path) -> Path:
    """The path, or the nearest folder above it that is there."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _has_fts5() -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    return "ENABLE_FTS5" in options
