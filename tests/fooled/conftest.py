import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from replica.kinds import KINDS
from replica.site import Site
from replica.truth import World
from tests.fooled.judging import Judgement, judgement
from tests.fooled.watching import Watch
from tests.places import File


@dataclass
class Watched:
    """A site of about 120 articles that was watched for one night, and its archive."""

    watch: Watch
    place: File

    def judged(self, doubtful: frozenset[int] = frozenset()) -> Judgement:
        return judgement(self.watch, self.place, doubtful)

    def flagged(self) -> bool:
        """Whether the last crawl is told not to have seen all: it is held, or a walk of it is not
        complete."""
        told = self.place.ask(
            "SELECT c.held OR EXISTS (SELECT 1 FROM walks w WHERE w.crawl_id = c.id"
            " AND w.verdict <> 'complete') FROM crawls c ORDER BY c.id DESC LIMIT 1"
        )
        return bool(told[0][0])


@pytest.fixture(scope="session")
def first_nights(tmp_path_factory) -> Iterator[Callable[[str], Watched]]:
    """The first night of a site of each kind, watched once."""
    made: dict[str, Watched] = {}

    def of(kind: str) -> Watched:
        if kind not in made:
            place = File(tmp_path_factory.mktemp(kind) / "archive.db")
            watch = Watch(place.url, Site(world=World(), kind=KINDS[kind]))
            assert watch.night(1).held_because is None
            made[kind] = Watched(watch, place)
        return made[kind]

    yield of
    for each in made.values():
        each.watch.archive.close()


@pytest.fixture
def watched(site_kind: str, first_nights, tmp_path: Path) -> Iterator[Watched]:
    first = first_nights(site_kind)
    first.watch.archive.close()
    place = File(Path(shutil.copy(first.place.path, tmp_path / "archive.db")))
    watch = first.watch.going_on(place.url)
    yield Watched(watch, place)
    watch.archive.close()
