"""The files that articles offer are archived with their bytes and their text."""

import hashlib

import pytest

from replica import Twists, World, serve
from replica.files import content
from tests.crawls.conftest import Book, Crawl, night

SMALL = 0.1


def offered(site) -> set[str]:
    """The addresses of all files that the site's articles offer today."""
    articles = site.world.on(site.day).articles.values()
    return {file.path for article in articles for file in article.content.attachments}


def test_every_file_is_kept_with_its_bytes_and_its_text(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        ended = crawl("hanweb", url=site.url)
        paths = offered(site)

    assert ended.code == 0
    assert f"files of articles: {len(paths)} new" in ended.out
    kept = {digest for (digest,) in book.ask("SELECT payload_digest FROM attachments")}
    assert kept == {hashlib.sha256(content(path)).hexdigest() for path in paths}
    assert book.ask("SELECT count(*) FROM attachments WHERE text IS NULL") == [(0,)]
    assert {kind for (kind,) in book.ask("SELECT DISTINCT format FROM attachments")} <= {
        "pdf",
        "rtf",
        "png",
    }


def test_an_unchanged_night_asks_for_no_file_again(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        site.requests.clear()
        crawl("hanweb", url=site.url, clock=night(2))
        asked = [request for request in site.requests if "/attach/" in request.path]

    assert asked == []
    assert book.ask("SELECT count(*) FROM captures WHERE page_kind = 'attachment'")[0][0] > 0


def test_new_bytes_under_an_old_name_are_an_edit(crawl: Crawl, book: Book) -> None:
    world = World(seed=7, size=SMALL, twists=Twists(refiled=2))
    with serve(world) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        before = offered(site)
        site.day = 2
        ended = crawl("snapshot", due="all", clock=night(20))
        again = [request for request in site.requests if request.status == 304]

    assert ended.code == 0
    assert again, "files that did not change are confirmed, not sent again"
    edits = book.ask(
        "SELECT json_extract(evidence, '$.file') FROM events"
        " WHERE kind = 'edited' AND fields = '[\"attachments\"]'"
    )
    renewed = {path.lstrip("/") for path in before if path.startswith("/attach/")}
    assert {path for (path,) in edits if path} <= renewed
    assert len(edits) > 0


@pytest.mark.parametrize(
    ("setting", "value"), [("CUNZHENG_ATTACHMENTS", "0")], ids=["switched off"]
)
def test_files_are_left_where_they_are_if_the_operator_says_so(
    crawl: Crawl, book: Book, setting: str, value: str
) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        assert crawl("hanweb", url=site.url, env={setting: value}).code == 0

    assert book.ask("SELECT count(*) FROM captures WHERE page_kind = 'attachment'") == [(0,)]
    assert book.ask("SELECT count(*) FROM attachments WHERE payload_digest IS NULL")[0][0] > 0


def test_files_that_an_earlier_crawl_left_are_fetched_by_the_next(crawl: Crawl, book: Book) -> None:
    with serve(World(seed=7, size=SMALL)) as site:
        crawl("hanweb", url=site.url, env={"CUNZHENG_ATTACHMENTS": "0"}, clock=night(1))
        ended = crawl("hanweb", url=site.url, clock=night(2))
        paths = offered(site)

    assert ended.code == 0
    assert book.ask("SELECT count(*) FROM attachments WHERE payload_digest IS NULL") == [(0,)]
    assert book.ask("SELECT count(DISTINCT url) FROM attachments") == [(len(paths),)]
