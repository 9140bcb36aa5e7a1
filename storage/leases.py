"""Leases: one crawl of a site at a time, and none that outlives the program that held it.

On PostgreSQL a lock says whether the holder lives (`storage.site_locks`), and the row who it is.
"""

import os
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from storage.errors import ArchiveLocked
from storage.schema import leases
from storage.site_locks import SiteLocks

STALE_AFTER = timedelta(minutes=10)
"""A lease on another machine that was not renewed for so long is taken to be abandoned. On the
same machine a dead holder is seen at once."""

FORGOTTEN_AFTER = timedelta(hours=12)
"""The same on this machine, where the holder seems to live: after a restart its process id may be
another program's. Shorter than from one night's crawl to the next."""


def take(connection: Connection, locks: SiteLocks, host: str, crawl_id: int) -> None:
    """Take the site for this process. Raises ArchiveLocked where a living crawl holds it."""
    row = connection.execute(select(leases).where(leases.c.host == host)).one_or_none()
    free = locks.take(host, crawl_id)
    if free is None:
        free = row is None or not _alive(row.holder, row.renewed_at)
    if not free and (row is None or row.holder != _me()):
        raise ArchiveLocked(f"site {host} is being crawled{_by(row)}; wait for it to end")
    connection.execute(delete(leases).where(leases.c.host == host))
    connection.execute(
        leases.insert().values(host=host, crawl_id=crawl_id, holder=_me(), renewed_at=_now())
    )


def _by(row: Row[Any] | None) -> str:
    if row is None:
        return ""
    since = f"{row.renewed_at:%Y-%m-%d %H:%M} UTC (its last sign of life)"
    return f" by {row.holder} since {since}"


def renew(connection: Connection, crawl_id: int) -> None:
    connection.execute(
        update(leases).where(leases.c.crawl_id == crawl_id).values(renewed_at=_now())
    )


def release(connection: Connection, crawl_id: int) -> None:
    connection.execute(delete(leases).where(leases.c.crawl_id == crawl_id))


def _me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _now() -> datetime:
    # The machine's clock and not the crawl's: a lease is about processes, not about the site.
    return datetime.now(UTC)


def _alive(holder: str, renewed_at: datetime) -> bool:
    machine, _, pid = holder.rpartition(":")
    silent = _now() - renewed_at
    if machine != socket.gethostname():
        return silent < STALE_AFTER
    return silent < FORGOTTEN_AFTER and _runs(int(pid))


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
