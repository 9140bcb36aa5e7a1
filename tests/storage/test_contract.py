"""The public SQL contract: the design's tables, docs/sql.md and a real archive say the same."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from storage.history import EventKind, State
from storage.judging import Absence, Outcome
from tests.places import File, Place
from tests.storage.story import (
    BACK,
    EDITED,
    LATE,
    MOVED,
    POLICIES,
    QUIET,
    RETITLED,
    TAKEN_DOWN,
    UNREAD,
    address,
)

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


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request, story) -> Place:
    """The story's archive, as a researcher opens it: with the database alone."""
    return story(request.param)


def columns(database: Place, name: str) -> dict[str, str]:
    """The columns of a table or view, with their declared types."""
    if isinstance(database, File):
        return {row[1]: row[2] for row in database.ask(f"PRAGMA table_info({name})")}
    query = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = ?"
    return dict(database.ask(f"{query} ORDER BY ordinal_position", (name,)))


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
    "integer": {"INTEGER", "integer"},
    "text": {"TEXT", "text"},
    "instant": {"VARCHAR(27)", "timestamp with time zone"},
    "JSON": {"JSON", "json"},
    "boolean": {"BOOLEAN", "boolean"},
}


@pytest.mark.parametrize("name", PROMISED)
def test_the_document_s_types_are_those_of_the_database(database, name):
    for column, declared in columns(database, name).items():
        assert declared in TYPES[documented(name)[column]], column


