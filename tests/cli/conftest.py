from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from tests.storage.story import tell

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def archive_url(tmp_path_factory) -> str:
    """The story's archive, told once and only read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('story')}/archive.db"
    tell(url).close()
    return url


@pytest.fixture
def run(archive_url) -> Iterator[Run]:
    """Type a command as a researcher would; it speaks English unless asked otherwise."""

    def typed(*args: str, lang: str = "en", archive: str = archive_url) -> Result:
        runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"})
        return runner.invoke(app, [*args, "--archive", archive, "--lang", lang])

    return typed
