"""A copy of the archive as it stood at one moment, taken while a crawl may be writing.

`VACUUM INTO` reads one snapshot of a database in WAL mode, keeps no writer waiting, and leaves a
file without the space of deleted rows. On PostgreSQL, pg_dump does the same (`storage.dumping`).
The copy takes its name when it is whole and checked.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from storage import migrations
from storage.dumping import dump
from storage.engine import database_address, in_our_words, opened
from storage.errors import ArchiveUnusable, NoCopy
from storage.schema import articles, capture_facts


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup that was made: its file, its size in bytes, and what it holds."""

    path: str
    size: int
    articles: int
    captures: int


def backup(url: str, path: Path) -> Copy:
    """Copy the archive at `url` into the new file `path`: an archive of SQLite, or what pg_restore
    makes one of on PostgreSQL.

    Raises NoCopy where something stands there or pg_dump is missing, ArchiveError where the
    archive cannot be read, DiskFull, and ArchiveUnusable where the copy fails its check.
    """
    part = path.with_name(f"{path.name}.part")
    for taken in (path, part):
        if taken.exists():
            raise NoCopy(f"{taken} exists; give the name of a new file")
    if not path.parent.is_dir():
        raise NoCopy(f"there is no folder {path.parent}")
    try:
        held, captured = _copied(url, part)
        size = part.stat().st_size
        _name(part, path)
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            with suppress(FileNotFoundError):
                left.unlink()
    return Copy(str(path), size, held, captured)


def _copied(url: str, part: Path) -> tuple[int, int]:
    if database_address(url).get_backend_name() == "postgresql":
        return dump(url, part)
    _copy(url, part)
    return _checked(part)


def _copy(url: str, part: Path) -> None:
    with opened(url, read_only=True) as engine, in_our_words(url), engine.connect() as connection:
        migrations.check(connection)
        # The copying statement takes no transaction but its own, and writes to another file.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("VACUUM INTO ?", (str(part),))


def _checked(part: Path) -> tuple[int, int]:
    """How many articles and captures the copy holds, read back. Raises ArchiveUnusable for a
    damaged one."""
    url = f"sqlite:///{part}"
    with opened(url, read_only=True) as engine, in_our_words(url), engine.connect() as connection:
        said = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
        if said != ["ok"]:
            raise ArchiveUnusable(f"the copy is damaged ({said[0]}); run: cunzheng verify")
        migrations.check(connection)
        held, captured = (
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (articles, capture_facts)
        )
    return held, captured


def _name(part: Path, path: Path) -> None:
    """Give the copy its name, once it is on the disk; never in another file's place."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    try:
        os.link(part, path)
    except FileExistsError as error:
        raise NoCopy(f"{path} exists; give the name of a new file") from error
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
