"""What is new, for feed readers: valid, the same entry under the same name, nothing sent twice."""

import re
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from starlette.testclient import TestClient

from reading_room.app import open_room
from storage.article import Article
from tests.reading_room import hostile, regulation
from tests.storage.story import DAYS, EDITED, HOST, NOTICES, QUIET, STORY, TAKEN_DOWN, Day, tell

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = "{http://www.w3.org/2005/Atom}"
TAG = re.compile(
    r"tag:[A-Za-z0-9.-]+,\d{4}-\d\d-\d\d:cunzheng/[A-Za-z0-9.:-]+/[\w.%-]+/[a-z]+(?:/[0-9a-f]{12})?/\d{8}T\d{6}\.\d{6}Z"
)


@pytest.fixture
def feeds(archive, numbered) -> dict[str, str]:
    """The address of a feed of every kind, without the ending of its form, and what it asks."""
    channel = archive.channels(hostile.HOST)[0].id
    return {
        "room": "/events?",
        "of-a-kind": "/events?kind=gone&kind=edited&",
        "nothing": "/events?since=2030-01-01&",
        "site": f"/sites/{HOST}?",
        "evil-site": f"/sites/{hostile.HOST}?",
        "evil-channel": f"/channels/{channel}?",
        "article": f"/articles/{numbered(EDITED)}?",
        "search": "/search?q=临时建设&",
        "evil-search": "/search?q=alert&",
    }


NAMES = [
    "room", "of-a-kind", "nothing", "site", "evil-site", "evil-channel", "article", "search",
    "evil-search",
]  # fmt: skip


def _at(feeds, name: str, ending: str, **more: str) -> str:
    path, _, query = feeds[name].partition("?")
    return f"{path}{ending}?{query}{'&'.join(f'{k}={v}' for k, v in more.items())}"


def test_no_feed_is_forgotten(feeds):
    assert sorted(feeds) == sorted(NAMES)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_atom_is_what_its_standard_says(visitor, feeds, name, language):
    answer = visitor.get(_at(feeds, name, ".atom", lang=language))
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    document = etree.fromstring(answer.content)
    SCHEMA.assertValid(document)
    read = feedparser.parse(answer.content)
    assert not read.bozo
    ids = [entry.id for entry in read.entries]
    assert len(ids) == len(set(ids))
    assert all(TAG.fullmatch(each) for each in ids), ids
    moments = [entry.updated_parsed for entry in read.entries]
    assert moments == sorted(moments, reverse=True)
    assert (name == "nothing") == (not ids)
    own = document.xpath("string(*[local-name()='link'][@rel='self']/@href)")
    assert visitor.get(own).content == answer.content


@pytest.mark.parametrize("name", NAMES)
def test_json_feed_holds_the_same(visitor, feeds, name):
    answer = visitor.get(_at(feeds, name, ".feed.json"))
    assert answer.headers["content-type"].startswith("application/feed+json")
    told = answer.json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    known = {"version", "title", "home_page_url", "feed_url", "next_url", "language", "authors",
             "items"}  # fmt: skip
    assert set(told) <= known
    assert visitor.get(told["feed_url"]).json() == told
    assert visitor.get(told["home_page_url"]).status_code == 200
    entries = feedparser.parse(visitor.get(_at(feeds, name, ".atom")).content).entries
    assert [item["id"] for item in told["items"]] == [entry.id for entry in entries]
    for item in told["items"]:
        assert {"id", "content_text", "url", "title"} <= set(item)
        assert all(key.startswith("_") or key.islower() for key in item)
        assert visitor.get(item["url"]).status_code == 200


def test_the_events_twin_is_the_feed(visitor):
    assert (
        visitor.get("/events.json").json()["items"]
        == (visitor.get("/events.feed.json").json()["items"])
    )


def test_what_an_entry_says_and_where_it_leads(visitor, numbered):
    read = feedparser.parse(visitor.get(f"/articles/{numbered(EDITED)}.atom?lang=zh").content)
    edited = read.entries[0]
    assert edited.title == "修改：关于规范临时建设管理的通知"
    assert "正文" in edited.summary
    assert edited.link.endswith(f"/articles/{numbered(EDITED)}/diff/1..2")
    assert edited.tags[0].term == "edited"
    assert (
        edited.id
        == f"tag:{HOST},2026-03-03:cunzheng/{HOST}/{EDITED}/edited/20260303T020100.000000Z"
    )
    (gone,) = feedparser.parse(visitor.get("/events.atom?kind=gone&lang=en").content).entries
    assert gone.title == "gone: 关于拟聘用人员的公示"
    assert f"/{TAKEN_DOWN}/gone/" in gone.id


