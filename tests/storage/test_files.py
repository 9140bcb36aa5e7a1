"""The files that articles offer: their bytes complete a version, and other bytes are an edit."""

from dataclasses import replace
from datetime import datetime

import pytest

from storage.article import Article, ArticleKey, Attachment
from storage.judging import Outcome
from storage.values import ATTACHMENT, PART, Captured, DocumentRead
from tests.storage.seeing import DAY, HOST, HOUR, JAN, MINUTE, NOTICE, Told, address, look

PLAN = Attachment("附件：计划表.xlsx", f"http://{HOST}/attach/0/plan.xlsx")
MAP = Attachment("附图.pdf", f"http://{HOST}/attach/0/map.pdf")
WITH_PLAN = replace(NOTICE, attachments=(PLAN,))
WITH_BOTH = replace(NOTICE, attachments=(PLAN, MAP))
READ = DocumentRead(format="xlsx", text="项目\t金额", pages=1, reader="document/1")

FILES = "SELECT v.number, t.name, t.payload_digest FROM attachments t JOIN versions v"
FILES_OF = f"{FILES} ON v.id = t.version_id ORDER BY v.number, t.position"


def fetched(
    attachment: Attachment,
    payload: bytes,
    at: datetime,
    document: DocumentRead | None = READ,
    **more: object,
) -> Captured:
    values: dict[str, object] = {
        "url": attachment.url,
        "captured_at": at,
        "status": 200,
        "headers": {},
        "payload": payload,
        "page_kind": ATTACHMENT,
        "reader": "seeing/1",
        "key": ArticleKey(HOST, "1001"),
        "document": document,
    }
    return Captured(**values | more)  # type: ignore[arg-type]


def bytes_by_version(told: Told) -> list[tuple[int, str, bool]]:
    return [(number, name, digest is not None) for number, name, digest in told.ask(FILES_OF)]


def test_a_file_that_is_fetched_completes_the_version_and_is_no_edit(told):
    told.crawl(JAN, look(WITH_BOTH, JAN), fetched(PLAN, b"plan", JAN + MINUTE))
    assert bytes_by_version(told) == [(1, PLAN.name, True), (1, MAP.name, False)]
    assert told.events() == ["published"]
    assert told.one("SELECT text FROM attachments WHERE name = ?", PLAN.name) == "项目\t金额"


@pytest.mark.parametrize("at_once", [True, False], ids=["in one batch", "in two"])
def test_a_file_that_is_recorded_before_its_article_completes_it_too(told, at_once):
    crawl = told.begin(JAN)
    crawl.add(fetched(PLAN, b"plan", JAN + MINUTE))
    if not at_once:
        crawl.flush()
    crawl.add(look(WITH_PLAN, JAN))
    crawl.close("finished", {})
    assert bytes_by_version(told) == [(1, PLAN.name, True)]
    assert told.ask("SELECT outcome FROM captures WHERE article_id = 1") == [("new",), ("new",)]
    assert told.one("SELECT url FROM articles") == address("1001")


def test_the_same_name_with_new_bytes_is_an_edit_of_the_attachments(told):
    told.crawl(JAN, look(WITH_PLAN, JAN), fetched(PLAN, b"plan", JAN + MINUTE))
    told.crawl(JAN + DAY, look(WITH_PLAN, JAN + DAY), fetched(PLAN, b"new", JAN + DAY + MINUTE))
    assert told.events() == ["published", "edited"]
    assert told.one("SELECT fields FROM events WHERE kind = 'edited'") == '["attachments"]'
    (first, second) = told.ask(FILES_OF)
    assert first[2] != second[2]
    assert told.ask("SELECT DISTINCT digest FROM versions") == told.ask(
        "SELECT digest FROM versions WHERE number = 1"
    )


def test_the_same_bytes_again_are_no_edit(told):
    for at in (JAN, JAN + DAY):
        told.crawl(at, look(WITH_PLAN, at), fetched(PLAN, b"plan", at + MINUTE))
    assert told.events() == ["published"]
    outcomes = told.ask("SELECT outcome FROM captures WHERE page_kind = 'attachment' ORDER BY id")
    assert outcomes == [("new",), ("unchanged",)]


