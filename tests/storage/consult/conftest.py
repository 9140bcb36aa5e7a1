from collections.abc import Iterator

import pytest

from storage import Consultation
from tests.storage.story import tell


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Iterator[Consultation]:
    """The story's archive, told once and only read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('story')}/archive.db"
    tell(url).close()
    consultation = Consultation.open(url)
    yield consultation
    consultation.close()


@pytest.fixture(scope="session")
def article(archive):
    """An article of the story by its id on the site."""
    from tests.storage.story import HOST

    return lambda cms_id: archive.find(f"{HOST}/{cms_id}")
