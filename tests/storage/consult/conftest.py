from collections.abc import Iterator

import pytest

from storage import Consultation


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def archive(request, story) -> Iterator[Consultation]:
    """The story's archive, told once and only read."""
    consultation = Consultation.open(story(request.param).url)
    yield consultation
    consultation.close()


@pytest.fixture(scope="session")
def article(archive):
    """An article of the story by its id on the site."""
    from tests.storage.story import HOST

    return lambda cms_id: archive.find(f"{HOST}/{cms_id}")
