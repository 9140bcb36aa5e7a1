"""The archive for programs: what it says of itself holds, and as of an instant it says no more
than was known."""

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from reading_room.api.serving import OPERATIONS
from storage.history import EventKind
from tests.reading_room import regulation
from tests.reading_room.conftest import said
from tests.storage.story import DAYS, EDITED, HOST, LATE, NOTICES, RETITLED, TAKEN_DOWN, address

FIRST_DAY = "2026-03-02"


@pytest.fixture
def ask(visitor):
    """Ask, and get what must be an answer."""

    def asked(path: str) -> dict:
        answer = visitor.get(path)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        return answer.json()

    return asked


@pytest.fixture
def everything(ask):
    """All items of a list, page by page."""

    def read(path: str) -> list[dict]:
        items, pages = [], 0
        while path:
            page = ask(path)
            items += page["items"]
            path, pages = page["next"], pages + 1
            assert pages < 50
        return items

    return read


@pytest.fixture
def addresses(archive, numbered) -> dict[str, str]:
    """An address of every operation that has an answer."""
    rules, edited = numbered(regulation.ID, regulation.HOST), numbered(EDITED)
    (channel,) = [each.id for each in archive.channels(HOST) if each.cms_id == NOTICES]
    capture = archive.history(archive.find(str(edited))).captures[0].id
    filled = {
        "site": f"/api/sites/{HOST}",
        "channel": f"/api/channels/{channel}",
        "entries": f"/api/channels/{channel}/entries",
        "walks": f"/api/channels/{channel}/walks",
        "find": f"/api/article?address={address(EDITED)}",
        "article": f"/api/articles/{edited}",
        "article_versions": f"/api/articles/{edited}/versions",
        "article_captures": f"/api/articles/{edited}/captures",
        "article_events": f"/api/articles/{edited}/events",
        "article_placements": f"/api/articles/{edited}/placements",
        "version": f"/api/articles/{rules}/versions/1",
        "diff": f"/api/articles/{rules}/diff/1..3",
        "capture": f"/api/captures/{capture}",
        "search": "/api/search?q=临时建设",
        "changes": "/api/changes?q=征求意见稿",
        "word_series": "/api/word-series?q=通知",
    }
    return {each.name: filled.get(each.name, each.path) for each in OPERATIONS}


@pytest.fixture
def described(ask) -> dict:
    return ask("/openapi.json")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_is_openapi_and_names_every_operation(ask, language):
    told = ask(f"/openapi.json?lang={language}")
    OpenAPIV31SpecValidator(told).validate()
    assert told["openapi"].startswith("3.1")
    assert set(told["paths"]) == {each.path for each in OPERATIONS}
    chinese = "各网站" in told["paths"]["/api/sites"]["get"]["summary"]
    assert chinese == (language == "zh")


@pytest.mark.parametrize("name", [each.name for each in OPERATIONS])
def test_every_answer_is_of_the_form_that_is_described_and_of_no_other(
    ask, addresses, described, name
):
    (path,) = [each.path for each in OPERATIONS if each.name == name]
    answered = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    schemas = {
        key: {**schema, "additionalProperties": False}
        for key, schema in described["components"]["schemas"].items()
    }
    validator = Draft202012Validator({**answered["schema"], "components": {"schemas": schemas}})
    answer = ask(addresses[name])
    validator.validate(answer)
    assert answer.get("items", [1]), "an empty list shows nothing of its items"


@pytest.mark.parametrize("name", [each.name for each in OPERATIONS])
def test_everything_is_read_as_of_an_instant(visitor, addresses, described, name):
    (path,) = [each.path for each in OPERATIONS if each.name == name]
    names = [each["name"] for each in described["paths"][path]["get"]["parameters"]]
    assert "as_of" in names
    asked = addresses[name] + ("&" if "?" in addresses[name] else "?")
    assert visitor.get(f"{asked}as_of=2027").status_code == 200
    before = visitor.get(f"{asked}as_of=2020")
    if before.status_code == 200:
        told = before.json()
        assert told.get("items", []) == []
        assert told.get("version") is None
    else:
        assert before.status_code == 404


def test_a_site_is_told_as_it_was_held_on_a_day(ask):
    then, now = ask(f"/api/sites/{HOST}?as_of={FIRST_DAY}"), ask(f"/api/sites/{HOST}")
    figures = ("articles", "versions", "present", "missing", "gone", "unread")
    assert [then[each] for each in figures] == [6, 6, 6, 0, 0, 1]
    assert [now[each] for each in figures] == [7, 9, 6, 0, 1, 1]
    assert then["last_crawled_at"].startswith(FIRST_DAY)


def test_the_day_after_all_is_the_present(everything):
    """What is answered without an instant is what is answered for one after all captures."""
    for path in ("sites", "channels", "coverage", "series", "events", "crawls"):
        now, later = everything(f"/api/{path}"), everything(f"/api/{path}?as_of=2030")
        for each in (*now, *later):
            each.pop("last_crawled_at", None)  # a crawl ends some minutes after its last walk
        assert later == now, path


