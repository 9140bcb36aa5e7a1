"""Turns at a host over many machines: how many requests are under way, and when the last one began,
kept by the PostgreSQL server that holds the archive, and by its clock.

This is no part of the archive: a table of its own schema that the server may forget when it
crashes, and locks that end with the crawl that holds them.
"""

import asyncio
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, LiteralString

import psycopg
from sqlalchemy import URL

from storage.engine import database_address, shown, worded
from storage.errors import ArchiveUnusable
from storage.postgresql import GONE, libpq_address, reached

ANSWERS_WITHIN_S = 10.0
"""A server that is silent for longer is taken to be gone."""

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

    Nobody waits for the server but the one who asks it, and he not for ever: without an answer
    there is no turn. Every question raises ArchiveError then. A session that broke off is begun
    anew once.
    """

    def __init__(self, url: str, answers_within_s: float = ANSWERS_WITHIN_S) -> None:
        self._url = url
        self._answers_within_s = answers_within_s
        self._session: psycopg.AsyncConnection | None = None
        self._beginning = asyncio.Lock()
        self._taken: set[tuple[str, int]] = set()

    async def seat(self, host: str, at_once: int) -> int | None:
        """One of so many seats at a host, for as long as this crawl lives or until it is given
        back; None while others have them."""
        # A session is given a lock that it has already: what is its own is not asked for.
        for number in range(at_once):
            if (host, number) in self._taken:
                continue
            self._taken.add((host, number))  # now: others of this crawl ask meanwhile
            if await self._taken_up(host, number):
                return number
        return None

    async def give_back(self, host: str, seat: int) -> None:
        """Free a seat."""
        await self._one("SELECT pg_advisory_unlock(%s)", [_key(host, seat)])
        self._taken.discard((host, seat))

    async def begin(self, host: str, apart: float) -> float:
        """Begin a request now, if so many seconds have passed since the last one; else the seconds
        that are left of them."""
        given = {"host": host, "apart": apart}
        if (await self._asked(_BEGIN, given)).rowcount:
            return 0.0
        return max(0.001, float(await self._one(_LEFT, given) or 0.0))

    async def arrived(self, host: str, ago: float) -> None:
        """The last request had arrived so many seconds ago."""
        await self._asked(_ARRIVED, {"host": host, "ago": ago})

    async def close(self) -> None:
        """Free all seats."""
        self._taken.clear()
        await self._hang_up(self._session)

    async def _taken_up(self, host: str, number: int) -> bool:
        got = False
        try:
            got = bool(await self._one("SELECT pg_try_advisory_lock(%s)", [_key(host, number)]))
        finally:
            if not got:
                self._taken.discard((host, number))
        return got

    async def _one(self, query: LiteralString, values: Values) -> Any:
        row = await (await self._asked(query, values)).fetchone()
        return row[0] if row is not None else None

    async def _asked(self, query: LiteralString, values: Values) -> psycopg.AsyncCursor:
        known = self._session
        try:
            async with asyncio.timeout(self._answers_within_s):
                return await (await self._connected()).execute(query, values)
        except TimeoutError as error:
            await self._hang_up(known or self._session)
            silent = f"the server was silent for {self._answers_within_s:g} seconds; start again"
            raise ArchiveUnusable(f"archive {shown(self._url)}: {silent}") from error
        except psycopg.Error as error:
            await self._hang_up(known or self._session)
            if known is None:
                raise worded(self._url, error) from error
        return await self._asked(query, values)

    async def _connected(self) -> psycopg.AsyncConnection:
        async with self._beginning:
            if self._session is None:
                self._session = await _begun(database_address(self._url))
            return self._session

    async def _hang_up(self, session: psycopg.AsyncConnection | None) -> None:
        if session is self._session:  # else another question has begun a new one
            self._session = None
        if session is not None:
            await session.close()


async def _begun(address: URL) -> psycopg.AsyncConnection:
    connect = psycopg.AsyncConnection.connect
    session = await connect(libpq_address(address), autocommit=True, **reached(address))
    try:
        await _prepare(session)
    except BaseException:
        await session.close()
        raise
    return session


async def _prepare(session: psycopg.AsyncConnection) -> None:
    """Have the server let go of the locks of a machine that vanished; make what is not there."""
    for setting in GONE.items():
        await session.execute("SELECT set_config(%s, %s, false)", setting)
    there = await session.execute("SELECT to_regclass(%s)", ["cunzheng_turns.last_request"])
    if await there.fetchone() != (None,):
        return
    async with session.transaction():
        await session.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
        await session.execute(_MAKE)


def _key(host: str, seat: int) -> int:
    """The number of a seat's lock; the same for all crawls, and none of a site's lock."""
    digest = sha256(f"cunzheng turn {seat} {host}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
