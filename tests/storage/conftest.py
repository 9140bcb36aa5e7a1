import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.storage.seeing import Told


@pytest.fixture(scope="session")
def blank(tmp_path_factory) -> Path:
    """An empty archive, made once and copied: making one takes longer than most stories."""
    path = tmp_path_factory.mktemp("blank") / "archive.db"
    Archive.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def told_anew(blank: Path, tmp_path: Path) -> Iterator[Callable[[], Told]]:
    """Makes new, empty archives."""
    made: list[Told] = []

    def make() -> Told:
        path = tmp_path / f"archive{len(made)}.db"
        shutil.copy(blank, path)
        made.append(Told(path))
        return made[-1]

    yield make
    for told in made:
        told.archive.close()


@pytest.fixture
def told(told_anew: Callable[[], Told]) -> Told:
    return told_anew()
