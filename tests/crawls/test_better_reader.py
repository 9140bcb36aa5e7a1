"""The program is updated and reads better: no edit comes of it."""

import json

import pytest

from replica import World, serve
from tests.crawls import nursery
from tests.crawls.conftest import ROOT, Book, Crawl, night

SMALL = World(seed=7, size=0.1)


def read_worse(book: Book) -> None:
    """Make the archive as an earlier reader would have left it: it took a menu into the text."""
    book.ask("UPDATE capture_readings SET reader = 'hanweb/0' WHERE content_id > 0")
    for id_, body, digests in book.ask("SELECT id, body, field_digests FROM contents"):
        book.ask(
            "UPDATE contents SET reader = 'hanweb/0', body = ?, digest = ?, field_digests = ? "
            "WHERE id = ?",
            f"{body}\n首页 新闻",
            f"0:{id_}",
            json.dumps(json.loads(digests) | {"body": "0"}),
            id_,
        )


@pytest.mark.parametrize(
    ("on", "at_once"),
    [("sqlite", True), ("sqlite", False), ("postgresql", True)],
    ids=["reread", "as it goes", "reread, postgresql"],
)
def test_an_update_of_the_reader_invents_no_edit(
    crawl: Crawl, book: Book, environment: dict[str, str], at_once: bool
) -> None:
    with serve(SMALL) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        bodies = book.ask("SELECT article_id, body FROM versions ORDER BY article_id")
        read_worse(book)
        if at_once:
            told = nursery.typed(["cli.main", "reread", "--json"], environment, ROOT)
            assert told.code == 0, told.err
            assert json.loads(told.out)["altered_articles"] == len(bodies)
        ended = crawl("snapshot", due="all", clock=night(2))

    assert ended.code == 0
    assert book.ask("SELECT count(*) FROM events WHERE kind = 'edited'") == [(0,)]
    assert book.ask("SELECT article_id, body FROM versions ORDER BY article_id") == bodies
    assert book.ask("SELECT count(*) FROM withdrawn_versions") == [(len(bodies),)]
