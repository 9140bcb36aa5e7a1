"""An archive of the first release is brought to this program's version, and goes on from there."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config

from storage import Consultation, migrations
from storage.consult.looks import payload
from storage.engine import opened
from storage.judging import Absence
from storage.payloads import payload_digest
from tests.places import Database, Place
from tests.storage.seeing import DAY, EDITED, JAN, NOTICE, Told, look
from tests.storage.test_files import PLAN, WITH_PLAN, fetched
from tests.storage.test_verifying import altered, found

ROOT = Path(__file__).resolve().parents[2]
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


def at_step(place: Place, step: str) -> None:
    """An empty archive as the release with this step made it."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with opened(place.url) as engine, engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)


def copied(of: Told, into: Place) -> None:
    """Write what an archive of today holds as the first release would have written it."""
    for table, columns in ROWS.items():
        marks = ", ".join("?" * len(columns.split(",")))
        for row in of.ask(f"SELECT {columns} FROM {table}"):
            # As text, which each column makes its own: a boolean is asked for as a number.
            values = [str(value) if isinstance(value, int) else value for value in row]
            into.ask(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
        if isinstance(into, Database) and columns.startswith("id,"):
            into.ask(
                f"SELECT setval('{table}_id_seq', coalesce(max(id), 1), max(id) IS NOT NULL) "
                f"FROM {table}"
            )


def brought_up(place: Place) -> Told:
    """The archive at this program's step."""
    with opened(place.url) as engine, engine.begin() as connection:
        migrations.upgrade(connection)
    return Told(place)


@pytest.fixture
def upgraded(told: Told, nowhere: Place) -> Iterator[Callable[[], Told]]:
    """Makes of what was told an archive of the first release, and brings that up."""
    made: list[Told] = []

    def make() -> Told:
        at_step(nowhere, "0001")
        copied(told, nowhere)
        made.append(brought_up(nowhere))
        return made[-1]

    yield make
    for each in made:
        each.rest()


def test_what_was_held_is_held_and_history_goes_on(told, upgraded):
    told.crawl(JAN, look(WITH_PLAN, JAN))
    archive = upgraded()
    assert archive.dump() == told.dump()
    archive.crawl(JAN + DAY, look(WITH_PLAN, JAN + DAY), fetched(PLAN, b"plan", JAN + DAY))
    archive.crawl(JAN + 2 * DAY, look(NOTICE, JAN + 2 * DAY))
    assert archive.events() == ["published", "edited"]
    assert archive.one("SELECT text FROM attachments") == "项目\t金额"


def test_a_crawl_that_was_held_before_can_be_released_after(told, upgraded):
    told.crawl(JAN, look(NOTICE, JAN))
    crawl = told.begin(JAN + DAY)
    crawl.add(look(Absence.NOT_FOUND, JAN + DAY))
    crawl.close("finished", {})
    archive = upgraded()
    assert archive.ask("SELECT crawl_id, whole FROM holds") == [(2, 0)]
    archive.archive.release(2)
    assert archive.events() == ["published", "missing"]


def test_facts_are_protected_after_the_upgrade_as_before(told, upgraded):
    told.crawl(JAN, look(WITH_PLAN, JAN))
    archive = upgraded()
    for attack in ("DELETE FROM capture_facts", "UPDATE payloads SET size = 0"):
        with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError), match="append-only"):
            archive.ask(attack)
    assert archive.place.damage() == []


def test_edits_of_before_are_weighed_once_the_archive_is_brought_up(told, upgraded):
    told.crawl(JAN, look(NOTICE, JAN))
    told.crawl(JAN + DAY, look(EDITED, JAN + DAY))
    archive = upgraded()
    assert archive.one("SELECT count(*) FROM edits") == 0
    assert list(archive.archive.weigh_edits()) == [1]
    edits = "SELECT version_id, silent, weight, kinds, tokens FROM edits"
    assert archive.ask(edits) == told.ask(edits) != []


def test_what_was_held_before_is_chained_and_closed_and_an_alteration_is_found(told, upgraded):
    told.crawl(JAN, look(NOTICE, JAN), look(WITH_PLAN, JAN, "1002"))
    told.crawl(JAN + DAY, look(EDITED, JAN + DAY))
    archive = upgraded()
    list(archive.archive.weigh_edits())
    assert {problem for _, problem in found(archive)} == {"not-indexed"}, "which is not copied here"
    links = "SELECT capture_id, digest FROM capture_chain ORDER BY capture_id"
    assert archive.ask(links) == told.ask(links) != []
    assert archive.one("SELECT count(*) FROM crawl_seals") == 2
    altered(archive, "UPDATE capture_facts SET status = 203 WHERE id = 2")
    assert ("capture_facts 2", "chain") in found(archive)


