"""Long bodies are kept by difference with an earlier one, and everybody reads them whole."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Consultation
from storage.bodies import Base, as_kept, difference
from storage.consult.query import Query
from storage.moving import move
from storage.rereading import Reread, Stored
from tests.places import Database
from tests.storage.seeing import DAY, JAN, NOTICE, Told, look, only_sqlite
from tests.storage.test_verifying import altered, found

LINES = [f"第{number}条　各单位应当于每月{number}日前报送节水情况。" for number in range(1, 13)]
LONG = replace(NOTICE, body="\n".join(LINES))
STRICTER = replace(NOTICE, body=LONG.body.replace("每月7日", "每周七"))
LATER = replace(NOTICE, body=LONG.body.replace("每月9日前报送", "每月九日起停报"))
OTHER = replace(NOTICE, body="本通知已经废止，另行发文，请各单位遵照执行。" * 8)


def kept(told: Told) -> list[tuple[str, int | None]]:
    """The bodies as rows hold them, and the content that each rests on."""
    return told.ask("SELECT body, base_id FROM contents ORDER BY id")


def whole(told: Told) -> list[str]:
    """The bodies as the public contract gives them."""
    return [body for (body,) in told.ask("SELECT body FROM versions ORDER BY article_id, number")]


@pytest.fixture
def edited(told: Told) -> Told:
    for day, article in enumerate((LONG, STRICTER, LATER)):
        told.crawl(JAN + day * DAY, look(article, JAN + day * DAY))
    return told


PARTS = st.lists(st.sampled_from("甲乙丙a\n\t𠮷"), max_size=8).map("".join)


@given(st.tuples(PARTS, PARTS, PARTS), PARTS, st.integers(0, 40))
def test_a_difference_and_its_base_make_the_body(parts, inserted, times):
    base = parts[0] * times + parts[1] + parts[2] * times
    body = parts[0] * times + inserted + parts[2] * times
    if told := difference(base, body):
        assert base[: told.head] + told.body + base[told.tail - 1 :] == body
        assert len(told.body) <= len(body) / 2
    assert as_kept(base, None)["body"] == base
    assert as_kept("", Base(1, base))["base_id"] is None


def test_edits_of_a_long_body_are_kept_as_what_they_say_and_read_whole(edited):
    assert kept(edited) == [(LONG.body, None), ("周七", 1), ("九日起停报", 1)]
    assert whole(edited) == [LONG.body, STRICTER.body, LATER.body]
    assert found(edited) == []


def test_what_an_edit_says_anew_is_searched_compared_and_shown(edited):
    with closing(Consultation.open(edited.url)) as archive:
        assert archive.search(Query.of("每周七日前报送")).hits == ()
        (hit,) = archive.search(Query.of("每周七前报送")).hits
        assert (hit.version, "每周七" in hit.snippet.text) == (2, True)
        compared = archive.compare(hit.article, 1, 2)
        assert compared.after.content.body == STRICTER.body
        assert [each.name for each in compared.fields] == ["body"]


def test_another_text_is_kept_whole_and_is_the_base_of_what_follows(told):
    again = replace(OTHER, body=OTHER.body + "特此通知。")
    for day, article in enumerate((LONG, OTHER, again)):
        told.crawl(JAN + day * DAY, look(article, JAN + day * DAY))
    assert kept(told) == [(LONG.body, None), (OTHER.body, None), ("特此通知。", 2)]


def test_a_version_that_is_found_late_takes_its_place_between(told):
    told.crawl(JAN, look(LONG, JAN))
    told.crawl(JAN + 4 * DAY, look(LATER, JAN + 4 * DAY), look(STRICTER, JAN + 2 * DAY))
    assert whole(told) == [LONG.body, STRICTER.body, LATER.body]
    assert [base for _, base in kept(told)] == [None, 1, 1]
    assert found(told) == []


def test_edits_of_one_crawl_rest_on_what_is_not_written_yet(told):
    told.crawl(JAN, look(LONG, JAN), look(STRICTER, JAN + DAY), look(LATER, JAN + 2 * DAY))
    assert whole(told) == [LONG.body, STRICTER.body, LATER.body]
    assert [base for _, base in kept(told)] == [None, 1, 1]


def spaced(stored: Stored) -> Reread:
    """A reader that writes a plain space where the page has a wide one: the same content."""
    article = {repr(each).encode(): each for each in (LONG, STRICTER, LATER)}[stored.page.payload]
    plain = replace(article, body=article.body.replace("\u3000", " "))
    return Reread(page_kind="article", reader="seeing/2", article=plain)


def test_a_base_that_is_told_anew_takes_nothing_from_what_rests_on_it(edited):
    list(edited.archive.reread(spaced, "seeing/2"))
    plain = [each.body.replace("\u3000", " ") for each in (LONG, STRICTER, LATER)]
    assert whole(edited) == plain
    assert [base for _, base in kept(edited)] == [None, 1, 1]
    assert edited.events() == ["published", "edited", "edited"]
    assert found(edited) == []


@pytest.mark.parametrize(
    ("damage", "rows"),
    [
        ("UPDATE contents SET body = replace(body, '第1条', '第0条') WHERE id = 1", {1, 2, 3}),
        ("UPDATE contents SET base_head = base_head + 1 WHERE id = 2", {2}),
        ("UPDATE contents SET base_id = NULL WHERE id = 3", {3}),
        ("UPDATE contents SET base_id = 99 WHERE id = 3", {3}),
    ],
)
@only_sqlite
def test_damage_to_a_base_is_found_in_all_that_rests_on_it(edited, damage, rows):
    altered(edited, damage)
    named = {row for row, problem in found(edited) if problem == "digest"}
    assert named == {f"contents {id_}" for id_ in rows}


@pytest.fixture
def empty(postgres) -> Iterator[Database]:
    with closing(Database(postgres, postgres.new())) as place:
        yield place


@only_sqlite
def test_they_move_to_postgresql_as_they_are(edited, empty):
    edited.rest()
    move(edited.url, empty.url)
    query = "SELECT body FROM versions ORDER BY number"
    assert empty.ask(query) == [(each.body,) for each in (LONG, STRICTER, LATER)]
