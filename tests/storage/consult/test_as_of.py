"""What a site and its channels held at an instant, by either clock."""

from datetime import timedelta

import pytest

from storage.consult.as_of import AsOfQuery, ByClock
from storage.errors import UnknownArticle
from tests.storage.story import (
    BACK,
    DAYS,
    EDITED,
    HOST,
    LATE,
    MOVED,
    NOTICES,
    OPEN,
    POLICIES,
    QUIET,
    RETITLED,
    TAKEN_DOWN,
    UNREAD,
)

EVENING = timedelta(hours=8)
FIRST, SECOND, THIRD = (day + EVENING for day in DAYS)


def stood(archive, at, **more):
    return {each.cms_id: each for each in archive.as_of(AsOfQuery(at=at, **more))}


def test_before_the_first_look_nothing_is_claimed_to_be_known(archive):
    before = DAYS[0] - timedelta(days=1)
    assert stood(archive, before) == {}
    assert {walked.walked_at for walked in archive.walked_by(before)} == {None}


def test_each_article_says_what_it_said_then_and_what_was_not_there_is_told(archive):
    first, third = stood(archive, FIRST), stood(archive, THIRD)
    assert (first[EDITED].version, third[EDITED].version) == (1, 2)
    assert (first[RETITLED].title, third[RETITLED].title) == (
        "停车管理办法（征求意见稿）",
        "停车管理办法",
    )
    assert [day[TAKEN_DOWN].state for day in (first, stood(archive, SECOND), third)] == [
        "present",
        "missing",
        "gone",
    ]
    assert stood(archive, SECOND)[BACK].state == "missing"
    assert third[BACK].state == "present"
    assert LATE not in first


def test_an_article_that_was_listed_and_never_read_is_unknown(archive):
    unread = stood(archive, FIRST)[UNREAD]
    assert (unread.state, unread.version, unread.title) == ("unknown", None, f"条目{UNREAD}")
    assert unread.channels == ("政策文件",)


def test_a_channel_holds_what_it_listed_then_and_remembers_what_it_had_listed(archive):
    notices = stood(archive, THIRD, host=HOST, channel=NOTICES)
    listed = {cms_id for cms_id, each in notices.items() if "通知公告" in each.channels}
    assert listed == {LATE, QUIET, EDITED, RETITLED, BACK}
    assert not notices[TAKEN_DOWN].listed
    assert notices[MOVED].channels == ("政策文件",)
    assert set(stood(archive, SECOND, channel=POLICIES)) == {UNREAD}


def test_an_entry_stands_from_the_walk_that_saw_it_to_the_one_that_did_not(archive):
    seen = DAYS[0] + timedelta(minutes=1)
    missed = DAYS[1] + timedelta(minutes=1)
    tick = timedelta(microseconds=1)
    assert stood(archive, seen)[TAKEN_DOWN].listed
    assert TAKEN_DOWN not in stood(archive, seen - tick)
    assert stood(archive, missed - tick)[TAKEN_DOWN].listed
    assert not stood(archive, missed)[TAKEN_DOWN].listed


def test_the_site_s_clock_takes_in_what_was_seen_later_and_says_so(archive):
    before = DAYS[0] - timedelta(days=3)  # 27 February, 10:00 in Beijing
    claimed = stood(archive, before, clock=ByClock.PUBLISHED)
    assert set(claimed) == {QUIET, EDITED, RETITLED, TAKEN_DOWN, MOVED}
    assert {(each.state, each.version, each.seen_later) for each in claimed.values()} == {
        ("unknown", 1, True)
    }
    to_the_minute = DAYS[0].replace(month=2, day=26, hour=3, minute=37)
    assert QUIET not in stood(archive, to_the_minute, clock=ByClock.PUBLISHED)
    one_later = to_the_minute + timedelta(minutes=1)
    assert QUIET in stood(archive, one_later, clock=ByClock.PUBLISHED)


def test_states_are_counted_and_chosen_over_all_pages(archive):
    query = AsOfQuery(at=THIRD, host=HOST, limit=2)
    assert archive.counted_as_of(query) == {"gone": 1, "present": 6, "unknown": 1}
    assert set(stood(archive, THIRD, state="gone")) == {TAKEN_DOWN}
    assert set(stood(archive, THIRD, state="unknown")) == {UNREAD}


def test_a_snapshot_goes_through_all_pages_once(archive):
    every = list(archive.snapshot(THIRD, site=HOST))
    assert len({each.article_id for each in every}) == len(every) == 8
    assert every == archive.as_of(AsOfQuery(at=THIRD))
    pages = [archive.as_of(AsOfQuery(at=THIRD, limit=5, after=after)) for after in (0, 5)]
    assert [each.article_id for page in pages for each in page] == list(range(1, 9))


def test_walks_say_what_an_answer_rests_on(archive):
    walked = {each.cms_id: each for each in archive.walked_by(FIRST, site=HOST)}
    assert walked[OPEN].walked_at is None
    notices = walked[NOTICES]
    assert notices.walked_at == notices.whole_at == DAYS[0] + timedelta(minutes=1)
    assert notices.next_walked_at == DAYS[1] + timedelta(minutes=1)


@pytest.mark.parametrize("asked", [{"site": "www.example.org"}, {"channel": "99"}])
def test_a_site_or_a_channel_that_is_not_held_is_said_to_be_none(archive, asked):
    with pytest.raises(UnknownArticle):
        archive.walked_by(FIRST, **asked)


def test_the_short_names_answer_as_the_long_ones_do(archive, article):
    held = article(EDITED)
    assert archive.memento(f"{HOST}/{EDITED}", FIRST) == archive.show_as_of(held, FIRST)
    assert archive.timemap(held) == archive.history(held).versions
    second_day = [e.kind for e in archive.changes(DAYS[1], SECOND, kinds=("edited", "missing"))]
    assert sorted(second_day) == ["edited", "missing", "missing"]
