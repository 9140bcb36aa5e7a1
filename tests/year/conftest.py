from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from benchmarks.year.telling import Clock
from storage.archive import Archive
from tests.year.stories import New


@pytest.fixture
def places(tmp_path: Path) -> Callable[[], str]:
    """Makes addresses for new archives."""
    made: list[str] = []

    def make() -> str:
        made.append(f"sqlite:///{tmp_path}/archive{len(made)}.db")
        return made[-1]

    return make


@pytest.fixture
def new(places: Callable[[], str]) -> Iterator[Callable[[], New]]:
    """Makes new, empty archives, each with a clock of its own."""
    made: list[New] = []

    def make() -> New:
        clock, url = Clock(), places()
        archive = Archive.open(url, clock)
        if url.startswith("sqlite"):
            # No story here cuts the power: waiting for the disk would only take time.
            archive.engine.dispose()
            event.listen(archive.engine, "connect", _without_waiting)
        made.append(New(url, archive, clock))
        return made[-1]

    yield make
    for each in made:
        each.archive.close()


def _without_waiting(connection, _record) -> None:
    connection.execute("PRAGMA synchronous=OFF")
