"""Turns over all machines that fill one archive: those of this machine, then the cluster's."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from crawler.turns import Turns, free_seat
from storage.host_turns import HostTurns


class SharedTurns(Turns):
    """As `Turns`, and no other machine is in turn at the same host. `url` is the archive's."""

    def __init__(self, folder: Path, url: str) -> None:
        super().__init__(folder)
        self._others = HostTurns(url)

    @asynccontextmanager
    async def turn(self, host: str, at_once: int, go_on: Callable[[], None]) -> AsyncIterator[None]:
        async with super().turn(host, at_once, go_on):
            seat = await free_seat(lambda: self._others.seat(host, at_once), go_on)
            try:
                yield
            finally:
                self._others.give_back(host, seat)

    def begin(self, host: str, delay: float) -> float:
        left = self.left(host, delay) or self._others.begin(host, delay)
        return left or super().begin(host, delay)

    def arrived(self, host: str, ago: float) -> None:
        super().arrived(host, ago)
        self._others.arrived(host, ago)

    def close(self) -> None:
        self._others.close()
