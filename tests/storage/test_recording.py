"""Recording: captures in any order, facts that stay, and batches that are whole or not there."""

import random
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from storage.article import Article, Attachment
from storage.errors import ArchiveError, NaiveTime
from storage.judging import Absence, Outcome
from storage.payloads import decompress, payload_digest
from tests.storage.seeing import (
    APR,
    DAY,
    EDITED,
    FEB,
    HOST,
    HOUR,
    JAN,
    MAR,
    NOTICE,
    Told,
    address,
    entry,
    look,
    only_postgresql,
    only_sqlite,
    walk,
    wanted,
)

ROOT = Path(__file__).resolve().parents[2]
THIRD = replace(NOTICE, title="关于节水的紧急通知")
SHOWN = (NOTICE, EDITED, THIRD, Absence.NOT_FOUND, Absence.BLANK)

looks = st.lists(
    st.builds(
        lambda what, hours, cms_id: look(what, JAN + hours * HOUR, cms_id),
        st.sampled_from(SHOWN),
        st.integers(0, 120),
        st.sampled_from(["1001", "1002"]),
    ),
    min_size=1,
    max_size=10,
)


def test_going_back_to_old_content_is_a_third_version(told):
    for month, page in ((JAN, NOTICE), (FEB, EDITED), (MAR, NOTICE)):
        told.crawl(month, look(page, month))
    bodies = told.ask("SELECT number, body FROM versions ORDER BY number")
    assert bodies == [(1, NOTICE.body), (2, EDITED.body), (3, NOTICE.body)]
    assert told.events() == ["published", "edited", "edited"]
    assert told.one("SELECT count(*) FROM contents") == 2


def test_an_unchanged_page_is_captured_and_makes_no_version(told):
    told.crawl(JAN, look(NOTICE, JAN))
    told.crawl(FEB, look(replace(NOTICE, body=NOTICE.body.replace("请", "\u3000请 ")), FEB))
    assert told.ask("SELECT outcome, version_id FROM captures WHERE article_id = 1") == [
        ("new", 1),
        ("unchanged", 1),
    ]
    assert told.ask("SELECT first_captured_at, last_captured_at FROM versions") == [
        ("2026-01-10T02:00:00.000000Z", "2026-02-10T02:00:00.000000Z")
    ]


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(looks, st.randoms(use_true_random=False), st.integers(1, 4))
def test_captures_in_any_order_give_the_history_they_have_in_time_order(
    told_anew, seen, chance, crawls
):
    in_time, as_it_came = told_anew(), told_anew()
    for capture in sorted(seen, key=lambda capture: capture.captured_at):
        in_time.crawl(capture.captured_at, capture)
    arriving = chance.sample(seen, len(seen))
    for number in range(crawls):
        as_it_came.crawl(APR + number * DAY, *arriving[number::crawls])
    assert as_it_came.dump() == in_time.dump()


def test_a_capture_found_late_takes_its_place_in_the_history(told):
    told.crawl(JAN, look(NOTICE, JAN))
    told.crawl(MAR, look(NOTICE, MAR))
    kept = told.ask("SELECT id FROM versions")
    told.crawl(APR, look(EDITED, FEB))
    assert told.ask("SELECT number, first_captured_at FROM versions ORDER BY number") == [
        (1, "2026-01-10T02:00:00.000000Z"),
        (2, "2026-02-10T02:00:00.000000Z"),
        (3, "2026-03-10T02:00:00.000000Z"),
    ]
    assert told.ask("SELECT id FROM versions WHERE number = 1") == kept
    assert told.ask("SELECT outcome FROM captures WHERE article_id = 1 ORDER BY captured_at") == [
        ("new",),
        ("changed",),
        ("changed",),
    ]


def test_an_article_is_dated_by_its_earliest_and_latest_capture_whatever_came_first(told):
    dates = "SELECT first_captured_at, last_captured_at, versions, title FROM articles"
    january, february, march = (f"2026-0{m}-10T02:00:00.000000Z" for m in (1, 2, 3))
    told.crawl(FEB, look(NOTICE, FEB))
    assert told.ask(dates) == [(february, february, 1, NOTICE.title)]
    told.crawl(MAR, look(THIRD, MAR))
    assert told.ask(dates) == [(february, march, 2, THIRD.title)]
    told.crawl(APR, look(EDITED, JAN))
    assert told.ask(dates) == [(january, march, 3, THIRD.title)]


def test_back_fill_says_when_it_happened_and_when_we_learnt_it(told):
    told.crawl(APR, look(NOTICE, JAN))
    (moments,) = told.ask("SELECT captured_at, recorded_at FROM captures WHERE article_id = 1")
    assert moments == ("2026-01-10T02:00:00.000000Z", "2026-04-10T02:10:00.000000Z")


