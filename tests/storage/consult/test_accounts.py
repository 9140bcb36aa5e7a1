"""What is held, against what the site claims."""

from dataclasses import replace

import pytest

from storage.consult.coverage import WalkSeen, unseen_part, why_short
from tests.storage.story import DAYS, NOTICES, OPEN, POLICIES


def test_a_site_is_counted_by_what_became_of_its_articles(archive):
    (site,) = archive.sites()
    assert (site.name, site.channels, site.articles, site.versions) == ("示例市人民政府", 3, 7, 9)
    assert (site.present, site.missing, site.gone, site.unread) == (6, 0, 1, 1)
    assert site.last_crawled_at.date() == DAYS[-1].date()


def test_channels_stand_under_their_parents_with_what_their_lists_hold(archive):
    found = {channel.cms_id: channel for channel in archive.channels()}
    assert found[OPEN].path == ("政务公开",)
    assert found[NOTICES].path == ("政务公开", "通知公告")
    assert (found[NOTICES].held, found[NOTICES].verdict) == (5, "complete")
    assert (found[POLICIES].held, found[POLICIES].claimed_total) == (2, 5)
    assert archive.channels("www.example.org") == []


def test_crawls_are_told_newest_first_with_how_their_addresses_ended(archive):
    newest, *_ = crawls = archive.crawls()
    assert len(crawls) == 3
    assert newest.outcomes == {"changed": 1, "gone-signal": 1, "unchanged": 5}
    assert (newest.finish_reason, newest.held_because) == ("finished", None)
    assert archive.crawls(limit=1) == [newest]


def test_coverage_says_where_something_is_missing_and_why(archive):
    found = {covered.channel.cms_id: covered for covered in archive.coverage()}
    assert found[NOTICES].because is None
    assert (found[NOTICES].walk.off_site, found[NOTICES].walk.articles_seen) == (1, 5)
    assert "差 3 条（止于：网站没有下一页了）" in found[POLICIES].because.zh
    assert "3 short" in found[POLICIES].because.en
    assert found[POLICIES].unread == 1
    assert found[OPEN].walk is None
    assert "还没有走完" in found[OPEN].because.zh


def _walk(verdict: str) -> WalkSeen:
    return WalkSeen(DAYS[0], 120, 117, 100, 2, 15, 8, "the server answered 503", verdict)


@pytest.mark.parametrize(
    ("verdict", "zh", "en"),
    [
        ("short by 3", "网站称共 120 条", "3 short"),
        ("over by 2", "多", "lags behind"),
        ("total unknown", "没有说明共有多少条", "does not say"),
        ("windowed", "只列出最近的 115 条", "only the newest 115"),
        ("failed", "没有读完（the server answered 503）", "could not be read"),
    ],
)
def test_every_verdict_but_complete_has_its_sentence(verdict, zh, en):
    said = why_short(_walk(verdict), unread=0)
    assert zh in said.zh
    assert en in said.en


def test_a_list_that_claims_pages_and_no_total_is_short_by_so_many_at_least():
    said = why_short(replace(_walk("short by 3"), claimed_total=None), unread=0)
    assert "至少差 3 条" in said.zh
    assert "at least 3 short" in said.en


def test_a_complete_walk_is_short_only_of_what_was_not_read():
    assert why_short(_walk("complete"), unread=0) is None
    assert "4" in why_short(_walk("complete"), unread=4).zh


def test_what_a_night_did_not_look_at_is_told_with_the_day_when_it_was_seen_last():
    whole = replace(_walk("complete"), pages=9)
    held = "held accounts for the claimed total"
    tonight = replace(whole, walked_at=DAYS[2], pages=2, stop_reason=held)

    said = unseen_part(tonight, whole)

    assert said.en.startswith("Pages 2–9 last seen within 2 days (all of it on 2026-03-0")
    assert said.zh.startswith("第 2–9 页最近 2 天内见过")
    assert unseen_part(whole, whole) is None, "all of it was seen tonight"
    assert unseen_part(None, None) is None
