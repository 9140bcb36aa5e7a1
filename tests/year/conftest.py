from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event

from benchmarks.year.telling import Clock
from storage.archive import Archive
from tests.places import Place
from tests.year.stories import New


@pytest.fixture
def new(places: Callable[[], Place]) -> Iterator[Callable[[], New]]:
    """Makes new, empty archives, each with a clock of its own."""
    made: list[tuple[Archive, Place]] = []

    def make() -> New:
        clock, place = Clock(), places()
        archive = Archive.open(place.url, clock)
        made.append((archive, place))
        if place.url.startswith("sqlite"):
            # No story here cuts the power: waiting for the disk would only take time.
            archive.engine.dispose()
            event.listen(archive.engine, "connect", _without_waiting)
        return New(place.url, archive, clock)

    yield make
    for archive, place in made:
        archive.close()
        place.close()


def _without_waiting(connection, _record) -> None:
    connection.execute("PRAGMA synchronous=OFF")
