"""Turns at a host over many machines: how many requests are under way, and when the last one began,
kept by the PostgreSQL server that holds the archive, and by its clock.

This is no part of the archive: a table of its own schema that the server may forget when it
crashes, and locks that end with the crawl that holds them.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any, LiteralString

import psycopg

from storage.engine import database_address
from storage.postgresql import libpq_address

_MAKING = int.from_bytes(b"cz turns", signed=True)
_MAKE: LiteralString = """
CREATE SCHEMA IF NOT EXISTS cunzheng_turns;
CREATE UNLOGGED TABLE IF NOT EXISTS cunzheng_turns.last_request (
    host text PRIMARY KEY, at timestamptz NOT NULL, apart double precision NOT NULL)
"""
# Whoever comes first has the row; a clock that was set back makes nobody wait for it.
_BEGIN: LiteralString = """
INSERT INTO cunzheng_turns.last_request AS last VALUES (%(host)s, clock_timestamp(), %(apart)s)
ON CONFLICT (host) DO UPDATE SET at = clock_timestamp(), apart = excluded.apart
WHERE last.at + make_interval(secs => greatest(last.apart, excluded.apart)) <= clock_timestamp()
OR last.at > clock_timestamp() + interval '1 second'
"""
_LEFT: LiteralString = """
SELECT extract(epoch FROM at - clock_timestamp()) + greatest(apart, %(apart)s)
FROM cunzheng_turns.last_request WHERE host = %(host)s
"""
_ARRIVED: LiteralString = """
UPDATE cunzheng_turns.last_request
SET at = greatest(at, clock_timestamp() - make_interval(secs => %(ago)s)) WHERE host = %(host)s
"""


Values = Sequence[Any] | Mapping[str, Any]


class HostTurns:
    """The turns of all crawls into one archive on PostgreSQL, seen by one of them.

    A server that does not answer keeps nobody waiting: what the crawl writes tells of it, and ends
    the crawl.
    """

    def __init__(self, url: str) -> None:
        self._address = libpq_address(database_address(url))
        self._session: psycopg.Connection | None = None
        self._taken: set[tuple[str, int]] = set()

    def seat(self, host: str, at_once: int) -> int | None:
        """One of so many seats at a host, for as long as this crawl lives or until it is given
        back; None while others have them."""
        # A session is given a lock that it has already: what is its own is not asked for.
        for number in (n for n in range(at_once) if (host, n) not in self._taken):
            if self._one("SELECT pg_try_advisory_lock(%s)", [_key(host, number)], True):
                self._taken.add((host, number))
                return number
        return None

    def give_back(self, host: str, seat: int) -> None:
        """Free a seat."""
        self._taken.discard((host, seat))
        self._one("SELECT pg_advisory_unlock(%s)", [_key(host, seat)], True)

    def begin(self, host: str, apart: float) -> float:
        """Begin a request now, if so many seconds have passed since the last one; else the seconds
        that are left of them."""
        given = {"host": host, "apart": apart}
        if self._count(_BEGIN, given):
            return 0.0
        return max(0.001, float(self._one(_LEFT, given, 0.0)))

    def arrived(self, host: str, ago: float) -> None:
        """The last request had arrived so many seconds ago."""
        self._count(_ARRIVED, {"host": host, "ago": ago})

    def close(self) -> None:
        """Free all seats."""
        if self._session is not None:
            with suppress(psycopg.Error):
                self._session.close()
            self._session = None

    def _one(self, query: LiteralString, values: Values, unanswered: Any) -> Any:
        try:
            row = self._connected().execute(query, values).fetchone()
        except psycopg.Error:
            self.close()
            return unanswered
        return row[0] if row is not None else unanswered

    def _count(self, query: LiteralString, values: Values) -> int:
        try:
            return self._connected().execute(query, values).rowcount
        except psycopg.Error:
            self.close()
            return 1

    def _connected(self) -> psycopg.Connection:
        if self._session is None:
            self._session = psycopg.connect(self._address, autocommit=True, connect_timeout=10)
            _make(self._session)
        return self._session


def _make(session: psycopg.Connection) -> None:
    found = session.execute("SELECT to_regclass(%s)", ["cunzheng_turns.last_request"]).fetchone()
    if found != (None,):
        return
    with session.transaction():
        session.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
        session.execute(_MAKE)


def _key(host: str, seat: int) -> int:
    """The number of a seat's lock; the same for all crawls, and none of a site's lock."""
    digest = sha256(f"cunzheng turn {seat} {host}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