def test_two_programs_that_bring_it_up_at_once_do_it_once(nowhere):
    at_step(nowhere, "0001")
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "cli.main", "migrate", "--archive", nowhere.url],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for program in programs:
        _, complaint = program.communicate(timeout=60)
        assert (program.returncode, complaint) == (0, b"")
    assert nowhere.ask("SELECT version_num FROM alembic_version") == [(migrations.HEAD,)]


def test_events_of_before_and_after_name_the_site_of_their_article(told, upgraded):
    told.crawl(JAN, look(NOTICE, JAN))
    archive = upgraded()
    archive.crawl(JAN + DAY, look(EDITED, JAN + DAY))
    apart = "SELECT count(*) FROM events e JOIN articles a ON a.id = e.article_id"
    assert archive.one(f"{apart} WHERE e.site_id = a.site_id") == 2
    altered(archive, "UPDATE events SET site_id = NULL WHERE id = 1")
    assert [row for row, problem in found(archive) if problem == "neighbour"] == ["events 1"]


def test_what_lists_told_in_a_crawl_that_was_held_before_is_taken_in_when_it_is_released(nowhere):
    at_step(nowhere, "0010")
    at, later = "2026-01-10T02:00:00.000000Z", "2026-01-10T02:10:00.000000Z"
    page = '{"entries": [["www.example.gov.cn", "1001", "http://a/1", "甲", "2026-01-09"]]}'
    walk = (
        '{"host": "www.example.gov.cn", "channel": "11", "claimed_total": 1, "entries_seen": 1, '
        '"articles_seen": 1, "repeats": 0, "off_site": 0, "pages": 1, "stop_reason": "one page", '
        '"verdict": "complete", "whole": true, "ends_on": null}'
    )
    for statement in (
        f"INSERT INTO sites (host, first_seen_at) VALUES ('www.example.gov.cn', '{at}')",
        "INSERT INTO channels (site_id, cms_id, url, first_seen_at, last_seen_at) "
        f"VALUES (1, '11', 'http://a/', '{at}', '{at}')",
        "INSERT INTO channel_names (channel_id, name, first_seen_at, last_seen_at) "
        f"VALUES (1, '通知', '{at}', '{later}')",
        "INSERT INTO crawls (spider, target, started_at, finished_at, finish_reason, held, stats) "
        f"VALUES ('hanweb', 'http://a/', '{at}', '{later}', 'finished', '1', '{{}}')",
        "INSERT INTO holds (crawl_id, site_id, whole, because, held_at) "
        f"VALUES (1, 1, '1', '[]', '{later}')",
        "INSERT INTO walks (crawl_id, channel_id, walked_at, entries_seen, articles_seen, repeats, "
        "off_site, pages, stop_reason, verdict, whole) "
        f"VALUES (1, 1, '{at}', 1, 1, 0, 0, 1, 'one page', 'complete', '1')",
        "INSERT INTO listing_journal (crawl_id, channel_id, at, told) "
        f"VALUES (1, 1, '{at}', '{page}')",
        "INSERT INTO listing_journal (crawl_id, channel_id, walk_id, at, told) "
        f"VALUES (1, 1, 1, '{at}', '{walk}')",
    ):
        nowhere.ask(statement)
    archive = brought_up(nowhere)
    assert archive.one("SELECT count(*) FROM placements") == 0
    archive.archive.release(1)
    assert archive.ask("SELECT url, listed_title, first_listed_at FROM placements") == [
        ("http://a/1", "甲", at)
    ]
    assert archive.ask("SELECT name, at FROM name_sightings ORDER BY at") == [
        ("通知", at),
        ("通知", later),
    ]
    archive.rest()


def test_pages_of_before_are_read_as_they_were_and_later_ones_are_packed_with_them(told, upgraded):
    before = "".join(f"<p>{number} 各单位请节约用水</p>" for number in range(200)).encode()
    after = before.replace("请节约".encode(), "应节约".encode(), 1)
    told.crawl(JAN, look(NOTICE, JAN, payload=before))
    archive = upgraded()
    archive.crawl(JAN + DAY, look(EDITED, JAN + DAY, payload=after))
    base = "SELECT base_digest FROM payloads WHERE digest = ?"
    assert archive.one(base, payload_digest(before)) is None
    assert archive.one(base, payload_digest(after)) == payload_digest(before)
    consulted = Consultation.open(archive.url)
    for page in (before, after):
        assert consulted.ask(payload, payload_digest(page)) == page
    consulted.close()
