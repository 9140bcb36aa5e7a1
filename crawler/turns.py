"""Turns: over all crawls of this machine, so many requests at once to a host, and so far apart.

A turn is a lock on a file that the system releases when its holder ends, however it ends. When
the last request went out stands in another file, by the machine's monotonic clock, which all
processes share."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import quote

_LOOK_S = (0.005, 0.1)
"""How long to wait between two looks whether a turn has become free: at first, at most."""


class Turns:
    """The turns at all hosts. `folder` is this user's own; it is made where there is none.

    Raises ValueError where the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            status = folder.lstat()
        except OSError as error:
            raise ValueError(f"{folder}: {error.strerror}; set CUNZHENG_TURNS") from error
        if status.st_uid != os.getuid() or not os.access(folder, os.W_OK | os.X_OK):
            raise ValueError(f"{folder} is not this user's own; set CUNZHENG_TURNS")

    @asynccontextmanager
    async def turn(self, host: str, at_once: int, go_on: Callable[[], None]) -> AsyncIterator[None]:
        """Waits until fewer than `at_once` requests to the host are under way, and counts as one of
        them while it is open. `go_on` is called meanwhile; what it raises ends the waiting."""
        seat = await free_seat(lambda: self._seat(host, at_once), go_on)
        try:
            yield
        finally:
            os.close(seat)

    async def begin(self, host: str, delay: float) -> float:
        """Begin a request now, if `delay` seconds have passed since the last one; else the seconds
        that are left of them."""
        now = monotonic()
        with self._last(host) as file:
            if left := _left(file, delay, now):
                return left
            _write(file, now, delay)
        return 0.0

    def left(self, host: str, delay: float) -> float:
        """The seconds that are left of `delay` since the last request; nothing begins."""
        with self._last(host) as file:
            return _left(file, delay, monotonic())

    async def close(self) -> None:
        """The crawl is over; its turns ended by themselves."""

    async def arrived(self, host: str, ago: float) -> None:
        """The last request had arrived so many seconds ago: from then on the delay counts. Requests
        travel unequally long (one needs a new connection, the next finds it standing)."""
        with self._last(host) as file:
            last, asked = _read(file)
            _write(file, max(last, monotonic() - ago), asked)

    async def _seat(self, host: str, at_once: int) -> int | None:
        for number in range(at_once):
            file = self._open(host, f".{number}")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
            else:
                return file
        return None

    @contextmanager
    def _last(self, host: str) -> Iterator[int]:
        file = self._open(host, "")
        try:
            fcntl.flock(file, fcntl.LOCK_EX)  # held for a moment only, by whomever
            yield file
        finally:
            os.close(file)

    def _open(self, host: str, suffix: str) -> int:
        name = quote(host, safe="")[:200] + suffix
        return os.open(self._folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


async def free_seat(take: Callable[[], Awaitable[int | None]], go_on: Callable[[], None]) -> int:
    """The seat that `take` gives once one is free; `go_on` is called while it waits."""
    pause, most = _LOOK_S
    while (seat := await take()) is None:
        go_on()
        await asyncio.sleep(pause)
        pause = min(2 * pause, most)
    return seat


def _left(file: int, delay: float, now: float) -> float:
    last, asked = _read(file)
    left = last + max(delay, asked) - now
    return left if left > 0 and last <= now else 0.0


def _read(file: int) -> tuple[float, float]:
    """When the last request to a host began, and how far from it the next one may."""
    parts = os.pread(file, 64, 0).split()[:2]
    try:
        last, asked = map(float, parts)
    except ValueError:
        return 0.0, 0.0
    return last, asked


def _write(file: int, last: float, apart: float) -> None:
    os.pwrite(file, f"{last:15.6f} {apart:15.6f}\n".encode(), 0)
