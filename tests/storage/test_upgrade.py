"""An archive of the first release is brought to this program's version, and goes on from there."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from storage import migrations
from storage.engine import open_engine
from storage.judging import Absence
from tests.places import File
from tests.storage.seeing import DAY, EDITED, JAN, NOTICE, Told, look
from tests.storage.test_files import PLAN, WITH_PLAN, fetched

ROWS = {
    "sites": "id, host, first_seen_at",
    "crawls": "id, spider, target, started_at, finished_at, finish_reason, held, stats",
    "articles": "id, site_id, cms_id, url, title, published, state, first_captured_at, "
    "last_captured_at, versions, absent_since, last_sighting_at",
    "payloads": "digest, size, data",
    "capture_facts": "id, crawl_id, article_id, url, captured_at, recorded_at, status, headers, "
    "final_url, payload_digest",
    "contents": "id, digest, title, published, source, author, doc_number, body, fields, images, "
    "field_digests, origins, doubts, reader",
    "content_attachments": "content_id, position, name, url, media_type",
    "version_spans": "id, article_id, number, content_id, first_capture_id, first_captured_at, "
    "last_captured_at",
    "capture_readings": "capture_id, page_kind, outcome, reason, content_id, version_id, absence, "
    "counted, reader",
    "events": "id, article_id, at, kind, version_id, previous_version_id, fields, evidence, "
    "capture_id",
}
"""The columns of the first release, in the order in which rows may be written."""


def at_step(path: Path, step: str) -> None:
    """An empty archive as the release with this step made it."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with open_engine(f"sqlite:///{path}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)


def copied(of: Told, into: Path) -> None:
    """Write what an archive of today holds as the first release would have written it."""
    with closing(sqlite3.connect(into)) as connection, connection:
        for table, columns in ROWS.items():
            rows = of.ask(f"SELECT {columns} FROM {table}")
            marks = ", ".join("?" * len(columns.split(",")))
            connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


@pytest.fixture
def first_release(told: Told, tmp_path: Path) -> Path:
    told.crawl(JAN, look(WITH_PLAN, JAN))
    path = tmp_path / "first.db"
    at_step(path, "0001")
    copied(told, path)
    return path


def test_what_was_held_is_held_and_history_goes_on(told: Told, first_release: Path):
    before = told.dump()
    with open_engine(f"sqlite:///{first_release}").begin() as connection:
        migrations.upgrade(connection)
    upgraded = Told(File(first_release))
    assert upgraded.dump() == before
    upgraded.crawl(JAN + DAY, look(WITH_PLAN, JAN + DAY), fetched(PLAN, b"plan", JAN + DAY))
    upgraded.crawl(JAN + 2 * DAY, look(NOTICE, JAN + 2 * DAY))
    assert upgraded.events() == ["published", "edited"]
    assert upgraded.one("SELECT text FROM attachments") == "项目\t金额"
    upgraded.archive.close()


def test_a_crawl_that_was_held_before_can_be_released_after(told: Told, tmp_path: Path):
    told.crawl(JAN, look(NOTICE, JAN))
    crawl = told.begin(JAN + DAY)
    crawl.add(look(Absence.NOT_FOUND, JAN + DAY))
    crawl.close("finished", {})
    path = tmp_path / "held.db"
    at_step(path, "0001")
    copied(told, path)
    with open_engine(f"sqlite:///{path}").begin() as connection:
        migrations.upgrade(connection)
    upgraded = Told(File(path))
    assert upgraded.ask("SELECT crawl_id, whole FROM holds") == [(2, 0)]
    upgraded.archive.release(2)
    assert upgraded.events() == ["published", "missing"]
    upgraded.archive.close()


def test_facts_are_protected_after_the_upgrade_as_before(first_release: Path):
    with open_engine(f"sqlite:///{first_release}").begin() as connection:
        migrations.upgrade(connection)
    with closing(sqlite3.connect(first_release)) as connection:
        for attack in ("DELETE FROM capture_facts", "UPDATE payloads SET size = 0"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(attack)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_edits_of_before_are_weighed_once_the_archive_is_brought_up(told: Told, tmp_path: Path):
    told.crawl(JAN, look(NOTICE, JAN))
    told.crawl(JAN + DAY, look(EDITED, JAN + DAY))
    path = tmp_path / "first.db"
    at_step(path, "0001")
    copied(told, path)
    with open_engine(f"sqlite:///{path}").begin() as connection:
        migrations.upgrade(connection)
    upgraded = Told(File(path))
    assert upgraded.one("SELECT count(*) FROM edits") == 0
    assert list(upgraded.archive.weigh_edits()) == [1]
    edits = "SELECT version_id, silent, weight, kinds, tokens FROM edits"
    assert upgraded.ask(edits) == told.ask(edits) != []
    upgraded.rest()
