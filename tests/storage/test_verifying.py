"""Whatever is altered, lost or added behind the archive's back is found, and nothing else is."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import ArticleKey, Attachment, Consultation
from storage.errors import ArchiveUnusable
from storage.judging import Absence
from tests.places import File
from tests.storage.seeing import (
    APR,
    DAY,
    EDITED,
    FEB,
    HOST,
    JAN,
    MAR,
    NOTICE,
    Told,
    entry,
    look,
    only_postgresql,
    only_sqlite,
    walk,
)
from tests.storage.test_as_of_replayed import any_archives, looks
from tests.storage.test_files import PLAN, WITH_PLAN, fetched


@pytest.fixture
def held(told: Told) -> Told:
    """An archive with edits, a takedown and its end, a file, lists, and a capture found late."""
    listed = (entry("1001"), entry("1002"), entry("1003"))
    told.crawl(JAN, *walk(JAN, *listed), look(NOTICE, JAN), look(NOTICE, JAN, "1002"))
    plan = fetched(PLAN, b"plan", JAN + DAY, key=ArticleKey(HOST, "1003"))
    told.crawl(JAN + DAY, look(WITH_PLAN, JAN + DAY, "1003"), plan)
    told.crawl(FEB, look(EDITED, FEB), look(Absence.NOT_FOUND, FEB, "1002"))
    later = FEB + 2 * DAY
    told.crawl(later, look(Absence.GONE, later, "1002"), *walk(later, entry("1001")))
    told.crawl(MAR, look(NOTICE, MAR), look(NOTICE, MAR, "1002"), look(EDITED, JAN + 2 * DAY))
    return told


def found(told: Told, sample: int | None = None) -> list[tuple[str, str]]:
    return found_at(told.url, sample)


def found_at(url: str, sample: int | None = None) -> list[tuple[str, str]]:
    """What is wrong with the archive at an address."""
    archive = Consultation.open(url)
    looks = list(archive.verify(sample))
    archive.close()
    return [(finding.row, finding.problem.value) for look in looks for finding in look.findings]


def altered(told: Told, *statements: str) -> None:
    """What a hand, another program or a bad disk does: without the archive's own guards."""
    told.rest()
    told.place.unguarded(*statements)


def test_an_archive_that_nobody_touched_is_sound(held):
    assert found(held) == []
    assert found(held, sample=2) == []


