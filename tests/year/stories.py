"""An archive to which a year is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from benchmarks.year.held import held
from benchmarks.year.plan import Year
from benchmarks.year.sessions import Session
from benchmarks.year.telling import Clock, Teller
from benchmarks.year.truth import Account
from storage.archive import Archive

HOST = "www.wangchuan.example"


@dataclass(frozen=True)
class New:
    """A new archive, with the clock by which it learns."""

    url: str
    archive: Archive
    clock: Clock

    def teller(self, year: Year, host: str = HOST, chance: int = 1) -> Teller:
        return Teller(self.archive, self.clock, year, host, Random(chance))

    def told(self, year: Year, sessions: Iterable[Session], chance: int = 1) -> dict[str, Account]:
        """What the archive makes of these crawls."""
        teller = self.teller(year, chance=chance)
        teller.tell(sessions)
        teller.release()
        return held(self.url, HOST)
