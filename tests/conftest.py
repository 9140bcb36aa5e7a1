"""What stories of an archive begin with, on each database in turn."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.places import Database, File, Place
from tests.postgres.server import OLDEST, Server, programs, running
from tests.scoring.collecting import pytest_addoption as pytest_addoption
from tests.scoring.collecting import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.scoring.collecting import pytest_configure as pytest_configure
from tests.scoring.collecting import score as score
from tests.storage.story import tell

_KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL of the tests' own, one for each process that runs tests."""
    place = programs()
    if place is None:
        pytest.skip(f"PostgreSQL {OLDEST} or newer is not installed; as root: make postgresql")
    with running(place) as server:
        yield server


@pytest.fixture(scope="session")
def blank(tmp_path_factory) -> Path:
    """An empty archive, made once and copied: making one takes longer than most stories."""
    path = tmp_path_factory.mktemp("blank") / "archive.db"
    Archive.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def blank_database(postgres: Server) -> str:
    """The same in a database."""
    name = postgres.new()
    Archive.open(postgres.url(name)).close()
    return name


@pytest.fixture(scope="session")
def story(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Callable[[str], Place]]:
    """The archive of `tests.storage.story` on a kind of database: told once, and only read."""
    made: dict[str, Place] = {}

    def on(kind: str) -> Place:
        if kind not in made:
            made[kind] = place(kind)
            tell(made[kind].url).close()
        return made[kind]

    def place(kind: str) -> Place:
        if kind == "sqlite":
            return File(tmp_path_factory.mktemp("story") / "archive.db")
        server = request.getfixturevalue("postgres")
        return Database(server, server.new())

    yield on
    for each in made.values():
        each.close()


@pytest.fixture(params=_KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """The database of a story. One that is about one of them says so: `only_sqlite`."""
    return request.param


@pytest.fixture
def places(
    request: pytest.FixtureRequest, kind: str, tmp_path: Path
) -> Iterator[Callable[[], Place]]:
    """Makes new, empty archives."""
    with _places(request, kind, tmp_path) as make:
        yield make


@pytest.fixture(scope="module", params=_KINDS)
def lasting(request: pytest.FixtureRequest, tmp_path_factory) -> Iterator[Place]:
    """A new, empty archive for all stories of a module: told once by it, and only read by them."""
    with _places(request, request.param, tmp_path_factory.mktemp("lasting")) as make:
        yield make()


@contextmanager
def _places(
    request: pytest.FixtureRequest, kind: str, folder: Path
) -> Iterator[Callable[[], Place]]:
    if kind == "sqlite":
        yield _Files(request.getfixturevalue("blank"), folder)
        return
    server, blank = map(request.getfixturevalue, ("postgres", "blank_database"))
    made: list[Database] = []

    def make() -> Place:
        made.append(Database(server, server.new(blank)))
        return made[-1]

    yield make
    for database in made:
        database.close()
        server.drop(database.name)


@pytest.fixture
def nowhere(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[Place]:
    """A place where an archive can be, and none is yet."""
    if kind == "sqlite":
        yield File(tmp_path / "new.db")
        return
    server = request.getfixturevalue("postgres")
    with closing(Database(server, server.new())) as database:
        yield database
    server.drop(database.name)


class _Files:
    def __init__(self, blank: Path, folder: Path) -> None:
        self.blank = blank
        self.folder = folder
        self.made = 0

    def __call__(self) -> Place:
        path = self.folder / f"archive{self.made}.db"
        self.made += 1
        shutil.copy(self.blank, path)
        return File(path)


@pytest.fixture
def place(places: Callable[[], Place]) -> Iterator[Place]:
    """A new, empty archive."""
    with closing(places()) as made:
        yield made