def test_coverage_of_a_day_rests_on_the_walks_of_then(everything):
    (then,) = [
        each
        for each in everything(f"/api/coverage?site={HOST}&as_of={FIRST_DAY}")
        if each["channel"]["name"] == "政策文件"
    ]
    assert then["channel"]["held"] == 1
    assert (then["walk"]["claimed_total"], then["unread"]) == (4, 1)


def test_an_articles_past_says_nothing_of_its_future(ask, everything, numbered):
    gone, edited = numbered(TAKEN_DOWN), numbered(EDITED)
    assert ask(f"/api/articles/{gone}?as_of={FIRST_DAY}")["state"] == "present"
    assert ask(f"/api/articles/{gone}")["state"] == "gone"
    spans = everything(f"/api/articles/{edited}/versions?as_of={FIRST_DAY}")
    assert [span["number"] for span in spans] == [1]
    assert spans[0]["last_captured_at"].startswith(FIRST_DAY)
    captures = everything(f"/api/articles/{edited}/captures?as_of=2026-03-03")
    assert [each["captured_at"][:10] for each in captures] == [FIRST_DAY, "2026-03-03"]


def test_articles_stood_in_their_states(everything, numbered):
    then = {
        each["cms_id"]: each for each in everything(f"/api/articles?site={HOST}&as_of={FIRST_DAY}")
    }
    assert LATE not in then
    assert then[RETITLED]["title"] == "停车管理办法（征求意见稿）"
    gone = everything("/api/articles?state=gone")
    assert [each["article_id"] for each in gone] == [numbered(TAKEN_DOWN)]


def test_words_are_counted_as_they_were_used_on_a_day(everything):
    points = {
        day: everything(f"/api/word-series?q=征求意见稿&site={HOST}&as_of={day}")[0]["points"]
        for day in (FIRST_DAY, "2026-03-05")
    }
    assert [sum(point["count"] for point in each) for each in points.values()] == [1, 0]


@pytest.mark.parametrize(
    "path",
    [
        "/api/sites", "/api/channels", "/api/coverage", "/api/crawls", "/api/articles",
        "/api/events", "/api/search?site=" + HOST, "/api/silent-edits?typos=true",
        "/api/series?each=channel",
    ],
)  # fmt: skip
def test_pages_hold_each_item_once(everything, path):
    mark = "&" if "?" in path else "?"
    whole = everything(f"{path}{mark}limit=100")
    assert everything(f"{path}{mark}limit=1") == whole
    assert len(whole) > 1


def test_events_are_those_of_the_archive(everything, archive):
    kinds = {event["kind"] for event in everything(f"/api/events?site={HOST}")}
    assert kinds == {"published", "edited", "missing", "gone", "restored", "moved", "unlisted"}
    chosen = everything("/api/events?kind=gone&kind=restored")
    assert {event["kind"] for event in chosen} == {EventKind.GONE, EventKind.RESTORED}
    until = everything(f"/api/events?until=2026-03-04&as_of={FIRST_DAY}")
    assert max(event["at"][:10] for event in until) == FIRST_DAY


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("events?kind=nothing", "bad.choice"),
        ("events?limit=0", "bad.number"),
        ("events?limit=", "bad.number"),
        ("events?limit=501", "bad.number"),
        ("events?limit=1&limit=2", "bad.twice"),
        ("events?sinse=2026", "bad.parameter"),
        ("events?as_of=2026-02-30", "bad.date"),
        ("events?as_of=yesterday", "bad.date"),
        ("events?after=xyz", "bad.cursor"),
        ("sites?after=WyJub3doZXJlIl0", "bad.cursor"),
        ("changes", "bad.required"),
        ("search?q=" + "长" * 201, "bad.long"),
        ("search?q=" + "%20".join("一二三四五六七八九十甲乙丙"), "bad.words"),
        ("search?edited=1", "bad.choice"),
        ("articles/1/diff/1-2", "bad.part"),
        ("articles/99999", "fail.unknown"),
        ("sites/nowhere.example.cn", "fail.unknown"),
        ("nothing", "fail.unknown"),
    ],
)
def test_a_bad_question_is_a_problem_that_says_what_to_do(visitor, query, code):
    for language in ("zh", "en"):
        answer = visitor.get(f"/api/{query}", headers={"accept-language": language})
        assert answer.status_code == (404 if code == "fail.unknown" else 400)
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert set(told) == {"type", "title", "status", "detail", "code"}
        assert (told["status"], told["code"]) == (answer.status_code, code)


def test_the_page_about_it_names_every_operation(read):
    page = read("/api")
    assert len(page.xpath("//main//section")) == len(OPERATIONS)
    assert "GET /api/silent-edits" in said(page)
    assert page.xpath("//main//a[@href='/openapi.json']")


def test_moments_come_with_their_zone(ask, numbered):
    told = ask(f"/api/articles/{numbered(EDITED)}")
    assert told["version"]["first_captured_at"] == f"{DAYS[1]:%Y-%m-%d}T02:01:00.000000Z"
