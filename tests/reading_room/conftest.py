"""A reading room over one archive: the story's site, a hostile one, one with a
regulation, and one that corrects itself. Told once, only read."""

from collections.abc import Callable, Iterator

import lxml.html
import pytest
from lxml.html import HtmlElement
from starlette.testclient import TestClient

from reading_room.app import open_room
from storage import Consultation
from tests.reading_room import corrections, hostile, regulation
from tests.reading_room.addresses import addresses
from tests.storage import story
from tests.storage.story import tell

Read = Callable[..., HtmlElement]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def archive_url(request, tmp_path_factory) -> str:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('room')}/archive.db"
    else:
        postgres = request.getfixturevalue("postgres")
        url = postgres.url(postgres.new())
    archive = tell(url)
    hostile.record(archive)
    regulation.record(archive)
    corrections.record(archive)
    archive.close()
    return url


@pytest.fixture(scope="session")
def archive(archive_url) -> Iterator[Consultation]:
    """The same archive, asked directly."""
    consultation = Consultation.open(archive_url)
    yield consultation
    consultation.close()


@pytest.fixture(scope="session")
def _browser(archive_url) -> Iterator[TestClient]:
    with TestClient(
        open_room(archive_url),
        base_url="http://127.0.0.1:8000",
        headers={"accept-language": "zh-CN"},
        follow_redirects=False,
    ) as client:
        yield client


@pytest.fixture
def visitor(_browser) -> TestClient:
    """A browser without JavaScript or memory; it asks for Chinese as the room's readers do."""
    _browser.cookies.clear()
    return _browser


@pytest.fixture
def read(visitor) -> Read:
    """Open a page that must be there, and read it as HTML."""

    def opened(path: str, **headers: str) -> HtmlElement:
        answer = visitor.get(path, headers=headers)
        assert answer.status_code == 200, (path, answer.status_code)
        return lxml.html.document_fromstring(answer.text)

    return opened


@pytest.fixture(scope="session")
def numbered(archive) -> Callable[..., int]:
    """The archive's number of an article of the story."""
    return lambda cms_id, host=story.HOST: archive.find(f"{host}/{cms_id}").id


@pytest.fixture(scope="session")
def pages(archive, numbered) -> dict[str, str]:
    return addresses(archive, numbered)


def said(page: HtmlElement) -> str:
    """All the words of a page's content, as one line."""
    return " ".join(page.get_element_by_id("content").text_content().split())