ALTERATIONS = {
    "a text": (
        "UPDATE contents SET body = replace(body, '应当', '不必') WHERE body LIKE '%应当%'",
        {("contents 3", "digest"), ("contents 3", "indexed-otherwise")},
    ),
    "a digest": (
        "UPDATE contents SET digest = '1:00' WHERE id = 1",
        {("contents 1", "digest")},
    ),
    "an attachment's address": (
        "UPDATE content_attachments SET url = url || '1'",
        {("contents 2", "digest")},
    ),
    "the date of an event": (
        "UPDATE events SET at = '2026-01-10T03:00:00.000000Z' WHERE id = 2",
        {("events 2", "no-such-event"), ("articles 2", "event-lacking")},
    ),
    "the kind of an event": (
        "UPDATE events SET kind = 'edited' WHERE kind = 'gone'",
        {("articles 2", "event-lacking")},
    ),
    "the evidence of a list's event": (
        """UPDATE events SET evidence = '{"crawl_id": 99}' WHERE kind = 'unlisted'
           AND article_id = 2""",
        set(),
    ),
    "a state": (
        "UPDATE articles SET state = 'gone' WHERE id = 1",
        {("articles 1", "standing-differs")},
    ),
    "an outcome": (
        "UPDATE capture_readings SET outcome = 'new' WHERE outcome = 'unchanged'",
        set(),
    ),
    "the moment of a capture": (
        "UPDATE capture_facts SET captured_at = '2026-01-10T02:00:00.000001Z' WHERE id = 2",
        set(),
    ),
    "a deleted version": (
        "DELETE FROM version_spans WHERE article_id = 1 AND number = 2",
        {("articles 1", "version-lacking")},
    ),
    "a version of another number": (
        "UPDATE version_spans SET number = 7 WHERE article_id = 1 AND number = 2",
        set(),
    ),
    "a deleted event": (
        "DELETE FROM events WHERE kind = 'restored'",
        {("articles 2", "event-lacking")},
    ),
    "a deleted capture": ("DELETE FROM capture_facts WHERE id = 2", set()),
    "a deleted reading": (
        "DELETE FROM capture_readings WHERE capture_id = 1",
        {("capture_facts 1", "neighbour")},
    ),
    "a deleted payload": (
        "DELETE FROM payloads WHERE digest = (SELECT payload_digest FROM capture_facts LIMIT 1)",
        {("capture_facts 1", "dangling")},
    ),
    "a payload of no capture": (
        "INSERT INTO payloads (digest, size, data) SELECT 'ab', size, data FROM payloads LIMIT 1",
        {("payloads ab", "neighbour"), ("payloads ab", "digest")},
    ),
    "the bytes of a file": (
        "UPDATE version_files SET payload_digest = (SELECT min(digest) FROM payloads)",
        set(),
    ),
    "what an edit changed": (
        "UPDATE edits SET before_content_id = content_id",
        {("edits 5", "neighbour")},
    ),
    "a deleted edit": (
        "DELETE FROM edits WHERE version_id = 5",
        {("version_spans 5", "neighbour")},
    ),
    "an entry of another site": (
        "UPDATE placements SET left_at = '2020-01-01T00:00:00.000000Z' WHERE id = 1",
        {("placements 1", "neighbour")},
    ),
}


@pytest.mark.parametrize(("statement", "expected"), ALTERATIONS.values(), ids=ALTERATIONS)
@pytest.mark.fault("4.33a")
def test_every_alteration_is_found(held, statement, expected):
    altered(held, statement)
    told = found(held)
    assert told
    assert expected <= set(told)


ON_SQLITE = {
    "a date that is none": (
        "UPDATE capture_facts SET captured_at = '2026-13-10T02:00:00.000000Z' WHERE id = 2",
        {("capture_facts 2", "unreadable"), ("articles 1", "unreadable")},
    ),
    "JSON that is none": (
        "UPDATE capture_facts SET headers = '{' WHERE id = 1",
        {("capture_facts 1", "unreadable")},
    ),
    "a content that is not indexed": (
        "DELETE FROM content_search_data WHERE id > 10",
        set(),
    ),
}
"""What PostgreSQL does not take in the first place, and its own kind of index."""


@only_sqlite
@pytest.mark.parametrize(("statement", "expected"), ON_SQLITE.values(), ids=ON_SQLITE)
def test_what_only_sqlite_lets_happen_is_found(held, statement, expected):
    altered(held, statement)
    told = found(held)
    assert told
    assert expected <= set(told)


ON_POSTGRESQL = {
    "a content that is not indexed": (
        "DELETE FROM content_search WHERE content_id = 1",
        {("contents 1", "not-indexed")},
    ),
    "a word of no text": (
        "UPDATE content_search SET tokens = tokens || array_to_tsvector(ARRAY['节外'])",
        {(f"contents {number}", "indexed-otherwise") for number in (1, 2, 3)},
    ),
    "a word that is missing": (
        "UPDATE content_search SET tokens = ts_delete(tokens, '通知') WHERE content_id = 1",
        {("contents 1", "indexed-otherwise")},
    ),
    "an entry of no content": (
        "INSERT INTO content_search VALUES (99, 0, array_to_tsvector(ARRAY['节水']))",
        {("content_search 99", "indexed-alone")},
    ),
}


