"""Questions to an archive of some size: what they answer, and by which plan."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from benchmarks.questions.cases import WHOLE, Case, cases
from benchmarks.questions.plans import Plan, plan, statements
from benchmarks.stock.filling import fill
from benchmarks.stock.plan import Stock, Told, told
from storage.consult import candidates
from storage.consult.consultation import Consultation
from storage.consult.query import Query, Sort

STOCK = Stock(articles=750)
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


@pytest.mark.parametrize(
    "case", [case for case in cases(STOCK) if case.kind != WHOLE], ids=lambda case: case.name
)
def test_no_question_reads_a_big_table_in_full(archive, case: Case):
    plans = list(_plans(archive, case))
    assert plans
    read = {table for each in plans for table in each.scanned}
    assert read <= ({"placements"} if case.name in SUMS else set())


def _plans(archive: Consultation, case: Case) -> Iterator[Plan]:
    with statements(archive._reader) as heard:
        for ask in case.asks[:3]:
            ask(archive)
    with archive._reader.connect() as connection:
        for statement, values in list(heard):
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                yield plan(connection, statement, values)
