"""A real archive, with edits, takedowns and files, moves from SQLite into PostgreSQL."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest

from replica import World, serve
from tests.crawls import nursery
from tests.crawls.conftest import ROOT, Book, Crawl, night
from tests.crawls.ended import Ended
from tests.places import Database

ASKED = (
    ("sites",),
    ("channels",),
    ("crawls",),
    ("coverage",),
    ("events",),
    ("search", "通知"),
    ("changes", "通知"),
    ("silent-edits",),
    ("report", "--last"),
    ("as-of", "2022-03-02"),
)
"""Questions of all kinds; their answers are compared character by character."""

UNHELD = {"CUNZHENG_GUARD_AT_LEAST": "100000"}


@pytest.fixture
def empty(postgres):
    with closing(Database(postgres, postgres.new())) as place:
        yield place
    postgres.drop(place.name)


def typed(url: str, *command: str) -> Ended:
    told = os.environ | {"ARCHIVE_URL": url}
    return nursery.typed(["cli.main", *command, "--lang", "en"], told, ROOT)


def killed_midway(url: str, target: Database) -> None:
    """A move that is killed while rows of it lie in the new database, not yet committed."""
    moving = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "move", "--to", target.url],
        cwd=ROOT,
        env=os.environ | {"ARCHIVE_URL": url},
    )
    deadline = time.monotonic() + 60
    writes = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_xid IS NOT NULL AND query ILIKE 'INSERT INTO%'"
    )
    while target.ask(writes) == [(0,)]:
        assert moving.poll() is None, "it ended before it was killed"
        assert time.monotonic() < deadline
    moving.send_signal(signal.SIGKILL)
    moving.wait(30)


@pytest.mark.heavy
def test_an_interrupted_move_is_begun_again_and_both_hold_the_same(
    crawl: Crawl, book: Book, empty: Database
) -> None:
    with serve(World(seed=7, size=0.3)) as site:
        for day in (1, 2, 3, 4):
            site.day = day
            crawl("hanweb", url=site.url, clock=night(day), env=UNHELD)
            if day > 1:
                crawl("snapshot", due="all", clock=night(day, 9), env=UNHELD)
    kinds = {kind for (kind,) in book.ask("SELECT DISTINCT kind FROM events")}
    assert {"published", "edited", "missing", "gone"} <= kinds
    assert book.count("attachments")

    killed_midway(book.url, empty)
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    deadline = time.monotonic() + 60
    while empty.ask(others) != [(1,)]:  # the server has heard of it
        assert time.monotonic() < deadline
    assert empty.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]

    moved = typed(book.url, "move", "--to", empty.url, "--json")
    assert moved.code == 0, moved.err
    tables = {table["name"]: table["rows"] for table in json.loads(moved.out)["tables"]}
    assert tables["capture_facts"] == book.count("captures")
    for question in ASKED:
        before, after = typed(book.url, *question), typed(empty.url, *question)
        assert (before.code, before.out) == (after.code, after.out), question
        assert before.out, question
    verified = json.loads(typed(empty.url, "verify", "--json").out)
    assert verified["findings"] == []
    again = typed(book.url, "move", "--to", empty.url)
    assert (again.code, again.out) == (2, "")
    assert "holds an archive already" in again.err