@only_postgresql
@pytest.mark.parametrize(("statement", "expected"), ON_POSTGRESQL.values(), ids=ON_POSTGRESQL)
def test_what_befalls_the_index_of_postgresql_is_found(held, statement, expected):
    altered(held, statement)
    assert set(found(held)) == expected
    if "contents 1" in {row for row, _ in expected}:
        assert [each for _ in range(12) for each in found(held, sample=1)]


def test_a_capture_that_does_not_count_and_changes_nothing_else_is_found(held):
    held.crawl(MAR + DAY, look(NOTICE, MAR + DAY), look(NOTICE, MAR + 2 * DAY))
    (capture,) = held.ask("SELECT max(capture_id) - 1 FROM capture_readings")[0]
    altered(held, f"UPDATE capture_readings SET counted = false WHERE capture_id = {capture}")
    assert set(found(held)) == {
        (f"capture_readings {capture}", "neighbour"),
        (f"capture_readings {capture}", "seal"),
    }


@only_sqlite
def test_what_the_index_says_too_much_or_otherwise_is_found(held):
    altered(
        held,
        "INSERT INTO content_search (rowid, tokens) VALUES (99, '节水')",
        "INSERT INTO content_search (content_search, rowid, tokens) VALUES ('delete', 1, '通知')",
    )
    assert set(found(held)) == {
        ("content_search 99", "indexed-alone"),
        ("contents 1", "indexed-otherwise"),
    }


@pytest.mark.fault("4.33")
def test_a_bit_that_flips_in_a_payload_is_found_wherever_it_is(held):
    chance = random.Random(3)
    rows = held.ask("SELECT digest, data FROM payloads ORDER BY digest")
    for _ in range(15):
        digest, data = chance.choice(rows)
        bit = chance.randrange(8 * len(data))
        if (bit // 8, bit % 8) in {(4, 4), (4, 5)}:
            continue  # bits of a frame's head to which the format gives no meaning
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        _write(held, digest, bytes(flipped))
        assert {where for where, _ in found(held)} == {f"payloads {digest}"}
        _write(held, digest, data)
    assert found(held) == []


def _write(told: Told, digest: str, data: bytes) -> None:
    as_hex = f"X'{data.hex()}'" if isinstance(told.place, File) else f"'\\x{data.hex()}'"
    altered(told, f"UPDATE payloads SET data = {as_hex} WHERE digest = '{digest}'")


@only_sqlite
def test_a_page_of_the_file_that_a_disk_spoilt_is_told_and_nothing_is_raised(held):
    held.archive.close()
    whole = held.path.read_bytes()
    for at in range(4096, len(whole), 5 * 4096):
        held.path.write_bytes(whole[:at] + b"\xff" * 512 + whole[at + 512 :])
        assert _told(held), at


def _told(held: Told) -> list[object]:
    try:
        return [*found(held)]
    except ArchiveUnusable as error:  # the page by which an archive is known as one
        return [str(error)]


def test_a_sample_finds_what_it_looks_at(held):
    altered(held, "UPDATE contents SET body = '另一种说法'")
    assert len([each for each in found(held, sample=2) if each[1] == "digest"]) == 2


def test_files_that_share_an_address_and_contents_without_words_are_sound(told):
    twice = replace(WITH_PLAN, attachments=WITH_PLAN.attachments * 2)
    silent = replace(NOTICE, title="", body="", attachments=(Attachment("", "http://a/b"),))
    told.crawl(JAN, look(twice, JAN), fetched(PLAN, b"plan", JAN), look(silent, JAN, "1002"))
    assert found(told) == []


@any_archives
@given(looks, st.randoms(use_true_random=False), st.integers(1, 3))
def test_whatever_is_recorded_in_whatever_order_is_sound(told_anew, seen, chance, crawls):
    told = told_anew()
    arriving = chance.sample(seen, len(seen))
    for number in range(crawls):
        told.crawl(APR + number * DAY, *arriving[number::crawls])
    assert found(told) == []
