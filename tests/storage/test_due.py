"""The queue of what to capture again, as an archive with a history tells it."""

from dataclasses import replace

import pytest

from storage.due import Due, DueQuery
from storage.judging import Absence, Outcome
from storage.revisits import Policy, Why
from storage.values import Ended
from tests.storage.seeing import (
    DAY,
    EDITED,
    HOST,
    HOUR,
    JAN,
    NOTICE,
    Told,
    address,
    entry,
    look,
    walk,
    wanted,
)

OLD = replace(NOTICE, published="2021-05-06")


def due(told: Told, after_days: float, query: DueQuery | None = None) -> list[Due]:
    told.now = JAN + after_days * DAY
    return told.archive.due(query)


def words(found: list[Due]) -> list[tuple[str, str]]:
    return [(each.key.cms_id, each.why) for each in found]


def test_nothing_is_due_of_an_empty_archive(told):
    assert due(told, 400) == []


def test_a_new_article_is_due_after_a_day_and_an_old_one_is_not(told):
    told.crawl(JAN, look(replace(NOTICE, published="2026-01-10"), JAN), look(OLD, JAN, "1002"))
    assert words(due(told, 0.5)) == []
    assert words(due(told, 1.5)) == [("1001", Why.FIRST_DAY)]


@pytest.mark.parametrize("published", [None, "2031-01-01", "二〇二六年", "2026", "0000-00-00"])
def test_an_article_whose_date_says_nothing_is_new_when_it_is_captured_first(told, published):
    told.crawl(JAN, look(replace(NOTICE, published=published), JAN))
    assert words(due(told, 1.5)) == [("1001", Why.FIRST_DAY)]


def test_no_article_stays_unseen_beyond_the_bound(told):
    told.crawl(JAN, look(OLD, JAN))
    query = DueQuery(policy=Policy(bound=90, likely=1.0))
    assert words(due(told, 88, query)) == []
    (found,) = due(told, 89.5, query)
    assert found.why is Why.BOUND
    assert found.bound_at == JAN + 90 * DAY
    assert found.last_sighting_at == JAN


def test_an_article_that_was_edited_is_due_again_before_its_neighbours(told):
    for number in range(5):
        told.crawl(JAN, look(OLD, JAN, f"100{number}"))
    told.crawl(JAN + 30 * DAY, look(replace(EDITED, published="2021-05-06"), JAN + 30 * DAY))
    found = due(told, 61)
    assert found[0].key.cms_id == "1001"
    assert (found[0].why, found[0].changes) == (Why.CHANGES, 1)
    assert found[0].chance > 0.02


def test_an_article_is_likelier_due_where_its_channel_is_often_edited(told):
    ids = [f"20{number:02}" for number in range(12)]
    told.crawl(
        JAN,
        *(look(OLD, JAN, cms_id) for cms_id in ids),
        *walk(JAN, *(entry(cms_id, channel="11") for cms_id in ids[:6]), channel="11"),
        *walk(JAN, *(entry(cms_id, channel="12") for cms_id in ids[6:]), channel="12"),
    )
    later = JAN + 20 * DAY
    edited = [look(replace(OLD, body=f"改{cms_id}"), later, cms_id) for cms_id in ids[1:6]]
    quiet = [look(OLD, later, cms_id) for cms_id in [ids[0], *ids[6:]]]
    told.crawl(later, *edited, *quiet)
    chances = {each.key.cms_id: each.chance for each in due(told, 40, DueQuery(budget=100))}
    assert chances["2000"] > 1.5 * chances["2011"]


def test_a_missing_article_comes_first_once_a_second_look_would_tell(told):
    told.crawl(JAN, look(OLD, JAN), look(OLD, JAN, "1002"))
    told.crawl(JAN + 9 * DAY, look(Absence.NOT_FOUND, JAN + 9 * DAY, "1002"))
    assert words(due(told, 9.5)) == []
    assert words(due(told, 10.1, DueQuery(budget=1))) == [("1002", Why.MISSING)]


def test_a_gone_article_is_looked_at_again_as_one_that_was_gone_lately(told):
    told.crawl(JAN, look(OLD, JAN))
    for days in (9, 10.5):
        told.crawl(JAN + days * DAY, look(Absence.NOT_FOUND, JAN + days * DAY))
    assert words(due(told, 11)) == []
    assert words(due(told, 17)) == [("1001", Why.FIRST_WEEK)]
    assert due(told, 17)[0].state == "gone"


def test_a_site_that_is_down_does_not_use_up_every_night(told):
    told.crawl(JAN, look(OLD, JAN))
    at = JAN + 200 * DAY
    assert words(due(told, 200)) == [("1001", Why.BOUND)]
    failed = Ended(url=address("1001"), outcome=Outcome.FAILED, detail="no answer", at=at)
    told.crawl(at, wanted("1001", at), failed)
    assert words(due(told, 201)) == []
    assert words(due(told, 202, DueQuery(budget=9))) == []
    assert words(due(told, 203.1)) == [("1001", Why.BOUND)]
    assert words(due(told, 201, DueQuery(everything=True))) == [("1001", Why.ALL)]


def test_a_budget_is_for_all_sites_together_and_can_be_kept_to_one(told):
    other = "www.other.gov.cn"
    told.crawl(JAN, look(OLD, JAN))
    told.crawl(JAN, look(OLD, JAN, "7", host=other), host=other)
    assert len(due(told, 5, DueQuery(budget=1))) == 1
    assert len(due(told, 5, DueQuery(budget=9))) == 2
    assert [each.key.host for each in due(told, 5, DueQuery(host=other, budget=9))] == [other]
    assert due(told, 5, DueQuery(host=HOST, budget=0)) == []


def test_everything_is_due_where_everything_is_asked_for(told):
    told.crawl(JAN, look(NOTICE, JAN), look(OLD, JAN + HOUR, "1002"))
    found = due(told, 0.5, DueQuery(everything=True))
    assert words(found) == [("1001", Why.ALL), ("1002", Why.ALL)]
    assert len(due(told, 0.5, DueQuery(everything=True, budget=1))) == 1


def test_articles_that_are_alike_are_due_in_the_order_in_which_they_are_held(told):
    born = [f"2021-0{1 + number % 9}-1{number % 7}" for number in range(40)]
    for number, day in enumerate(born):
        told.crawl(JAN, look(replace(OLD, published=day), JAN, f"{3000 + number}"))
    bound = DueQuery(policy=Policy(bound=90, likely=1.0))
    for query in (bound, replace(bound, everything=True)):
        assert [cms_id for cms_id, _ in words(due(told, 89.7, query))] == [
            f"{3000 + number}" for number in range(40)
        ]
