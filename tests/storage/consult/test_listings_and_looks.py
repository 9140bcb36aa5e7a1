"""A channel's list at any instant, and each look at an article with its bytes."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from storage.consult.events import EventQuery
from storage.consult.listings import (
    ListingQuery,
    channel_held,
    channels_called,
    channels_named,
    listed_count,
    listing,
    walks_of,
)
from storage.consult.looks import LookQuery, files_of, look, looks, payload
from storage.consult.sites import sites_named
from storage.errors import UnknownArticle
from tests.storage.story import DAYS, HOST, LATE, MOVED, NOTICES, POLICIES, TAKEN_DOWN


@pytest.fixture
def channel(archive):
    """A channel of the story by its id on the site."""
    return lambda cms_id: next(c for c in archive.channels(HOST) if c.cms_id == cms_id)


def test_a_list_is_told_as_it_stood(archive, channel):
    notices = channel(NOTICES).id
    counts = [
        archive.ask(listed_count, ListingQuery(channel_id=notices, at=day + timedelta(hours=1)))
        for day in DAYS
    ]
    assert counts == [6, 6, 5]
    assert archive.ask(listed_count, ListingQuery(channel_id=notices)) == 5
    assert archive.ask(listing, ListingQuery(channel_id=notices, at=DAYS[0])) == []


def test_an_entry_that_left_says_when(archive, channel, article):
    query = ListingQuery(channel_id=channel(NOTICES).id, at=DAYS[1] + timedelta(hours=1))
    entries = {entry.article_id: entry for entry in archive.ask(listing, query)}
    left = entries[article(MOVED).id]
    assert left.left_at == DAYS[2] + timedelta(minutes=1)
    assert entries[article(LATE).id].left_at is None


def test_a_list_goes_on_after_an_entry(archive, channel):
    query = ListingQuery(channel_id=channel(NOTICES).id, limit=200)
    whole = [entry.id for entry in archive.ask(listing, query)]
    first = archive.ask(listing, ListingQuery(channel_id=channel(NOTICES).id, limit=2))
    rest = ListingQuery(
        channel_id=channel(NOTICES).id, after=(first[-1].listed_on or "", first[-1].id)
    )
    assert [e.id for e in first] + [e.id for e in archive.ask(listing, rest)] == whole


def test_walks_are_told_newest_first_and_go_on(archive, channel):
    policies = channel(POLICIES).id
    walks = archive.ask(walks_of, policies)
    assert [each.walk.walked_at for each in walks] == [
        day + timedelta(minutes=1) for day in reversed(DAYS)
    ]
    assert {each.walk.verdict for each in walks} == {"short by 3"}
    assert archive.ask(walks_of, policies, limit=1, before=walks[0].id) == [walks[1]]


def test_a_channel_is_found_with_its_path(archive, channel):
    assert archive.ask(channel_held, channel(NOTICES).id).path == ("政务公开", "通知公告")
    with pytest.raises(UnknownArticle):
        archive.ask(channel_held, 99)


def test_channels_and_sites_are_called_by_their_names(archive):
    assert archive.ask(channels_called, [NOTICES, "99"]) == {NOTICES: "通知公告"}
    assert archive.ask(channels_named, HOST)[POLICIES] == "政策文件"
    assert archive.ask(channels_named, "elsewhere") == {}
    assert archive.ask(sites_named) == {HOST: "示例市人民政府"}


def test_each_look_says_what_came(archive, article):
    seen = archive.ask(looks, LookQuery(article_id=article(TAKEN_DOWN).id))
    assert [(each.status, each.version, each.absence) for each in seen] == [
        (404, None, "404"),
        (404, None, "404"),
        (200, 1, None),
    ]
    query = LookQuery(article_id=article(TAKEN_DOWN).id, before=(seen[0].captured_at, seen[0].id))
    assert archive.ask(looks, query) == seen[1:]


def test_the_bytes_of_a_look_are_those_that_its_digest_names(archive, article):
    (newest, *_) = archive.ask(looks, LookQuery(article_id=article(TAKEN_DOWN).id))
    held = archive.ask(payload, newest.payload_digest)
    assert hashlib.sha256(held).hexdigest() == newest.payload_digest
    assert len(held) == newest.size == archive.ask(look, newest.id).size
    with pytest.raises(UnknownArticle):
        archive.ask(payload, "0" * 64)
    with pytest.raises(UnknownArticle):
        archive.ask(look, 9999)


def test_a_file_that_was_never_fetched_is_named_all_the_same(archive, article):
    (file,) = archive.ask(files_of, archive.show(article(LATE)).version.id)
    assert (file.name, file.payload_digest, file.size) == ("附表.xlsx", None, None)


def test_events_are_asked_for_by_what_changed(archive):
    titles = archive.events(EventQuery(field="title", limit=50))
    assert [event.fields for event in titles] == [("title",)]


def test_events_go_on_from_a_moment_though_the_event_was_withdrawn(archive):
    known = archive.events(EventQuery(limit=50))
    after = EventQuery(before=known[3].id, before_at=known[3].at, limit=50)
    assert archive.events(after) == known[4:]
    withdrawn = EventQuery(before=10**9, before_at=datetime(2026, 3, 3, tzinfo=UTC), limit=50)
    assert archive.events(withdrawn) == [e for e in known if e.at <= withdrawn.before_at]
