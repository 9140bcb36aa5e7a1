"""The replica's truth: the same for everyone who names the same seed, and told day by day."""

import pytest

from replica import ChangeKind, Standing, World
from replica.channels import CONDUCT, NOTICES, OPEN, POLICY, READINGS
from replica.known import NUMBER


@pytest.fixture(scope="module")
def world():
    return World(seed=7)


def test_two_worlds_of_one_seed_are_the_same_site(world):
    assert World(seed=7).on(5) == world.on(5)


def test_a_day_does_not_depend_on_the_order_in_which_days_are_asked_for(world):
    backwards = World(seed=7)
    asked = {day: backwards.on(day) for day in (4, 2, 1, 3)}
    assert asked == {day: world.on(day) for day in (1, 2, 3, 4)}


def test_another_seed_is_another_site(world):
    assert World(seed=8).on(1).articles != world.on(1).articles


def test_there_is_no_day_before_the_first(world):
    with pytest.raises(ValueError, match="begins on day 1"):
        world.on(0)


def test_the_default_world_is_of_the_promised_size(world):
    today = world.on(1)
    assert 110 <= len(today.articles) <= 130
    assert len(today.listed(NOTICES)) > 2 * 30, "one list is longer than two groups of jpage"
    assert len(World(seed=7, size=10).on(1).articles) > 1000


def test_texts_are_as_long_as_real_ones(world):
    lengths = sorted(len(a.content.body) for a in world.on(1).articles.values())
    assert lengths[0] == 0, "one article is only pictures"
    assert lengths[1] >= 300
    assert lengths[-1] <= 3500


def test_lists_are_newest_first_with_the_pinned_one_on_top(world):
    pinned, *others = (row.article for row in world.on(1).listed(NOTICES))
    assert pinned.pinned
    assert pinned.content.published < others[0].content.published
    days = [article.content.published for article in others]
    assert days == sorted(days, reverse=True)


def test_a_parent_lists_what_its_children_hold_under_their_addresses(world):
    today = world.on(1)
    parent = {(row.article.number, row.channel.number) for row in today.listed(OPEN)}
    children = [row for channel in (POLICY, READINGS) for row in today.listed(channel)]
    assert parent == {(row.article.number, row.channel.number) for row in children}


def test_some_articles_stand_in_two_channels(world):
    twice = [a for a in world.on(1).articles.values() if len(a.channels) == 2]
    assert twice
    assert all(world.on(1).placed(a.number, NOTICES) for a in twice)


@pytest.mark.parametrize("day", [2, 3, 4, 9])
def test_the_told_changes_are_exactly_the_differences_between_two_days(world, day):
    before, after = world.on(day - 1).articles, world.on(day).articles
    differing = {n for n in after if after[n] != before.get(n)}
    assert {change.article for change in world.changes(day)} == differing
    assert len(world.changes(day)) == len(differing), "no article changes twice in a night"


@pytest.mark.parametrize("day", [2, 3, 4])
def test_every_change_is_what_it_is_said_to_be(world, day):
    before, after = world.on(day - 1).articles, world.on(day).articles
    for change in world.changes(day):
        was, now = before.get(change.article), after[change.article]
        match change.kind:
            case ChangeKind.NEW:
                assert was is None
            case ChangeKind.EDITED:
                assert change.fields
                assert now.content.changed_fields(was.content) == change.fields
            case ChangeKind.TAKEN_DOWN:
                assert now.standing == change.how != Standing.PUBLISHED
            case ChangeKind.RESTORED:
                assert was.standing == change.how
                assert now.standing is Standing.PUBLISHED
            case ChangeKind.MOVED:
                assert (was.channels[0], now.content) == (int(change.how), was.content)
                assert now.channels != was.channels


def test_every_kind_of_edit_happens_each_day_and_returns_to_earlier_content_from_day_three(world):
    acts = [{c.how for c in world.changes(day) if c.fields} for day in (2, 3)]
    every = {"trim", "number", "paragraph", "title", "source", "published", "attachment", "table"}
    assert acts == [every, every | {"revert"}]


def test_a_back_dated_article_does_not_come_first(world):
    late = next(c.article for c in world.changes(2) if c.how == "back-dated")
    numbers = [row.article.number for row in world.on(2).listed(NOTICES)]
    assert numbers.index(late) > 5


def test_the_known_article_loses_five_characters_and_gets_them_back():
    bodies = [World(seed=1).on(day).articles[NUMBER].content.body for day in (1, 2, 3, 4)]
    assert [len(bodies[0]) - len(body) for body in bodies] == [0, 5, 0, 0]
    assert bodies[2] == bodies[0]


def test_the_known_article_is_the_same_in_every_world(world):
    for some in (world, World(seed=99, size=0.2)):
        article = some.on(1).articles[NUMBER]
        assert article.channels == (CONDUCT,)
        assert article.content.title == "压实责任守牢防线 保持平稳防控态势"
        assert article.content.published == "2022-02-26 11:38"
        assert article.content.body.startswith("本报讯(记者 宋琦磊)2月19日")


def test_a_page_is_rebuilt_on_days_when_nothing_was_changed(world):
    article = next(a for a in world.on(6).articles.values() if a.changed_on == 1)
    made = {world.on(day).made_at(article) for day in range(1, 7)}
    assert 1 < len(made) < 6