def test_the_document_says_of_every_other_table_that_it_is_the_inside(database):
    if isinstance(database, File):
        query = "SELECT name FROM sqlite_master WHERE type IN ('table','view')"
    else:
        query = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    own = ("sqlite_", "content_search_", "edit_search_")
    held = {name for (name,) in database.ask(query) if not name.startswith(own)}
    (inside,) = re.findall(r"Tables that are not on this page \((.*?)\)", TEXT, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", inside)) == held - set(PROMISED)


@pytest.mark.parametrize(
    ("name", "column"),
    [(n, c) for n in PROMISED for c, kind in documented(n).items() if kind == "instant"],
)
def test_instants_are_text_of_fixed_width_that_sqlite_reads(story, name, column):
    database = story("sqlite")
    for (value,) in database.ask(f"SELECT {column} FROM {name} WHERE {column} IS NOT NULL"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", value)
        assert database.ask("SELECT julianday(?)", (value,))[0][0]


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
    rows = database.ask("SELECT kind, evidence FROM events")
    held = {(kind, key) for kind, evidence in rows for key in json.loads(evidence)}
    assert held
    assert {key for _, key in held} >= {"class", "first_signal_at", "gap_hours", "crawl_id"}
    for kind, key in held:
        assert key in told[kind], kind


def _queries() -> dict[str, str]:
    found = {}
    for block in TEXT.split("\n```\n"):
        before, marked, query = block.partition("\n\n```sql\n")
        if marked:
            question = " ".join(before.rpartition("\n\n")[2].split())
            found[question.partition("?")[0]] = query
    return found


QUERIES = _queries()
"""The document's queries, by the question before each."""

OF_SQLITE = "How long between the date that a page claims and our first capture, in days"
"""The question whose query has another form on PostgreSQL, which the document names."""


def asked(database: Place, question: str) -> list[tuple[Any, ...]]:
    query = QUERIES[question]
    if question == OF_SQLITE and not isinstance(database, File):
        (other,) = re.findall(r"\(PostgreSQL: `(.*?)`\.\)", TEXT)
        query = re.sub(r"julianday.* AS days", f"{other} AS days", query)
    return database.ask(query)


STORY = {
    "What is held of each site": [
        ("www.example.gov.cn", "示例市人民政府", 8, 9, 1, "2026-03-04T02:01:00.000000Z")
    ],
    "What was changed after its publication, and which fields": [
        ("2026-03-04T02:01:00.000000Z", "停车管理办法", '["title"]', address(RETITLED)),
        ("2026-03-03T02:01:00.000000Z", "关于规范临时建设管理的通知", '["body"]', address(EDITED)),
    ],
    "What was taken down, how do we know, and what did it say": [
        (
            "关于拟聘用人员的公示",
            "2026-03-04T02:01:00.000000Z",
            "404",
            "2026-03-03T02:01:00+00:00",
            "拟聘用人员名单如下。",
        )
    ],
    "What might we have missed": [
        (
            "www.example.gov.cn",
            "政策文件",
            5,
            2,
            "short by 3",
            "the site offers no further page",
        )
    ],
    "Which articles did a channel list on a day, and what did each say then": [
        (QUIET, f"条目{QUIET}", 1, "关于春季绿化工作的通知"),
        (EDITED, f"条目{EDITED}", 2, "关于规范临时建设管理的通知"),
        (RETITLED, f"条目{RETITLED}", 1, "停车管理办法（征求意见稿）"),
        (BACK, f"条目{BACK}", 1, "供水抢修公告"),
        (MOVED, f"条目{MOVED}", 1, "惠企政策清单"),
        (LATE, f"条目{LATE}", 1, "一月经济运行情况"),
    ],
    "In which state was each article on a day": [
        (QUIET, "present"),
        (EDITED, "present"),
        (RETITLED, "present"),
        (TAKEN_DOWN, "missing"),
        (BACK, "missing"),
        (MOVED, "present"),
        (LATE, "present"),
        (UNREAD, "unknown"),
    ],
    "How far had each channel been walked by a day": [
        ("10", "政务公开", None, None),
        ("11", "通知公告", "2026-03-02T02:01:00.000000Z", "2026-03-02T02:01:00.000000Z"),
        (POLICIES, "政策文件", "2026-03-02T02:01:00.000000Z", "2026-03-02T02:01:00.000000Z"),
    ],
    "What does the site claim to have published by a day, and when did we see it first": [
        (TAKEN_DOWN, "2026-02-20", "关于拟聘用人员的公示", "2026-03-02T02:01:00.000000Z"),
        (MOVED, "2026-02-24", "惠企政策清单", "2026-03-02T02:01:00.000000Z"),
        (RETITLED, "2026-02-25", "停车管理办法（征求意见稿）", "2026-03-02T02:01:00.000000Z"),
    ],
    "What could the archive itself have told on a day": [
        (article, 1, "2026-03-02T02:01:00.000000Z", "2026-03-02T02:09:00.000000Z")
        for article in range(1, 7)
    ],
    "Which articles stand in a list but were never read": [
        ("政策文件", "条目1008", "2026-03-01", address(UNREAD, POLICIES))
    ],
    "Which versions hold a word": [("一月经济运行情况", 1, "2026-03-03T02:01:00.000000Z")],
}
"""Whole answers. Of the others, which are longer, the tests below name a part."""


@pytest.mark.parametrize("question", QUERIES)
def test_every_query_of_the_document_has_an_answer(database, question):
    assert asked(database, question)


@pytest.mark.parametrize("question", STORY)
def test_a_query_answers_its_question(database, question):
    assert asked(database, question) == STORY[question]


def test_an_edit_is_shown_before_and_after(database):
    query = QUERIES["What did an edited text say before and after"]
    ((_, _, before, after),) = database.ask(query)
    assert "原则上可以继续" in before
    assert "一律不得再继续" in after


def test_a_day_is_shown_as_it_was_whatever_came_later(database):
    rows = database.ask(QUERIES["What did the site say on a day"])
    assert [row[0] for row in rows] == [QUIET, EDITED, RETITLED, TAKEN_DOWN, BACK, MOVED]
    assert {row[1] for row in rows} == {1}
    next_day = QUERIES["What did the site say on a day"].replace("2026-03-02T16", "2026-03-03T16")
    rows = database.ask(next_day)
    assert [row[:2] for row in rows] == [
        (QUIET, 1),
        (EDITED, 2),
        (RETITLED, 1),
        (MOVED, 1),
        (LATE, 1),
    ]


def test_how_late_we_were_is_counted_in_days_of_beijing(database):
    days = {row[0]: row[3] for row in asked(database, OF_SQLITE)}
    assert days["供水抢修公告"] == 2
    assert days["关于春季绿化工作的通知"] == 4


def test_titles_that_differ_are_those_that_stand_in_a_list_and_were_read(database):
    rows = database.ask(QUERIES["Where do the titles of the list and of the page differ"])
    assert sorted(row[0] for row in rows) == [
        f"条目{i}" for i in (QUIET, EDITED, RETITLED, BACK, MOVED, LATE)
    ]


def test_looks_at_one_article_are_told_in_order(database):
    rows = database.ask(QUERIES["What did every look at one article show"])
    assert [row[1:5] for row in rows] == [
        (200, "new", None, 1),
        (404, "gone-signal", "404", None),
        (200, "unchanged", None, 1),
    ]