def test_an_edited_page_keeps_the_bytes_of_the_files_that_it_still_offers(told):
    told.crawl(
        JAN,
        look(WITH_BOTH, JAN),
        fetched(PLAN, b"plan", JAN + MINUTE),
        fetched(MAP, b"map", JAN + MINUTE),
    )
    told.crawl(JAN + DAY, look(WITH_PLAN, JAN + DAY))
    assert bytes_by_version(told) == [
        (1, PLAN.name, True),
        (1, MAP.name, True),
        (2, PLAN.name, True),
    ]


def test_a_file_that_moves_to_https_is_the_same_file(told):
    moved = replace(PLAN, url=PLAN.url.replace("http:", "https:"))
    told.crawl(JAN, look(WITH_PLAN, JAN), fetched(PLAN, b"plan", JAN + MINUTE))
    told.crawl(JAN + DAY, fetched(moved, b"plan", JAN + DAY))
    assert told.events() == ["published"]


def test_a_file_of_no_version_changes_nothing(told):
    told.crawl(JAN, look(NOTICE, JAN), fetched(PLAN, b"plan", JAN + MINUTE))
    assert told.events() == ["published"]
    assert told.one("SELECT version_id FROM captures WHERE page_kind = 'attachment'") is None


def test_a_file_that_could_not_be_had_says_nothing_about_the_version(told):
    told.crawl(JAN, look(WITH_PLAN, JAN), fetched(PLAN, b"plan", JAN + MINUTE))
    refused = fetched(
        PLAN, b"<html>404", JAN + DAY, None, status=404, outcome=Outcome.FAILED, reason="404"
    )
    told.crawl(JAN + DAY, look(WITH_PLAN, JAN + DAY), refused)
    assert told.events() == ["published"]
    assert told.state() == "present"


@pytest.mark.parametrize("late", [0, 1, 2, 3])
def test_files_and_pages_recorded_in_any_order_give_one_history(told_anew, late):
    seen = [
        look(WITH_PLAN, JAN),
        fetched(PLAN, b"plan", JAN + HOUR),
        look(Article(title="关于节水的通知", body="改。", attachments=(PLAN,)), JAN + DAY),
        fetched(PLAN, b"new", JAN + DAY + HOUR),
    ]
    in_time, out_of_time = told_anew(), told_anew()
    in_time.crawl(JAN, *seen)
    out_of_time.crawl(JAN, *seen[:late], *seen[late + 1 :])
    out_of_time.crawl(JAN + 5 * DAY, seen[late])
    assert in_time.dump() == out_of_time.dump()
    assert in_time.ask(FILES_OF) == out_of_time.ask(FILES_OF)
    assert in_time.events() == ["published", "edited", "edited"]


def test_a_confirmed_capture_points_at_the_bytes_that_stand(told):
    told.crawl(JAN, look(WITH_PLAN, JAN), fetched(PLAN, b"plan", JAN + MINUTE))
    first = told.one("SELECT id FROM captures WHERE page_kind = 'attachment'")
    again = fetched(PLAN, b"", JAN + DAY, None, status=304, revalidates=first)
    told.crawl(JAN + DAY, again)
    rows = told.ask(
        "SELECT status, payload_digest, revalidates, outcome FROM captures "
        "WHERE page_kind = 'attachment' ORDER BY id"
    )
    assert rows[1] == (304, rows[0][1], first, "unchanged")
    assert told.events() == ["published"]


def test_the_further_pages_of_an_article_stay_joined_to_it(told):
    second = address("1001").replace(".html", "_2.html")
    part = look(NOTICE, JAN, url=second, article=None, page_kind=PART, outcome=Outcome.READ)
    told.crawl(JAN, part, look(NOTICE, JAN + MINUTE, parts=(second,)))
    joined = told.ask(
        "SELECT whole.url, p.position, part.url FROM capture_parts p "
        "JOIN captures whole ON whole.id = p.capture_id JOIN captures part ON part.id = p.part_id"
    )
    assert joined == [(address("1001"), 2, second)]
    assert told.events() == ["published"]
