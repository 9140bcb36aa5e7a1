"""A researcher finds an article by whatever is at hand, and asks what it said and when."""

import pytest

from storage import Consultation
from storage.consult.moments import last_moment
from storage.errors import NoArchive, UnknownArticle
from tests.storage.story import (
    BACK,
    DAYS,
    EDITED,
    HOST,
    MOVED,
    NOTICES,
    POLICIES,
    RETITLED,
    TAKEN_DOWN,
    UNREAD,
    address,
)


@pytest.mark.parametrize(
    "typed",
    [
        "http://www.example.gov.cn/art/2026/3/1/art_11_1002.html",
        "https://WWW.EXAMPLE.gov.cn:443/art/2026/3/1/art_11_1002.html#top",
        "www.example.gov.cn/art/2026/3/1/art_11_1002.html?uid=3",
        " //www.example.gov.cn:80/art/2026/3/1/art_11_1002.html ",
        "www.example.gov.cn/1002",
        "WWW.example.gov.cn/1002",
        "2",
    ],
)
def test_an_article_is_found_by_id_by_key_and_by_its_address_however_it_is_typed(archive, typed):
    assert archive.find(typed).cms_id == EDITED


def test_an_article_that_moved_is_found_by_its_old_address_and_its_new_one(archive):
    old, new = address(MOVED, NOTICES), address(MOVED, POLICIES)
    assert archive.find(old) == archive.find(new)
    assert archive.find(new).url == new
    assert archive.find(new).channels == ("政策文件",)


@pytest.mark.parametrize(
    "typed",
    ["", "999", "9" * 40, "公告", "http://[", "www.example.gov.cn", "a/b", "\udce5", "%", "//"],
)
def test_what_names_no_article_is_told_so(archive, typed):
    with pytest.raises(UnknownArticle):
        archive.find(typed)


def test_each_version_can_be_shown_and_no_other(archive, article):
    edited = article(EDITED)
    now, first = archive.show(edited), archive.show(edited, number=1)

    assert (now.version.number, now.current, now.state) == (2, True, "present")
    assert "一律不得再" in now.version.content.body
    assert (first.current, first.state) == (False, "superseded")
    assert "原则上可以" in first.version.content.body
    with pytest.raises(UnknownArticle, match="has 2 versions"):
        archive.show(edited, number=3)


@pytest.mark.parametrize(
    ("cms_id", "day", "number", "state"),
    [
        (EDITED, "2026-03-01", None, "unknown"),
        (EDITED, "2026-03-02", 1, "present"),
        (EDITED, "2026-03-03", 2, "present"),
        (EDITED, "2026-03-03T09:00", 1, "present"),  # Beijing time, before that day's crawl
        (EDITED, "2026-03-03T09:00Z", 2, "present"),
        (RETITLED, "2026", 2, "present"),
        (BACK, "2026-03-03", 1, "missing"),
        (BACK, "2026-03-04", 1, "present"),
        (TAKEN_DOWN, "2026-03-03", 1, "missing"),
        (TAKEN_DOWN, "2026年3月4日", 1, "gone"),
        (UNREAD, "2026-03-04", None, "unknown"),
    ],
)
def test_what_stood_on_a_day_is_what_was_seen_by_its_end_in_beijing(
    archive, article, cms_id, day, number, state
):
    shown = archive.show_as_of(article(cms_id), last_moment(day))
    assert (shown.version.number if shown.version else None, shown.state) == (number, state)


def test_an_answer_about_a_day_says_between_which_looks_it_stands(archive, article):
    shown = archive.show_as_of(article(EDITED), last_moment("2026-03-02"))
    assert shown.observed_at.date() == DAYS[0].date()
    assert shown.next_observed_at.date() == DAYS[1].date()


def test_a_history_tells_versions_events_looks_and_lists(archive, article):
    edited = archive.history(article(EDITED))
    assert [(v.number, v.fields) for v in edited.versions] == [(1, ()), (2, ("body",))]
    assert [(e.kind, e.version, e.previous_version) for e in edited.events] == [
        ("published", 1, None),
        ("edited", 2, 1),
    ]
    assert [(c.outcome, c.version) for c in edited.captures] == [
        ("new", 1),
        ("changed", 2),
        ("unchanged", 2),
    ]


@pytest.mark.parametrize(
    ("cms_id", "kinds"),
    [
        (TAKEN_DOWN, ["published", "missing", "unlisted", "gone"]),
        (BACK, ["published", "missing", "restored"]),
        (MOVED, ["published", "moved"]),
        (UNREAD, []),
    ],
)
def test_what_became_of_an_article_is_in_its_events(archive, article, cms_id, kinds):
    assert [event.kind for event in archive.history(article(cms_id)).events] == kinds


def test_the_lists_of_an_article_that_moved_have_their_times(archive, article):
    placed = archive.history(article(MOVED)).placements
    assert [(p.channel, p.left_at is None) for p in placed] == [
        ("通知公告", False),
        ("政策文件", True),
    ]


def test_where_there_is_no_archive_none_is_made(tmp_path):
    with pytest.raises(NoArchive):
        Consultation.open(f"sqlite:///{tmp_path}/none/archive.db")
    assert not (tmp_path / "none").exists()


def test_the_story_is_of_one_site(archive):
    assert [site.host for site in archive.sites()] == [HOST]