def test_a_search_tells_of_every_version_that_matches_the_newest_first(visitor):
    read = visitor.get(f"/search.feed.json?q=补贴&site={regulation.HOST}").json()
    assert [item["_cunzheng"]["number"] for item in read["items"]] == [3, 2, 1]
    gone = visitor.get("/search.feed.json?q=一律不得").json()["items"]
    assert [item["_cunzheng"]["number"] for item in gone] == [2]


def test_a_site_and_a_channel_tell_only_of_their_own(visitor, archive):
    told = visitor.get(f"/sites/{HOST}.feed.json?limit=200").json()["items"]
    assert {item["_cunzheng"]["host"] for item in told} == {HOST}
    (channel,) = [c for c in archive.channels(HOST) if c.name == "政策文件"]
    told = visitor.get(f"/channels/{channel.id}.feed.json").json()["items"]
    assert {item["_cunzheng"]["title"] for item in told} == {"惠企政策清单"}


def test_pages_of_a_feed_hold_each_entry_once(visitor):
    address, seen = "/events.feed.json?limit=4", []
    while address:
        told = visitor.get(address).json()
        assert len(told["items"]) <= 4
        seen += [item["id"] for item in told["items"]]
        address = told.get("next_url")
    whole = visitor.get("/events.feed.json?limit=200").json()["items"]
    assert seen == [item["id"] for item in whole]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", [".atom", ".feed.json"])
def test_what_a_reader_has_is_not_sent_again(visitor, feeds, name, ending):
    address = _at(feeds, name, ending)
    mark = visitor.get(address).headers["etag"]
    again = visitor.get(address, headers={"if-none-match": f'"other", {mark}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)
    assert visitor.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_something_new_changes_the_mark_and_no_name(tmp_path):
    url = f"sqlite:///{tmp_path}/archive.db"
    days = list(zip(DAYS, STORY, strict=True))
    archive = tell(url, days[:2])
    with TestClient(open_room(url), base_url="http://localhost") as reader:
        before = reader.get("/events.feed.json")
        archive.close()
        archive = tell(url, days[2:])
        after = reader.get("/events.feed.json", headers={"if-none-match": before.headers["etag"]})
    archive.close()
    assert after.status_code == 200
    old, new = ([i["id"] for i in each.json()["items"]] for each in (before, after))
    assert new[-len(old) :] == old
    assert len(new) > len(old)


def test_what_xml_cannot_hold_breaks_no_feed(tmp_path):
    url = f"sqlite:///{tmp_path}/archive.db"
    odd = Article(title="通知\x0b\x1f\ufffe&<b>\u202e", body="通知\x01", published="2026-03-01")
    tell(url, [(DAYS[0], Day({QUIET: odd}, {NOTICES: (QUIET,)}))]).close()
    with TestClient(open_room(url), base_url="http://localhost") as reader:
        for path in ("/events.atom", "/search.atom?q=通知"):
            SCHEMA.assertValid(etree.fromstring(reader.get(path).content))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events.atom?kind=nothing", 400),
        ("/events.atom?after=xyz", 400),
        ("/sites/nowhere.example.cn.atom", 404),
        ("/channels/99999.atom", 404),
        ("/articles/99999.feed.json", 404),
        ("/search.atom", 200),
    ],
)
def test_a_feed_that_cannot_be_had_says_so(visitor, path, status):
    assert visitor.get(path).status_code == status


def test_pages_name_their_feeds(read, numbered):
    for path in (
        "/events?kind=gone",
        f"/sites/{HOST}",
        f"/articles/{numbered(EDITED)}",
        "/search?q=的",
    ):
        (feed,) = read(path).xpath("//head/link[@type='application/atom+xml']/@href")
        where, _, query = path.partition("?")
        assert feed.startswith(f"{where}.atom")
        assert not query or "?" in feed
    assert read("/search").xpath("//head/link[@type='application/atom+xml']") == []
