"""Site locks: on PostgreSQL, what says that a crawl of a site lives.

Each is an advisory lock of a session that lasts as long as the crawl. The server frees it at once
when the program dies, on whatever machine, where a row in `leases` would only fall silent. The row
tells who holds the site. On SQLite there is one machine, and the row is enough.
"""

from hashlib import sha256

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage.errors import ArchiveLocked


class SiteLocks:
    """The locks of one archive that was opened for recording."""

    def __init__(self, reader: Engine) -> None:
        # A reader's connection: one that writes would have to wait for its turn.
        self._engine = reader
        self._session: Connection | None = None
        self._held: dict[str, int] = {}

    def take(self, host: str, crawl_id: int) -> bool | None:
        """Take the site for as long as this program lives or until it is released. False where
        another program has it; None where the database has no such locks."""
        if self._engine.dialect.name != "postgresql":
            return None
        if host not in self._held and not self._ask("pg_try_advisory_lock", host):
            return False
        self._held[host] = crawl_id
        return True

    def keep(self) -> None:
        """Take the sites anew where the server ended the session that held them. Raises
        ArchiveLocked where another program was faster."""
        if self._session is None or self._lives(self._session):
            return
        held = dict(self._held)
        self.close()
        for host, crawl_id in held.items():
            if not self.take(host, crawl_id):
                raise ArchiveLocked(f"site {host} was taken by another crawl; wait for it to end")

    def release(self, crawl_id: int) -> None:
        """Give back the sites of a crawl."""
        lives = self._session is not None and self._lives(self._session)
        for host in [host for host, holder in self._held.items() if holder == crawl_id]:
            if lives:
                self._ask("pg_advisory_unlock", host)
            del self._held[host]

    def close(self) -> None:
        """Give all sites back."""
        if self._session is not None:
            self._session.invalidate()  # the locks are the session's, and end with it
            self._session.close()
            self._session = None
        self._held.clear()

    def _lives(self, session: Connection) -> bool:
        try:
            return bool(session.scalar(text("SELECT true")))
        except DBAPIError:
            return False

    def _ask(self, function: str, host: str) -> bool:
        if self._session is None:
            session = self._engine.connect()
            self._session = session.execution_options(isolation_level="AUTOCOMMIT")
        query = text(f"SELECT {function}(:key)")
        return bool(self._session.scalar(query, {"key": _key(host)}))


def _key(host: str) -> int:
    """The number of a site's lock; the same for all programs."""
    digest = sha256(f"cunzheng site {host}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
