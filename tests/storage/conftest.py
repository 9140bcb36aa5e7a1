from collections.abc import Callable, Iterator

import pytest

from tests.places import Place
from tests.storage.seeing import Told


@pytest.fixture
def told_anew(places: Callable[[], Place]) -> Iterator[Callable[[], Told]]:
    """Makes new, empty archives."""
    made: list[Told] = []

    def make() -> Told:
        for earlier in made[:-2]:
            earlier.rest()
        made.append(Told(places()))
        return made[-1]

    yield make
    for told in made:
        told.rest()


@pytest.fixture
def told(told_anew: Callable[[], Told]) -> Told:
    return told_anew()
