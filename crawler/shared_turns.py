"""Turns over all machines that fill one archive: those of this machine, then the cluster's."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from crawler.turns import Turns, free_seat
from storage.host_turns import HostTurns


class SharedTurns(Turns):
    """As `Turns`, and no other machine is in turn at the same host. `url` is the archive's.

    All of it raises ArchiveError where the archive's server does not answer: whoever cannot know
    what the other machines do asks no host.
    """

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
                await self._others.give_back(host, seat)

    async def begin(self, host: str, delay: float) -> float:
        left = self.left(host, delay) or await self._others.begin(host, delay)
        return left or await super().begin(host, delay)

    async def arrived(self, host: str, ago: float) -> None:
        await super().arrived(host, ago)
        await self._others.arrived(host, ago)

    async def close(self) -> None:
        await self._others.close()
