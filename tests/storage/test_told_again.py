"""Lists that come again to the byte: the archive says of them what it would had they been read."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.judging import Absence
from storage.values import Listed, Placed, Recordable
from tests.storage.seeing import (
    DAY,
    HOST,
    HOUR,
    JAN,
    MINUTE,
    NOTICE,
    Told,
    entry,
    look,
    only_sqlite,
    walk,
)
from tests.storage.test_holding import MANY
from tests.storage.test_late_lists import named, said
from tests.storage.test_verifying import found

AWAY = Placed(None, "http://www.elsewhere.example/1.html", "外", None)
LISTS: tuple[tuple[Placed, ...], ...] = (
    (entry("1"), entry("2"), AWAY),
    (entry("1"), entry("2", "新题"), AWAY),
    (entry("2"),),
    (entry("3"), entry("1"), entry("2")),
)


def by_bytes(told: Told, values: list[Recordable]) -> Iterator[Recordable]:
    """The same, as a crawl tells it that reads no list which came as it was."""
    for value in values:
        if isinstance(value, Listed):
            answer = sha256(repr((value.channel, value.entries)).encode()).digest()
            before = told.archive.told_before(HOST, value.channel, answer, value.at)
            again = replace(value, entries=(), same_as=before.telling) if before else value
            yield replace(again, answer=answer)
        else:
            yield value


def crawled(told: Told, at: datetime, values: list[Recordable]) -> int:
    """A crawl by bytes; how many lists it did not read."""
    recorded = list(by_bytes(told, values))
    told.crawl(at, *recorded)
    return sum(isinstance(each, Listed) and each.same_as is not None for each in recorded)


def test_a_list_that_came_as_it_was_is_told_in_one_row_and_its_walk_is_the_same(told):
    first_night, second, third = (walk(JAN + day * DAY, *LISTS[0]) for day in range(3))
    assert crawled(told, JAN, first_night) == 0
    assert crawled(told, JAN + DAY, second) == 1
    answer = told.ask("SELECT answer FROM listing_journal WHERE answer IS NOT NULL")[0][0]
    again = told.archive.told_before(HOST, "11", bytes(answer), JAN + 2 * DAY)
    assert again is not None
    assert again.walk == third[1]
    assert told.one("SELECT count(*) FROM tellings") == 2
    assert told.one("SELECT count(*) FROM placements") == 2


OTHERWISE = {
    "another list": [lambda told: walk(JAN + DAY, *LISTS[1])],
    "a walk that was cut short": [lambda told: walk(JAN + DAY, *LISTS[0], whole=False)],
    "a walk that did not end": [lambda told: walk(JAN + DAY, *LISTS[0])[:1]],
}


@pytest.mark.parametrize("between", OTHERWISE.values(), ids=OTHERWISE)
def test_a_list_is_read_again_where_anything_else_was_told_of_it_since(told, between):
    crawled(told, JAN, walk(JAN, *LISTS[0]))
    for tell in between:
        crawled(told, JAN + DAY, tell(told))
    assert crawled(told, JAN + 2 * DAY, walk(JAN + 2 * DAY, *LISTS[0])) == 0


def test_articles_that_were_never_read_or_are_not_where_they_were_are_looked_at_all_the_same(told):
    both = walk(JAN, *LISTS[3])
    crawled(told, JAN, [*both, look(NOTICE, JAN, "1"), look(NOTICE, JAN, "2")])
    crawled(told, JAN + DAY, [look(Absence.NOT_FOUND, JAN + DAY, "2")])
    answer = told.ask("SELECT answer FROM listing_journal WHERE answer IS NOT NULL")[0][0]
    again = told.archive.told_before(HOST, "11", bytes(answer), JAN + 2 * DAY)
    assert again is not None
    wanted = [(each.key.cms_id, each.title) for each in again.looks]
    assert wanted == [("3", "条目3"), ("2", "条目2")]


def test_what_a_held_crawl_told_again_is_taken_back_and_given_back(told_anew):
    read, by_the_bytes = told_anew(), told_anew()
    lists = [entry(i) for i in MANY[:20]]
    edited = [look(replace(NOTICE, title=f"改{i}"), JAN + 2 * DAY, i) for i in MANY[:20]]
    nights: list[list[Any]] = [
        [*walk(JAN + MINUTE, *lists), *(look(NOTICE, JAN, i) for i in MANY[:20])],
        walk(JAN + DAY, *lists),
        [*walk(JAN + 2 * DAY, *lists), *edited],
        walk(JAN + 3 * DAY, *lists),
    ]
    for day, values in enumerate(nights):
        read.crawl(JAN + day * DAY, *values)
        assert crawled(by_the_bytes, JAN + day * DAY, values) == (day > 0)
        assert said(by_the_bytes) == said(read)
    assert by_the_bytes.archive.held_crawls() == [3]
    for told in (read, by_the_bytes):
        told.archive.release(3)
    assert said(by_the_bytes) == said(read)
    assert found(by_the_bytes) == []


@st.composite
def _nights(draw: st.DrawFn) -> list[tuple[datetime, list[Recordable]]]:
    nights = []
    for day in range(draw(st.integers(3, 6))):
        at = JAN + day * DAY
        lists = draw(st.lists(st.sampled_from(LISTS[:2] * 2 + LISTS), min_size=2, max_size=2))
        values: list[Recordable] = []
        for channel, entries in zip(("11", "12"), lists, strict=True):
            whole = draw(st.integers(0, 5)) > 0
            begins = at + HOUR * int(channel)
            values.append(named(channel, "通知", begins))
            values += walk(begins, *entries, channel=channel, whole=whole)
        if draw(st.booleans()):
            values.append(look(NOTICE, at, draw(st.sampled_from("12"))))
        nights.append((at, values))
    return nights


@only_sqlite
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(nights=_nights(), order=st.randoms(use_true_random=False))
def test_lists_say_the_same_whether_they_are_read_again_or_not(told_anew, nights, order):
    read, by_the_bytes, late = told_anew(), told_anew(), told_anew()
    for at, values in nights:
        read.crawl(at, *values)
        crawled(by_the_bytes, at, values)
    order.shuffle(nights)
    for at, values in nights:
        crawled(late, at, values)
    assert said(by_the_bytes) == said(read)
    assert said(late) == said(read)
    assert found(late) == []
