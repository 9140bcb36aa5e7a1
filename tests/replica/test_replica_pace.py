"""A site that changes by chance: in every way that sites do, and as calmly as its pace says."""

from collections import Counter
from hashlib import sha256
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

import pytest

from replica import ChangeKind, Pace, Standing, Twists, World, serve
from replica.edits import ALL_EDITS

LIVELY = Pace(edited=0.1, taken_down=0.06, moved=0.02)


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=11, size=0.5, twists=Twists(pace=LIVELY))


def test_in_some_weeks_every_kind_of_change_happens(world):
    happened = Counter((c.kind, c.how) for day in range(2, 60) for c in world.changes(day))
    edits = {how for kind, how in happened if kind is ChangeKind.EDITED}
    assert edits == {*ALL_EDITS, "revert"}
    for kind in (ChangeKind.TAKEN_DOWN, ChangeKind.RESTORED):
        assert {how for k, how in happened if k is kind} == {str(s) for s in list(Standing)[1:]}


def test_what_comes_back_says_the_same_or_something_else(world):
    back = [c for day in range(2, 60) for c in world.changes(day) if c.kind is ChangeKind.RESTORED]
    assert {bool(change.fields) for change in back} == {True, False}


def test_the_told_changes_are_the_differences_between_two_days(world):
    for day in range(2, 30):
        before, after = world.on(day - 1).articles, world.on(day).articles
        assert {c.article for c in world.changes(day)} == {
            number for number in after if after[number] != before.get(number)
        }


def test_a_still_site_changes_in_no_night_but_the_known_article():
    still = Pace(published=0, edited=0, moved=0, taken_down=0, restored=0)
    world = World(seed=11, size=0.2, twists=Twists(pace=still))
    assert all(world.changes(day) == () for day in range(4, 20))


def test_on_one_day_an_office_is_renamed_in_nearly_half_of_all_articles(world):
    swept = World(seed=11, size=0.5, twists=Twists(pace=LIVELY, sweep=5))
    assert swept.on(4) == world.on(4)
    renamed = [c for c in swept.changes(5) if c.how == "renamed"]
    assert 0.3 < len(renamed) / len(swept.on(4).articles) < 0.6
    assert {c.fields for c in renamed} == {("source",)}


class _Staying(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.mark.parametrize(
    ("standing", "status", "empty"),
    [
        (Standing.TAKEN_DOWN, 404, False),
        (Standing.WITHDRAWN, 410, False),
        (Standing.BLANKED, 200, False),
        (Standing.EMPTIED, 200, True),
        (Standing.LEADS_HOME, 302, True),
    ],
)
def test_each_way_of_being_taken_down_is_answered_in_its_own_way(world, standing, status, empty):
    day, number = next(
        (day, change.article)
        for day in range(2, 80)
        for change in world.changes(day)
        if change.kind is ChangeKind.TAKEN_DOWN and change.how == standing
    )
    with serve(world, day=day) as site:
        got, body = _get(site.article_url(number))
    assert (got, body == b"") == (status, empty)


def test_a_file_that_is_replaced_has_other_bytes_at_the_same_address(world):
    day, number = next(
        (day, change.article)
        for day in range(2, 60)
        for change in world.changes(day)
        if change.how == "refile"
    )
    path = world.on(day).articles[number].content.attachments[0].path
    with serve(world, day=day - 1) as site:
        before = _get(site.url + path)[1]
        site.day = day
        after = _get(site.url + path)[1]
    assert sha256(before).digest() != sha256(after).digest()


def _get(url: str) -> tuple[int, bytes]:
    try:
        with build_opener(_Staying).open(url, timeout=10) as response:
            return response.status, response.read()
    except HTTPError as error:
        return error.code, error.read()
