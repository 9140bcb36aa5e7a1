"""The public SQL contract: the design's tables, docs/sql.md and a real archive say the same."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.history import EventKind, State
from storage.judging import Absence, Outcome
from tests.storage.story import tell

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "sql.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
PROMISED = {
    "sites": "id, host, name, generation, first_seen_at, last_crawled_at",
    "channels": "id, site_id, cms_id, name, url, parent_id, dialect, first_seen_at, last_seen_at",
    "crawls": "id, spider, started_at, finished_at, finish_reason, held, stats",
    "walks": "id, crawl_id, channel_id, walked_at, claimed_total, entries_seen, articles_seen, "
    "pages, stop_reason, verdict",
    "articles": "id, site_id, cms_id, url, title, published, state, first_captured_at, "
    "last_captured_at, versions",
    "placements": "article_id, channel_id, url, listed_title, listed_on, first_listed_at, "
    "last_listed_at",
    "captures": "id, article_id, crawl_id, url, captured_at, recorded_at, status, page_kind, "
    "outcome, payload_digest, version_id",
    "versions": "id, article_id, number, first_captured_at, last_captured_at, digest, title, "
    "published, source, author, doc_number, body, fields, reader",
    "attachments": "version_id, position, name, url, payload_digest, media_type",
    "events": "id, article_id, at, kind, version_id, previous_version_id, fields, evidence",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> Iterator[sqlite3.Connection]:
    """The story's archive, as a researcher opens it: with SQLite alone, to read."""
    path = tmp_path_factory.mktemp("contract") / "archive.db"
    tell(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        yield connection


def columns(database: sqlite3.Connection, name: str) -> dict[str, str]:
    """The columns of a table or view, with their declared types."""
    return {row[1]: row[2] for row in database.execute(f"PRAGMA table_info({name})")}


def sections() -> dict[str, str]:
    """The document's sections of one table each."""
    parts = re.split(r"^#{2,3} (.+)$", TEXT, flags=re.MULTILINE)
    return {
        title.strip("`"): body
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
        if title.startswith("`")
    }


def documented(name: str) -> dict[str, str]:
    """The columns that the document gives a table, with their types."""
    table = sections()[name].split("| column |")[1].split("\n\n")[0]
    return dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", table, re.MULTILINE))


@pytest.mark.parametrize("name", PROMISED)
def test_every_promised_column_is_there(database, name):
    assert set(PROMISED[name].split(", ")) <= set(columns(database, name))


def test_the_document_has_a_section_for_each_promised_table_and_no_other():
    assert set(sections()) == set(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_the_document_names_the_columns_that_are_there_in_their_order(database, name):
    assert list(documented(name)) == list(columns(database, name))


TYPES = {
    "integer": {"INTEGER"},
    "text": {"TEXT"},
    "instant": {"VARCHAR(27)"},
    "JSON": {"JSON"},
    "boolean": {"BOOLEAN"},
}


@pytest.mark.parametrize("name", PROMISED)
def test_the_document_s_types_are_those_of_the_database(database, name):
    for column, declared in columns(database, name).items():
        assert declared in TYPES[documented(name)[column]], column


def test_the_document_says_of_every_other_table_that_it_is_the_inside(database):
    held = {
        row[0]
        for row in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table','view')")
        if not row[0].startswith(("sqlite_", "content_search_"))
    }
    (inside,) = re.findall(r"Tables that are not on this page \((.*?)\)", TEXT, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", inside)) == held - set(PROMISED)


@pytest.mark.parametrize(
    ("name", "column"),
    [(n, c) for n in PROMISED for c, kind in documented(n).items() if kind == "instant"],
)
def test_instants_are_text_of_fixed_width_that_sqlite_reads(database, name, column):
    for (value,) in database.execute(f"SELECT {column} FROM {name} WHERE {column} IS NOT NULL"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", value)
        assert database.execute("SELECT julianday(?)", (value,)).fetchone()[0]


WORDS = {
    "events": (EventKind, set()),
    "articles": (State, set()),
    # These two end in the frontier alone: there is no capture of them.
    "captures": ([*Absence, *Outcome], {Outcome.OFF_SITE, Outcome.DISALLOWED}),
}


@pytest.mark.parametrize(("name", "words"), WORDS.items(), ids=WORDS)
def test_the_document_says_every_word_that_a_column_may_hold(name, words):
    every, uncaptured = words
    assert {w.value for w in every if w not in uncaptured} <= set(
        re.findall(r"`([\w-]+)`", sections()[name])
    )


def test_what_the_document_says_of_evidence_is_what_events_hold(database):
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \|([^|]*)\|$", sections()["events"], re.MULTILINE)
    told = {kind: set(re.findall(r"`(\w+)`", keys)) for kind, keys in rows}
    held = database.execute("SELECT DISTINCT kind, key FROM events, json_each(evidence)").fetchall()
    assert held
    assert {key for _, key in held} >= {"class", "first_signal_at", "gap_hours", "crawl_id"}
    for kind, key in held:
        assert key in told[kind], kind


QUERIES = dict(
    re.findall(r"^([A-Z][^\n]*?)(?: [^\n]*)?\n(?:[^\n]+\n)*\n```sql\n(.*?)```", TEXT, re.M | re.S)
)


def answers(database: sqlite3.Connection, beginning: str) -> list[tuple]:
    """The answer of the query whose question begins so."""
    (query,) = [
        query
        for question, query in re.findall(
            r"(?:^|\n\n)([^\n`#][^`]*?)\n\n```sql\n(.*?)```", TEXT, re.DOTALL
        )
        if question.rpartition("\n\n")[2].startswith(beginning)
    ]
    return database.execute(query).fetchall()


ANSWERS = {
    "What is held": [("www.example.gov.cn", "示例市人民政府", 8, 9, 1)],
}
