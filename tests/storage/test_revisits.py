"""When articles are captured again: what must be seen, then where change is likeliest."""

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.revisit import by_policy, in_turn, live, population
from storage.revisits import Policy, Watched, Why, busy_days, chances_of_change, decide

OLD = Watched("notices", first=400.0, last=500.0, age=505.0)


def whys(*watched: Watched, budget: int | None = None) -> list[tuple[int, Why]]:
    return [(due.index, due.why) for due in decide(watched, Policy(), budget)]


def seen_at(age: float, now: float, first: float = 0.0, changes: int = 0) -> Watched:
    return Watched("notices", first, age, now, changes)


@pytest.mark.parametrize(
    ("age", "why"),
    [(0.5, None), (1.1, Why.FIRST_DAY), (6.9, Why.FIRST_DAY), (7.1, Why.FIRST_WEEK)],
)
def test_a_new_article_is_looked_at_after_a_day_and_after_a_week(age, why):
    assert whys(seen_at(0.1, age)) == ([(0, why)] if why else [])


def test_a_new_article_that_was_seen_after_its_first_day_waits_for_its_first_week():
    assert whys(seen_at(1.2, 3.0)) == []
    assert whys(seen_at(1.2, 7.5)) == [(0, Why.FIRST_WEEK)]


def test_an_old_article_that_is_found_late_is_not_new():
    assert whys(seen_at(900.0, 903.0, first=900.0)) == []


def test_an_article_is_likelier_to_have_changed_the_longer_it_is_unseen():
    chances = [chances_of_change([seen_at(100, now)])[0] for now in (101, 110, 150, 300)]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]


def test_the_first_weeks_count_for_more_than_later_ones():
    assert busy_days(7) - busy_days(0) > 10 * (busy_days(107) - busy_days(100))


def test_an_article_that_changed_is_likelier_to_change_again():
    never, once, often = (seen_at(300, 330, changes=n) for n in (0, 1, 9))
    chances = chances_of_change([never, once, often])
    assert chances == sorted(chances)
    assert whys(never, once, often)[:2] == [(2, Why.CHANGES), (1, Why.CHANGES)]


def test_an_article_of_a_channel_that_is_often_edited_comes_before_one_of_a_quiet_channel():
    lists = [Watched("lists", 100.0, 300.0, 330.0, changes=3) for _ in range(20)]
    quiet = [Watched("notices", 100.0, 300.0, 330.0) for _ in range(20)]
    fresh = [Watched(channel, 300.0, 300.0, 330.0) for channel in ("notices", "lists")]
    of_quiet, of_lists = chances_of_change([*lists, *quiet, *fresh])[-2:]
    assert of_lists > 5 * of_quiet


@pytest.mark.parametrize(
    ("missing_for", "due"), [(0.2, []), (0.99, []), (1.0, [Why.MISSING]), (40.0, [Why.MISSING])]
)
def test_a_missing_article_waits_until_a_second_look_can_tell(missing_for, due):
    watched = OLD._replace(last=OLD.age - missing_for, missing_for=missing_for)
    assert [why for _, why in whys(watched, budget=5)] == due


def test_what_is_missing_comes_first_and_what_reaches_its_bound_next():
    missing = OLD._replace(missing_for=2.0)
    at_bound = OLD._replace(last=OLD.age - 179.5)
    often = OLD._replace(changes=9)
    due = whys(often, at_bound, missing, budget=3)
    assert due == [(2, Why.MISSING), (1, Why.BOUND), (0, Why.CHANGES)]


def test_of_what_passed_its_bound_the_longest_unseen_comes_first_however_dull():
    lively = OLD._replace(last=OLD.age - 181, changes=40)
    dull = OLD._replace(last=OLD.age - 200)
    assert whys(lively, dull, budget=1) == [(1, Why.BOUND)]


def test_a_budget_is_spent_where_change_is_likeliest_and_not_twice_in_a_night():
    often, once, never = (OLD._replace(changes=n) for n in (9, 1, 0))
    tonight = OLD._replace(last=OLD.age - 0.1, changes=50)
    assert [index for index, _ in whys(tonight, never, once, often, budget=2)] == [3, 2]
    assert len(whys(tonight, never, once, often, budget=10)) == 3
    assert whys(never, budget=1) == [(0, Why.SPARE)]
    assert whys(never, budget=0) == []


def test_articles_that_reach_their_bound_together_are_spread_over_the_nights_before():
    together = [OLD._replace(last=OLD.age - 100) for _ in range(810)]
    taken = Counter(why for _, why in whys(*together, budget=20))
    assert taken[Why.AHEAD] == 10  # 810 in the 81 nights that are left
    assert sum(taken.values()) == 20


@pytest.fixture(scope="module")
def years():
    """A small year, lived by the policy and at fixed intervals, with the same requests."""
    lived = {}
    for name, choose in (("policy", by_policy(Policy(bound=60))), ("fixed", in_turn)):
        lived[name] = live(population(7, 500, 220), 220, 12, choose)
    return lived


def test_over_a_year_no_article_is_unseen_beyond_the_bound(years):
    assert years["policy"].longest <= 60


def test_over_a_year_the_budget_is_kept(years):
    assert years["policy"].requests <= 220 * 12
    assert years["policy"].requests == years["fixed"].requests


def test_over_a_year_the_policy_sees_more_edits_sooner_than_fixed_intervals(years):
    policy, fixed = years["policy"], years["fixed"]
    assert policy.edits == fixed.edits > 30
    assert policy.per_thousand(1) > 1.5 * fixed.per_thousand(1)
    assert policy.per_thousand(2) > fixed.per_thousand(2)


def test_where_edits_do_not_cluster_the_policy_still_sees_more_than_fixed_intervals():
    lived = [
        live(population(5, 400, 200, early=0), 200, 8, choose) for choose in (by_policy(), in_turn)
    ]
    policy, fixed = lived
    assert policy.requests == fixed.requests
    assert policy.per_thousand(1) > fixed.per_thousand(1)


def test_a_quiet_year_is_cheaper_without_a_budget_than_seeing_everything_every_month():
    pages = [replace(page, edits=()) for page in population(3, 200, 200)]
    year = live(pages, 200, None, by_policy())
    assert year.requests < 200 * 200 / 30
    assert year.longest <= Policy().bound
