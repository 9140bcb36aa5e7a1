"""An archive of SQLite moves into PostgreSQL whole, and both hold the same."""

import json
import shutil
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

from storage.archive import Archive
from storage.errors import ArchiveUnusable, NoCopy
from storage.moving import move, table_digest
from storage.schema import contents
from tests.cli.conftest import archive_url, run  # noqa: F401 - fixtures
from tests.places import Database, File


@pytest.fixture
def empty(postgres):
    with closing(Database(postgres, postgres.new())) as place:
        yield place


def test_it_holds_the_same_is_proved_and_goes_on(run, archive_url, empty):  # noqa: F811
    told = run("move", "--to", empty.url, "--json")
    assert told.exit_code == 0, told.output
    rows = {table["name"]: table["rows"] for table in json.loads(told.stdout)["tables"]}
    assert rows["capture_facts"] == 20
    for typed in (("sites",), ("search", "通知"), ("events",), ("changes", "--added", "一律")):
        assert run(*typed, archive=empty.url).stdout == run(*typed).stdout
    kept = json.loads(run("digest", "--json").stdout)["newest"]["digest"]
    verified = run("verify", "--against", kept, "--json", archive=empty.url)
    assert json.loads(verified.stdout)["findings"] == []
    archive = Archive.open(empty.url)
    with archive.record("hanweb", "http://new.example.gov.cn/", ["new.example.gov.cn"]) as crawl:
        assert crawl.crawl_id == rows["crawls"] + 1, "numbers go on"
    archive.close()
    assert run("move", "--to", empty.url).exit_code == 2


def test_a_move_that_cannot_be_proved_leaves_nothing(archive_url, empty, monkeypatch):  # noqa: F811
    digests = iter(range(1000))
    monkeypatch.setattr("storage.moving.table_digest", lambda *_: (next(digests), ""))
    with pytest.raises(ArchiveUnusable, match="not the same"):
        move(archive_url, empty.url)
    assert empty.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_one_altered_character_is_another_digest(archive_url, tmp_path):  # noqa: F811
    engine = create_engine(archive_url)
    with engine.connect() as connection:
        before = table_digest(connection, contents)
        connection.execute(text("UPDATE contents SET title = title || '.' WHERE id = 1"))
        assert table_digest(connection, contents) != before
        connection.rollback()
    engine.dispose()
    with pytest.raises(NoCopy):
        move(archive_url, f"sqlite:///{tmp_path}/other.db")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE payloads SET data = x'28b52ffd' WHERE rowid = (SELECT min(rowid) FROM payloads)",
        "UPDATE contents SET body = body || '。' WHERE id = 1",
        "UPDATE capture_facts SET status = 299 WHERE id = 1",
        "UPDATE capture_readings SET content_id = NULL, absence = 'gone' WHERE capture_id = 1",
        "INSERT INTO tellings (digest, told) VALUES ('00', '{}')",
    ],
)
def test_a_damaged_archive_is_not_moved(damage, archive_url, empty, tmp_path):  # noqa: F811
    shutil.copy(archive_url.removeprefix("sqlite:///"), tmp_path / "damaged.db")
    damaged = File(tmp_path / "damaged.db")
    damaged.unguarded(damage)
    with pytest.raises(ArchiveUnusable, match="cunzheng verify"):
        move(damaged.url, empty.url)
    assert empty.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
