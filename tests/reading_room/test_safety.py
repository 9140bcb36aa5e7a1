"""What the room does with readers' questions, and with what sites would do to readers."""

import sqlite3
import time
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from reading_room import app
from reading_room.app import open_room
from reading_room.cursors import sealed
from tests.reading_room import hostile
from tests.storage.story import tell

_PAGES = [
    "/",
    "/events",
    "/search?q=a",
    "/nowhere",
    "/events?since=x",
    "/static/room.css",
    "/crawls.json",
]


@pytest.mark.parametrize("path", _PAGES)
def test_every_answer_forbids_what_is_not_the_rooms_own(visitor, path):
    headers = visitor.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["versions/1", "versions/2", "diff/1..2", "captures"])
def test_what_is_archived_is_shown_and_never_run(visitor, numbered, path):
    page = visitor.get(f"/articles/{numbered('9001', hostile.HOST)}/{path}").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page.lower()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_text_that_turns_the_line_around_is_held_in_its_place(read, numbered):
    page = read(f"/articles/{numbered('9001', hostile.HOST)}/versions/1")
    assert page.xpath("//h1/bdi")[0].text == hostile.BEFORE.title


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""]
)
@pytest.mark.fault("4.36")
def test_another_sites_name_is_refused(visitor, host):
    assert visitor.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "room.example.org"])
def test_the_rooms_own_names_are_served(archive_url, host):
    with TestClient(open_room(archive_url, ["Room.example.org"])) as client:
        assert client.get("/sites", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "file://", "http://127.0.0.1:1"])
@pytest.mark.parametrize("path", ["/", "/events.json", "/search.json?q=a", "/series.csv"])
@pytest.mark.fault("4.36")
def test_another_sites_script_is_told_nothing_that_it_may_read(visitor, origin, path):
    headers = {"origin": origin, "sec-fetch-site": "cross-site", "referer": f"{origin}/"}
    answer = visitor.get(path, headers=headers).headers
    assert [name for name in answer if name.startswith("access-control-")] == []
    assert answer["cross-origin-resource-policy"] == "same-origin"
    assert answer["cross-origin-opener-policy"] == "same-origin"


@pytest.mark.parametrize("forwarded", ["x-forwarded-host", "forwarded", "x-host", "x-original-url"])
def test_a_forwarded_name_appears_nowhere(visitor, forwarded):
    page = visitor.get("/events.atom", headers={forwarded: "evil.example"})
    assert page.status_code == 200
    assert "evil.example" not in page.text


_CATASTROPHES = [
    "a" * 200,
    "的" * 200,
    " ".join("的一是在不了有和人这" * 9),
    '"' * 200,
    "(" * 100 + ")" * 100,
    "* OR * AND NOT * NEAR(*, 99999)",
    "a* " * 60,
    "%" * 200,
    "_%" * 100,
    "' OR 1=1; DROP TABLE articles; --",
    "') UNION SELECT payload FROM payloads --",
    "(a+)+$ (.*)*x ^(([a-z])+.)+[A-Z]([a-z])+$",
    "\\" * 100,
    "{" * 100 + "}" * 100,
    "�" * 200,
    "\u0301" * 200,
    "\u202e" * 100 + "文" * 100,
    "９９９９９" * 40,
    "http://" + "a." * 90 + "gov.cn",
    "1970-01-01T00:00:00+00:00 9999-12-31",
]