def test_the_id_of_an_event_that_is_withdrawn_never_names_another_one(told):
    told.crawl(FEB, look(EDITED, FEB), look(NOTICE, MAR))
    before = dict(told.ask("SELECT id, kind || at FROM events"))
    told.crawl(APR, look(NOTICE, FEB + HOUR))  # so it was edited earlier than we knew
    after = dict(told.ask("SELECT id, kind || at FROM events"))
    assert set(before.values()) != set(after.values())
    assert all(after[id_] == before[id_] for id_ in set(after) & set(before))


FACTS = {"capture_facts": "id", "payloads": "digest"}
ATTEMPTS = [
    "DELETE FROM {table}",
    "UPDATE {table} SET {key} = {key}",
    "INSERT INTO {table} SELECT * FROM {table} WHERE true "
    "ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
]


@pytest.mark.parametrize("table", FACTS)
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_facts_are_never_altered_by_anyone(told, table, attempt):
    told.crawl(JAN, look(NOTICE, JAN))
    _refused(told, table, attempt)


@only_sqlite
@pytest.mark.parametrize("table", FACTS)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_facts_are_never_put_in_each_other_s_place(told, table, verb):
    told.crawl(JAN, look(NOTICE, JAN))
    _refused(told, table, verb + " INTO {table} SELECT * FROM {table}")


@only_postgresql
@pytest.mark.parametrize("table", FACTS)
def test_facts_are_never_emptied_out(told, table):
    told.crawl(JAN, look(NOTICE, JAN))
    _refused(told, table, "TRUNCATE {table} CASCADE")


def _refused(told: Told, table: str, attempt: str) -> None:
    before = told.ask(f"SELECT * FROM {table}")
    with pytest.raises(
        (sqlite3.IntegrityError, psycopg.IntegrityError), match="holds facts: append-only"
    ):
        told.ask(attempt.format(table=table, key=FACTS[table]))
    assert told.ask(f"SELECT * FROM {table}") == before


def test_a_payload_is_stored_once_and_comes_back_to_the_byte(told):
    page = "<html>不变的页面</html>".encode("gb18030") * 1000
    told.crawl(JAN, look(NOTICE, JAN, payload=page), look(NOTICE, JAN + HOUR, payload=page))
    digest = payload_digest(page)
    ((data, size),) = told.ask("SELECT data, size FROM payloads WHERE digest = ?", digest)
    assert (decompress(data), size) == (page, len(page))
    assert len(data) < len(page) / 50
    assert told.one("SELECT count(*) FROM captures WHERE payload_digest = ?", digest) == 2


@pytest.mark.parametrize("outcome", [Outcome.CHALLENGED, Outcome.NOT_AN_ARTICLE])
def test_what_stood_in_an_article_s_place_is_kept_with_its_reason(told, outcome):
    told.crawl(JAN, look(NOTICE, JAN))
    shell = look(
        NOTICE,
        FEB,
        article=None,
        outcome=outcome,
        page_kind="challenge",
        reason="a challenge page: 521",
        status=521,
        payload=b"<script>document.cookie</script>",
    )
    told.crawl(FEB, wanted("1001", FEB), shell)
    assert told.ask(
        "SELECT outcome, reason, status, version_id FROM captures WHERE captured_at > '2026-02-10' "
        "AND article_id = 1"
    ) == [(outcome.value, "a challenge page: 521", 521, None)]
    assert told.events() == ["published"]
    assert told.state() == "present"
    assert told.one("SELECT outcome FROM frontier WHERE crawl_id = 2") == outcome.value


def test_a_redirect_is_recorded_under_the_address_that_was_asked(told):
    asked, led_to = address("1001"), address("1001").replace("http:", "https:")
    told.crawl(JAN, wanted("1001", JAN), look(NOTICE, JAN, url=led_to, asked_url=asked))
    assert told.ask("SELECT url, final_url FROM captures WHERE article_id = 1") == [(asked, led_to)]
    assert told.ask("SELECT url, outcome FROM frontier") == [(asked, "new")]


def test_the_attachments_of_each_version_stand_in_their_order(told):
    files = (Attachment("附表.xlsx", "http://a/1.xlsx"), Attachment("说明.doc", "http://a/2.doc"))
    told.crawl(JAN, look(NOTICE, JAN))
    told.crawl(FEB, look(replace(NOTICE, attachments=files), FEB))
    assert told.ask("SELECT version_id, position, name FROM attachments ORDER BY 2") == [
        (2, 1, "附表.xlsx"),
        (2, 2, "说明.doc"),
    ]


def test_a_time_without_its_zone_is_refused_and_nothing_is_written(told):
    crawl = told.begin(JAN)
    crawl.add(look(NOTICE, JAN.replace(tzinfo=None)))
    with pytest.raises(Exception, match="say which zone it is in") as refused:
        crawl.flush()
    assert isinstance(refused.value.__cause__ or refused.value, NaiveTime)
    assert told.one("SELECT count(*) FROM capture_facts") == 0


