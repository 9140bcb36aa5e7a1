"""Questions to an archive of some size: what they answer, and by which plan."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from sqlalchemy import Connection, event

from benchmarks.questions.cases import WHOLE, Case, cases
from benchmarks.questions.plans import Plan, plan, statements
from benchmarks.stock.filling import fill
from benchmarks.stock.plan import NIGHTS, Stock, Told, host, told
from storage.consult import candidates, silent, word_changes
from storage.consult.consultation import Consultation
from storage.consult.edits import EditQuery
from storage.consult.events import EventHeld, EventQuery
from storage.consult.query import Query, Sort
from tests.postgres.server import Server

STOCK = Stock(articles=750)
SMALL = Stock(articles=240)
"""For PostgreSQL, which is filled more slowly, and told to shun what reads tables in full."""
SUMS = frozenset({"doubts", "sites", "channels", "one channel", "coverage", "coverage of a site"})
"""What still counts rows of a whole table, through an index of it (docs/performance.md)."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consultation]:
    url = f"sqlite:///{tmp_path_factory.mktemp('stock') / 'archive.db'}"
    fill(url, STOCK)
    with closing(Consultation.open(url)) as opened:
        yield opened


def found(archive: Consultation, query: Query) -> list[str]:
    """The articles found, page after page."""
    ids: list[str] = []
    while True:
        page = archive.search(query)
        ids += [hit.article.cms_id for hit in page.hits]
        if page.next is None:
            return ids
        query = replace(query, after=page.next)


def holding(word: str) -> list[str]:
    """The articles that hold a word in a version, in the order of results by date."""
    held = [each for each in told(STOCK, range(STOCK.articles)) if _holds(each, word)]
    ranked = sorted(held, key=lambda each: (each.texts[-1].published or "", _row(each)))
    return [each.key.cms_id for each in reversed(ranked)]


def _holds(each: Told, word: str) -> bool:
    return any(word in text.title or word in text.body for text in each.texts)


def _row(each: Told) -> tuple[int, int]:
    """The order in which articles were recorded: site by site."""
    return each.site, each.number


@pytest.mark.parametrize("word", ["经济", "教育", "社会主义", "芭蕾", "业", "鼍"])
def test_frequent_and_rare_words_find_all_articles_that_hold_them_in_order(archive, word):
    by_date = Query.of(word, sort=Sort.DATE, limit=100)
    assert found(archive, by_date) == holding(word)
    assert sorted(found(archive, replace(by_date, sort=Sort.RELEVANCE))) == sorted(holding(word))


def test_a_word_is_known_to_be_frequent_by_a_sample(archive):
    assert archive.ask(candidates.frequency, ["经济"]).in_texts
    assert not archive.ask(candidates.frequency, ["抗洪"]).in_texts


def test_a_frequent_word_that_the_filters_let_through_seldom_is_found_none_the_less(archive):
    gone = Query.of("经济", state="gone", limit=100)
    lost = found(archive, gone)
    assert lost
    assert set(lost) < set(holding("经济"))


@pytest.mark.parametrize("words", ["原则上", "起施行", "业", "抗洪"])
@pytest.mark.parametrize("query", [EditQuery(limit=30), EditQuery(limit=30, host=host(2))])
def test_words_that_change_often_are_found_as_rare_ones_are(archive, monkeypatch, words, query):
    monkeypatch.setattr(word_changes, "COUNTED", 10**6)
    by_index = changed(archive, words, query)
    monkeypatch.setattr(word_changes, "COUNTED", 0)
    monkeypatch.setattr(word_changes, "_WALKED", 200)
    assert changed(archive, words, query) == by_index
    assert by_index or words == "抗洪"


def changed(archive: Consultation, words: str, query: EditQuery) -> list[object]:
    """The edits in which words came or went, page after page."""
    told: list[object] = []
    while True:
        page = archive.word_changes(words, query=query)
        told += page.changes
        assert page.at_most >= len(told)
        if page.next is None:
            return told
        query = replace(query, after=page.next)


def test_silent_edits_beyond_what_is_counted_are_said_to_be_more(archive, monkeypatch):
    counted = archive.silent_edits(EditQuery(host=host(3))).total
    assert counted
    monkeypatch.setattr(silent, "COUNTED", counted - 1)
    page = archive.silent_edits(EditQuery(host=host(3)))
    assert page.total is None
    assert page.edits
    assert page.next


@pytest.mark.parametrize(
    "query",
    [
        EventQuery(host=host(1)),
        EventQuery(kinds=("edited", "gone")),
        EventQuery(host=host(1), kinds=("gone", "missing")),
        EventQuery(kinds=("edited",), since=NIGHTS[1], until=NIGHTS[2]),
        EventQuery(host=host(4), field="title"),
    ],
)
def test_pages_of_events_of_a_site_or_of_some_kinds_are_all_of_them_in_order(archive, query):
    everything = archive.events(EventQuery(limit=10**6))
    due = [each for each in everything if _fits(each, query)]
    paged: list[EventHeld] = []
    while page := archive.events(query):
        paged += page
        query = replace(query, before=page[-1].id, before_at=page[-1].at)
    assert paged == due != []


def _fits(happened: EventHeld, query: EventQuery) -> bool:
    return (
        (not query.kinds or happened.kind in query.kinds)
        and (query.host is None or happened.host == query.host)
        and (query.since is None or happened.at >= query.since)
        and (query.until is None or happened.at <= query.until)
        and (query.field is None or query.field in happened.fields)
    )


ASKED = [case for case in cases(STOCK) if case.kind != WHOLE]


@pytest.mark.parametrize("case", ASKED, ids=lambda case: case.name)
def test_no_question_reads_a_big_table_in_full(archive, case: Case):
    plans = list(_plans(archive, case))
    assert plans
    read = {table for each in plans for table in each.scanned}
    assert read <= ({"articles", "placements"} if case.name in SUMS else set())


@pytest.fixture(scope="module")
def on_postgresql(postgres: Server) -> Iterator[Consultation]:
    """A small archive, whose plans would be other ones than a large one's: it is told to shun
    reading in full whatever an index could give."""
    url = postgres.url(postgres.new())
    fill(url, SMALL)
    with closing(Consultation.open(url)) as opened:
        event.listen(opened._reader, "begin", _shun_scans)
        yield opened


def _shun_scans(connection: Connection) -> None:
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")


@pytest.mark.parametrize(
    "case", [case for case in cases(SMALL) if case.kind != WHOLE], ids=lambda case: case.name
)
def test_on_postgresql_an_index_serves_every_question(on_postgresql, case: Case):
    plans = list(_plans(on_postgresql, case))
    assert plans
    read = {table for each in plans for table in each.scanned}
    assert read <= ({"articles", "placements"} if case.name in SUMS else set())


def _plans(archive: Consultation, case: Case) -> Iterator[Plan]:
    with statements(archive._reader) as heard:
        for ask in case.asks[:3]:
            ask(archive)
    with archive._reader.connect() as connection:
        for statement, values in list(heard):
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                yield plan(connection, statement, values)
