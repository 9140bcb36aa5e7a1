"""The program is updated and reads better: no edit comes of it."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from replica import World, serve
from tests.crawls.conftest import ROOT, Book, Crawl, night

SMALL = World(seed=7, size=0.1)


def read_worse(book: Book) -> None:
    """Make the archive as an earlier reader would have left it: it took a menu into the text."""
    with closing(sqlite3.connect(book.path)) as connection, connection:
        connection.execute("UPDATE capture_readings SET reader = 'hanweb/0' WHERE content_id > 0")
        connection.execute(
            "UPDATE contents SET reader = 'hanweb/0', body = body || char(10) || '首页 新闻',"
            " digest = '0:' || id, field_digests = json_set(field_digests, '$.body', '0')"
        )


@pytest.mark.parametrize("at_once", [True, False], ids=["reread", "as it goes"])
def test_an_update_of_the_reader_invents_no_edit(
    crawl: Crawl, book: Book, environment: dict[str, str], at_once: bool
) -> None:
    with serve(SMALL) as site:
        crawl("hanweb", url=site.url, clock=night(1))
        bodies = book.ask("SELECT article_id, body FROM versions ORDER BY article_id")
        read_worse(book)
        if at_once:
            told = subprocess.run(
                [sys.executable, "-m", "cli.main", "reread", "--json"],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
            )
            assert json.loads(told.stdout)["altered_articles"] == len(bodies)
        ended = crawl("snapshot", due="all", clock=night(2))

    assert ended.code == 0
    assert book.ask("SELECT count(*) FROM events WHERE kind = 'edited'") == [(0,)]
    assert book.ask("SELECT article_id, body FROM versions ORDER BY article_id") == bodies
    assert book.ask("SELECT count(*) FROM withdrawn_versions") == [(len(bodies),)]
