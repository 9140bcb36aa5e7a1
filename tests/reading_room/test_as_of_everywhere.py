"""As of an instant: every page says no more than had been seen by then, says so, and leads on
within that time."""

from urllib.parse import parse_qs, urlsplit

import pytest

from storage import Consultation
from tests.reading_room.addresses import NAMES
from tests.reading_room.conftest import said
from tests.storage.story import EDITED, HOST, TAKEN_DOWN

FIRST_DAY = "2026-03-02"
_ONLY_NOW = ("health",)
_OTHER_WORDS = ("evil-", "regulation-", "series-", "silent-f", "diff-", "coverage-", "nothing-")
_PAGES = [name for name in NAMES if not name.startswith(_OTHER_WORDS)]
"""One of each kind: the others ask the same page in other words."""
_LEAVE_IT = ("看现在的", "清除条件", "看现行版本", "看改了什么")


def _then(address: str, at: str) -> str:
    plain = address.partition("as_of=")[0].rstrip("?&") if "as_of=" in address else address
    return f"{plain}{'&' if '?' in plain else '?'}as_of={at}"


@pytest.mark.parametrize("name", [name for name in _PAGES if name not in _ONLY_NOW])
def test_every_page_tells_of_the_instant_and_leads_on_within_it(read, visitor, pages, name):
    page = read(_then(pages[name], "2027"))
    assert "这里是存档在 2027-12-31 23:59 的样子" in said(page)
    for link in page.xpath("//header//nav//a | //main//a"):
        told, path = link.text_content(), urlsplit(link.get("href"))
        leaves = told in _LEAVE_IT or not path.path or path.path in ("/health", "/openapi.json")
        assert leaves or "as_of" in parse_qs(path.query), (told, link.get("href"))
    for form in page.xpath("//form[@method='get']"):
        assert form.xpath(".//input[@name='as_of']/@value") == ["2027"], form.get("action")
    (twin,) = page.xpath("//link[@type='application/json']/@href")
    told = visitor.get(twin).json()
    assert told["feed_url" if name == "events" else "as_of"]


@pytest.mark.parametrize("name", _PAGES)
def test_before_anything_was_seen_no_page_tells_of_anything(visitor, pages, name):
    answer = visitor.get(_then(pages[name], "2020"))
    if name in _ONLY_NOW:
        assert answer.status_code == 400
        assert "只说现在的情形" in answer.text
        assert "as_of=" not in answer.text.partition("<main")[2].partition("</main>")[0]
    elif answer.status_code == 404:
        assert "到所问的时刻还没有见到它" in answer.text
    else:
        assert answer.status_code == 200
        twin = _then(pages[name].replace("/?", "/index?"), "2020")
        path, _, query = twin.partition("?")
        told = visitor.get(f"{'/index' if path == '/' else path}.json?{query}").json()
        lists = {key: told[key] for key in told if isinstance(told[key], list) and key != "authors"}
        assert name == "api" or not any(lists.values()), lists
        assert name == "events" or told.get("version") is None


def test_the_front_page_is_that_of_the_day(visitor):
    then = visitor.get(f"/index.json?as_of={FIRST_DAY}").json()
    (site,) = [each for each in then["sites"] if each["host"] == HOST]
    assert (site["articles"], site["gone"]) == (6, 0)
    assert max(each["at"][:10] for each in (*then["changes"], *then["published"])) == FIRST_DAY


def test_a_channel_is_told_by_the_walks_of_then(read, visitor, archive: Consultation):
    (channel,) = [each.id for each in archive.channels(HOST) if each.name == "政策文件"]
    then = visitor.get(f"/channels/{channel}.json?as_of={FIRST_DAY}").json()
    assert {walk["walk"]["walked_at"][:10] for walk in then["walks"]} == {FIRST_DAY}
    assert then["channel"]["claimed_total"] == 4
    assert "网站自称 4 篇" in said(read(f"/channels/{channel}?as_of={FIRST_DAY}"))
    assert "网站自称 5 篇" in said(read(f"/channels/{channel}"))


def test_charts_and_claims_end_with_the_instant(visitor):
    for of in ("edited", "held"):
        path = f"/series.json?of={of}&site={HOST}"
        then, now = visitor.get(f"{path}&as_of={FIRST_DAY}").json(), visitor.get(path).json()
        assert str(then) != str(now)
    claims = visitor.get(f"/series.csv?of=held&site={HOST}&as_of={FIRST_DAY}").text.split("\n")[1:]
    assert {line.split(",")[3][:10] for line in claims if line} == {FIRST_DAY}


def test_what_came_later_is_not_there_yet(visitor, numbered, archive):
    edited = numbered(EDITED)
    last = archive.history(archive.find(str(edited))).captures[-1].id
    for path in (
        f"/articles/{edited}/versions/2",
        f"/articles/{edited}/diff/1..2",
        f"/captures/{last}",
        f"/captures/{last}/framed",
        f"/captures/{last}/received",
        f"/crawls/{archive.crawls(1)[0].id}",
    ):
        answer = visitor.get(f"{path}?as_of={FIRST_DAY}")
        assert answer.status_code == 404, path
        assert "到所问的时刻还没有见到它" in answer.text
        assert f'<a href="{path}">看现在的' in answer.text
        assert visitor.get(path).status_code == 200
    looks = visitor.get(f"/articles/{edited}/captures.json?as_of={FIRST_DAY}").json()["captures"]
    assert {look["captured_at"][:10] for look in looks} == {FIRST_DAY}


def test_a_crawl_that_still_went_on_had_no_end(visitor, archive):
    crawl = archive.crawls(100)[-1]
    midst = f"{crawl.started_at:%Y-%m-%dT%H:%M:%SZ}"
    (seen,) = visitor.get(f"/crawls.json?as_of={midst}").json()["crawls"]
    assert (seen["id"], seen["finished_at"], seen["outcomes"]) == (crawl.id, None, {})
    assert visitor.get(f"/crawls/{crawl.id}?as_of={midst}").status_code == 404


def test_finding_and_choosing_go_on_within_the_instant(visitor, numbered):
    edited = numbered(EDITED)
    found = visitor.get(f"/find?address={HOST}/{EDITED}&as_of={FIRST_DAY}")
    assert found.headers["location"] == f"/articles/{edited}?as_of={FIRST_DAY}"
    chosen = visitor.get(f"/articles/{edited}/diff?as_of={FIRST_DAY}")
    assert chosen.headers["location"] == f"/articles/{edited}/diff/1..1?as_of={FIRST_DAY}"


def test_a_feed_as_of_a_day_holds_what_had_happened(visitor, numbered):
    gone = numbered(TAKEN_DOWN)
    for path in ("/events", f"/sites/{HOST}", f"/articles/{gone}", "/search"):
        feed = visitor.get(f"{path}.feed.json?as_of={FIRST_DAY}&site={HOST}").json()
        assert {item["date_published"][:10] for item in feed["items"]} == {FIRST_DAY}, path


def test_a_date_that_is_none_is_refused_and_not_carried_on(visitor, pages):
    for name in _PAGES:
        answer = visitor.get(_then(pages[name], "yesterday"))
        assert answer.status_code == 400, name
        assert "as_of=yesterday" not in answer.text.partition("<main")[2]
