"""The index of both databases: whatever is written and looked for, the same is found."""

import random
from collections.abc import Callable, Iterable
from shutil import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import fulltext
from storage.article import Article
from storage.consult import Consultation
from storage.consult.query import Query
from storage.search_index import index_tokens, terms
from tests.places import Database, File, Place
from tests.storage.seeing import JAN, MINUTE, NOTICE, Told, look, only_postgresql

ALPHABET = "甲乙丙丁中国 AbＧ1２é_%'\"\\:&|!*()\u0301𠮷\n"

texts = st.text(ALPHABET, max_size=12)
pages = st.lists(st.tuples(texts, texts), min_size=1, max_size=12)


def found(place: Place, words: Iterable[str], **filters) -> list[tuple[object, ...]]:
    """The hits in their order, page after page."""
    archive = Consultation.open(place.url)
    query, hits = Query.of(*words, limit=3, **filters), []
    while query is not None:
        page = archive.search(query)
        hits += [(hit.article.cms_id, hit.version, hit.in_title) for hit in page.hits]
        query = Query.of(*words, limit=3, after=page.next, **filters) if page.next else None
    archive.close()
    return hits


@pytest.fixture(scope="session")
def both(postgres, blank_database, blank, tmp_path_factory) -> Callable[[], list[Place]]:
    """Makes an archive on each database."""

    def make() -> list[Place]:
        path = tmp_path_factory.mktemp("both") / "archive.db"
        copy(blank, path)
        return [File(path), Database(postgres, postgres.new(blank_database))]

    return make


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pages, st.lists(texts, min_size=1, max_size=8))
def test_both_databases_find_the_same_in_the_same_order(both, written, asked):
    places = both()
    for place in places:
        told = Told(place)
        looks = [
            look(Article(title=title, body=body, published=f"2026-01-{1 + n % 3:02}"), JAN, str(n))
            for n, (title, body) in enumerate(written)
        ]
        again = [look(Article(title=b, body=t), JAN + MINUTE, "0") for t, b in written[:2]]
        told.crawl(JAN, *looks, *again)
        told.rest()
    for words in (*asked, written[0][0], written[-1][1][:2]):
        on_sqlite, on_postgresql = (found(place, [words]) for place in places)
        assert on_sqlite == on_postgresql, words


def many_words(count: int) -> str:
    """A text of so many different words of 40 characters."""
    chance = random.Random(7)
    return " ".join(f"{chance.getrandbits(160):040x}" for _ in range(count))


LARGE = many_words(28_000)
"""1.1 MB of words that all differ: more than one row of PostgreSQL's index takes."""


@only_postgresql
def test_a_content_of_more_words_than_a_row_takes_is_found_by_each_of_them(told):
    first, last = LARGE[:40], LARGE[-40:]
    told.crawl(
        JAN,
        look(Article(title="清册", body=LARGE), JAN),
        look(Article(title="清册", body=f"{first} 其他"), JAN, "1002"),
    )
    assert told.one("SELECT count(*) FROM content_search WHERE content_id = 1") > 1
    assert found(told.place, [first, last]) == [("1001", 1, False)]
    assert found(told.place, ["清册", last]) == [("1001", 1, False)]
    assert sorted(found(told.place, [first])) == [("1001", 1, False), ("1002", 1, False)]
    assert found(told.place, [last, "其他"]) == []
    archive = Consultation.open(told.url)
    assert [finding for looked in archive.verify() for finding in looked.findings] == []
    archive.close()


def test_a_word_that_is_longer_than_an_entry_of_the_index_is_found(told):
    long = "a" * 3000
    told.crawl(JAN, look(Article(title="标题", body=f"{long}b"), JAN))
    assert found(told.place, [f"{long}b"]) == [("1001", 1, False)]
    assert found(told.place, [long]) == [("1001", 1, False)]
    assert found(told.place, [f"{long}c"]) == []


def test_a_content_that_is_told_anew_is_found_by_its_new_words_alone(told):
    told.crawl(JAN, look(NOTICE, JAN))
    tokens = index_tokens(NOTICE.title, NOTICE.body)
    with told.archive.engine.begin() as connection:
        for words in ("旧的说法", "新的说法"):
            fulltext.forget(connection, 1, tokens)
            tokens = index_tokens("", words)
            fulltext.write(connection, 1, tokens)
            assert connection.scalars(fulltext.matching(connection, terms([words]))).all() == [1]
        assert connection.scalars(fulltext.matching(connection, terms(["旧的"]))).all() == []