@pytest.mark.parametrize("question", _CATASTROPHES)
@pytest.mark.parametrize(
    "page",
    [
        "/search.json?q={}",
        "/search.json?q=a&source={}&doc_number={}&channel={}&site={}",
        "/changes.json?q={}",
        "/series.json?of=words&q={}",
        "/silent-edits.json?site={}&channel={}",
        "/find.json?address={}",
    ],
)
@pytest.mark.fault("4.24")
def test_no_question_takes_longer_than_any_other(visitor, page, question):
    began = time.process_time()
    answer = visitor.get(page.replace("{}", quote(question)))
    assert time.process_time() - began < 30  # of what hangs: it takes a tenth of a second
    assert answer.status_code in (200, 303, 400, 404, 414)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_room_is_only_read(visitor, method):
    answer = visitor.request(method, "/events")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_a_head_is_answered_like_its_page(visitor):
    assert visitor.head("/events").status_code == 200


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/events?since=昨天", "昨天"),
        ("/events?kind=nothing", "published"),
        ("/events?field=nothing", "title"),
        ("/events?limit=0", "1 到 200"),
        ("/events?limit=201", "1 到 200"),
        ("/events?limit=-1", "1 到 200"),
        ("/events?limit=１", "1 到 200"),
        ("/events?after=xyz", "第一页"),
        ("/events?after=WzEsMl0", "第一页"),
        ("/events?after=" + sealed("yesterday", 1), "第一页"),
        ("/articles/1/captures?after=" + sealed("2026-03-01T00:00", 1), "第一页"),
        ("/silent-edits?after=" + sealed(1, "0001-01-01T00:00+14:00", 1), "第一页"),
        ("/search?q=a&after=WyJhIiwxXQ", "第一页"),
        ("/search?q=a&state=lost", "present"),
        ("/search?q=a&since=2026-13-01", "2026-13-01"),
        ("/search?q=a&in=footer", "title"),
        ("/search?q=a&edited=maybe", "edited"),
        ("/search?q=" + "长" * 201, "200"),
        ("/search?q=" + "+".join("甲乙丙丁戊己庚辛壬癸子丑寅"), "12 个词"),
        ("/changes?q=" + "+".join("甲乙丙丁戊己庚辛壬癸子丑寅"), "12 个词"),
        ("/series?of=words&q=" + "+".join("甲乙丙丁戊己庚辛壬癸子丑寅"), "12 个词"),
        ("/articles/1?as_of=never", "never"),
        ("/channels/1?as_of=9999999", "9999999"),
        ("/crawls?after=!!!", "第一页"),
    ],
)
def test_a_bad_question_gets_a_clear_page(visitor, path, word):
    page = visitor.get(path)
    assert page.status_code == 400
    assert word in page.text
    where, _, query = path.partition("?")
    told = visitor.get(f"{where}.json?{query}")
    assert told.status_code == 400
    assert told.headers["content-type"] == "application/problem+json"
    assert word in told.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=%00%ff%ed%a0%80",
        "/search?q=" + "%22" * 60,
        "/search?q=a%20AND%20OR%20NOT%20(NEAR*",
        "/sites/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/articles/99999999999999999999999",
        "/articles/1/versions/999999999999999",
        "/channels/999999999999999",
        "/find?address=http://[::1",
        "/events?site=%00&channel=%27%20OR%201=1",
        "/?lang=xx&lang=en",
        "//evil.example/%2e%2e",
    ],
)
@pytest.mark.fault("4.24")
def test_no_question_makes_the_room_fail(visitor, path):
    assert visitor.get(path).status_code in (200, 303, 400, 404)


def test_no_address_makes_a_link_that_leaves_the_room(visitor):
    page = visitor.get("http://127.0.0.1:8000//evil.example/x").text
    assert 'href="//' not in page
    assert "/evil.example/x?lang=" in page


def test_an_address_without_an_end_is_refused(visitor):
    assert visitor.get("/search?x=" + "a" * 5000).status_code == 414


def test_a_language_once_chosen_is_remembered(archive_url):
    with TestClient(open_room(archive_url), base_url="http://localhost") as reader:
        assert 'lang="en"' in reader.get("/?lang=en", headers={"accept-language": "zh"}).text
        assert 'lang="en"' in reader.get("/events", headers={"accept-language": "zh"}).text
        assert 'lang="zh-CN"' in reader.get("/events?lang=zh").text


def test_an_archive_that_is_held_by_another_program_asks_to_come_again(tmp_path, monkeypatch):
    monkeypatch.setattr(app, "BUSY_S", 0.05)
    path = tmp_path / "archive.db"
    tell(f"sqlite:///{path}").close()
    client = TestClient(open_room(f"sqlite:///{path}"), base_url="http://localhost")
    assert client.get("/crawls").status_code == 200
    client.app.app.state.archive.close()  # the pool's connections, so that it can be taken whole
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("PRAGMA journal_mode=DELETE")
    holder.execute("BEGIN EXCLUSIVE")
    answer = client.get("/crawls", headers={"accept-language": "zh"})
    holder.close()
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "正被另一个程序占用" in answer.text
    assert str(tmp_path) not in answer.text


@pytest.mark.fault("4.24")
@pytest.mark.trap("0.8")
def test_a_question_that_takes_too_long_is_given_up(archive_url, monkeypatch):
    monkeypatch.setattr(app, "LONGEST_S", 0.001)
    with TestClient(open_room(archive_url), base_url="http://localhost") as client:
        answer = client.get("/search.json?q=的")
    assert answer.status_code == 503
    assert answer.json()["code"] == "fail.slow"


def test_an_empty_archive_says_how_to_begin(tmp_path):
    from storage.archive import Archive

    url = f"sqlite:///{tmp_path}/archive.db"
    Archive.open(url).close()
    with TestClient(open_room(url), base_url="http://localhost") as client:
        for path in ("/", "/sites", "/events", "/crawls", "/search?q=a"):
            assert client.get(path).status_code == 200
        assert "make crawl" in client.get("/").text