def test_what_could_not_be_written_waits_and_is_not_lost(told):
    crawl = told.begin(JAN)
    crawl.add(look(NOTICE, JAN))
    with told.archive.engine.begin() as connection:
        connection.execute(text("ALTER TABLE crawls RENAME COLUMN finish_reason TO jam"))
    with pytest.raises(ArchiveError, match="finish_reason"):
        crawl.close("finished", {})
    assert told.one("SELECT count(*) FROM capture_facts") == 0
    with told.archive.engine.begin() as connection:
        connection.execute(text("ALTER TABLE crawls RENAME COLUMN jam TO finish_reason"))
    crawl.close("finished", {})
    assert told.ask("SELECT outcome FROM captures") == [("new",)]


ODD = {
    "a character beyond the first plane": "\U00020bb7野家",
    "a private-use character": "\ue815",
    "a direction mark": "\u202e倒\u202c",
    "a noncharacter": "\ufdd0",
    "an emoji of several": "👩‍🌾",
    "full-width": "ＧＤＰ５．２％",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_characters_survive(told, odd):
    page = Article(title=f"题{odd}", body=f"一\n{odd}", info={odd: odd})
    told.crawl(JAN, look(page, JAN))
    assert told.ask("SELECT title, body, fields ->> ? FROM versions", odd) == [
        (page.title, page.body, odd)
    ]


@pytest.mark.parametrize("unfit", ["\x00", "\ud800"])
@pytest.mark.fault("4.19")
def test_what_no_database_takes_is_shown_as_replaced_wherever_it_stands(told, unfit):
    odd = f"甲{unfit}乙"
    page = Article(title=odd, body=odd, info={odd: odd}, attachments=(Attachment(odd, odd),))
    told.crawl(
        JAN,
        *walk(JAN, entry("1001", title=odd)),
        look(page, JAN, headers={"X": odd}, payload=b"\x00\xed\xa0\x80", reason=odd),
    )
    assert told.ask("SELECT title, body, length(body) FROM versions") == [
        ("甲\ufffd乙",) * 2 + (3,)
    ]
    assert told.one("SELECT listed_title FROM placements") == "甲\ufffd乙"
    assert told.one("SELECT name FROM attachments") == "甲\ufffd乙"
    digest = payload_digest(b"\x00\xed\xa0\x80")
    assert told.one("SELECT count(*) FROM captures WHERE payload_digest = ?", digest) == 1


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=30))
@pytest.mark.fault("8.2")
def test_any_text_at_all_can_be_recorded(told_anew, words):
    told = told_anew()
    told.crawl(JAN, look(Article(title=words, body=words), JAN))
    fit = "".join("\ufffd" if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in words)
    assert told.ask("SELECT title, body FROM versions") == [(fit, fit)]


@pytest.mark.fault("4.1")
def test_a_kill_at_any_moment_leaves_nothing_half_written(told):
    chance = random.Random(5)
    durable = 0
    for _ in range(5):
        said = _killed_after(told, chance.uniform(0, 0.15))
        _is_whole(told)
        durable += int(said.splitlines()[-1].split()[1])
        assert told.one("SELECT count(*) FROM capture_facts") >= durable
    assert durable >= 300
    assert told.one("SELECT count(*) FROM crawls") == 1  # each one went on where the last stopped


def _killed_after(told: Told, seconds: float) -> str:
    """What a program said that was killed at some moment of its writing."""
    program = _start(told, HOST)
    assert program.stdout is not None
    first = program.stdout.readline()
    time.sleep(seconds)
    program.kill()
    rest, _ = program.communicate()
    assert program.returncode == -9
    return first + rest


def _start(told: Told, host: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writing_program", told.url, host],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def _is_whole(told: Told) -> None:
    assert told.place.damage() == []
    for what, query in _HALF_WRITTEN.items():
        assert told.one(query) == 0, what


_HALF_WRITTEN = {
    "captures without their reading": """
        SELECT count(*) FROM capture_facts WHERE id NOT IN (SELECT capture_id FROM capture_readings)
        """,
    "captures without their payload": """
        SELECT count(*) FROM capture_facts
        WHERE payload_digest NOT IN (SELECT digest FROM payloads)""",
    "versions without their first capture": """
        SELECT count(*) FROM versions WHERE first_capture_id NOT IN
        (SELECT id FROM captures WHERE version_id = versions.id)""",
    "articles whose count of versions is wrong": """
        SELECT count(*) FROM articles a WHERE versions <>
        (SELECT count(*) FROM version_spans v WHERE v.article_id = a.id)""",
    "versions without their event": """
        SELECT count(*) FROM versions WHERE id NOT IN
        (SELECT version_id FROM events WHERE kind IN ('published', 'edited'))""",
    "captures whose address has no outcome": """
        SELECT count(*) FROM captures c JOIN frontier f ON f.url = c.url
        WHERE f.outcome IS NULL AND f.crawl_id = c.crawl_id""",
}
