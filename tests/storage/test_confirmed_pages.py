"""A page that its server only confirmed shows what the confirmed capture showed."""

from dataclasses import replace

import pytest

from storage.article import Attachment
from storage.confirming import Known
from storage.judging import Absence, Outcome
from storage.rereading import Reread, Stored
from storage.values import PART, Captured
from tests.storage.seeing import DAY, EDITED, HOST, JAN, NOTICE, Told, address, look

TAGGED = {"ETag": '"5f1a"', "Last-Modified": "Fri, 09 Jan 2026 02:00:00 GMT"}


def known_page(told: Told, url: str = address("1001")) -> Known | None:
    """The page of the one article, as a server may confirm it."""
    ids = [row[0] for row in told.ask("SELECT id FROM articles")]
    return told.archive.known_pages(dict.fromkeys(ids, url)).get(ids[0]) if ids else None


def confirmed(told: Told, at, captured_at=JAN) -> Captured:
    """A 304 for the capture of that moment."""
    stamp = captured_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    first = told.one(
        "SELECT id FROM captures WHERE captured_at = ? AND page_kind = 'article'", stamp
    )
    return look(NOTICE, at, article=None, payload=b"", status=304, revalidates=first)


def test_a_confirmed_page_is_a_sighting_of_the_version_that_stands(told):
    told.crawl(JAN, look(NOTICE, JAN, headers=TAGGED))
    told.crawl(JAN + DAY, confirmed(told, JAN + DAY))
    first, again = told.ask(
        "SELECT status, payload_digest, outcome, version_id FROM captures"
        " WHERE page_kind = 'article' ORDER BY id"
    )
    assert (first[0], first[2]) == (200, "new")
    assert again == (304, first[1], "unchanged", first[3])
    assert told.events() == ["published"]
    assert told.one("SELECT last_captured_at FROM versions") == "2026-01-11T02:00:00.000000Z"
    assert told.one("SELECT last_sighting_at FROM articles") == "2026-01-11T02:00:00.000000Z"


def test_a_confirmed_page_brings_a_missing_article_back(told):
    told.crawl(JAN, look(NOTICE, JAN, headers=TAGGED))
    told.crawl(JAN + DAY, look(Absence.NOT_FOUND, JAN + DAY))
    told.crawl(JAN + 2 * DAY, confirmed(told, JAN + 2 * DAY))
    assert told.events() == ["published", "missing", "restored"]
    assert told.evidence("restored")[0]["same_text"] is True


def test_a_confirmed_page_is_read_again_with_the_one_that_it_confirms(told):
    """A better reader reads both, and what it reads otherwise is no edit between them."""
    told.crawl(JAN, look(NOTICE, JAN, headers=TAGGED))
    told.crawl(JAN + DAY, replace(confirmed(told, JAN + DAY), reader="seeing/2"))
    readers = "SELECT reader FROM capture_readings WHERE page_kind = 'article'"
    assert told.ask(readers) == [("seeing/1",), ("seeing/1",)]
    statuses = []

    def better(stored: Stored) -> Reread:
        statuses.append(stored.page.status)
        return Reread(page_kind="article", reader="seeing/2", article=EDITED)

    (mended,) = told.archive.reread(better, "seeing/2")
    assert (mended.read, mended.altered, statuses) == (2, 2, [200, 200])
    assert told.events() == ["published"]
    assert told.ask("SELECT body FROM versions") == [(EDITED.body,)]


@pytest.mark.parametrize("late", [0, 2, 4])
def test_confirmed_pages_recorded_in_any_order_give_one_history(told_anew, late):
    def record(told: Told, index: int, at) -> None:
        steps = (
            lambda: look(EDITED, JAN - DAY),
            lambda: look(NOTICE, JAN, headers=TAGGED),
            lambda: confirmed(told, JAN + DAY),
            lambda: look(EDITED, JAN + 2 * DAY, headers=TAGGED),
            lambda: confirmed(told, JAN + 3 * DAY, JAN + 2 * DAY),
        )
        told.crawl(at, steps[index]())

    in_time, out_of_time = told_anew(), told_anew()
    in_order = range(5)
    late_last = [*(index for index in in_order if index != late), late]
    for told, order in ((in_time, in_order), (out_of_time, late_last)):
        for place, index in enumerate(order):
            record(told, index, JAN + (10 + place) * DAY)
    assert in_time.dump() == out_of_time.dump()
    assert in_time.events() == ["published", "edited", "edited"]


def test_a_page_may_be_confirmed_by_what_its_server_said_of_it(told):
    told.crawl(JAN, look(NOTICE, JAN, headers=TAGGED))
    known = known_page(told)
    assert known is not None
    assert (known.etag, known.last_modified) == (TAGGED["ETag"], TAGGED["Last-Modified"])
    assert known.captured_at == JAN


def test_a_server_is_not_believed_twice_in_a_row(told):
    told.crawl(JAN, look(NOTICE, JAN, headers=TAGGED))
    told.crawl(JAN + DAY, replace(confirmed(told, JAN + DAY), headers=TAGGED))
    known = known_page(told)
    assert known is not None
    assert (known.etag, known.last_modified) == (None, None)


def test_only_a_whole_page_that_was_read_at_this_address_can_be_confirmed(told):
    assert known_page(told) is None
    told.crawl(JAN, look(NOTICE, JAN, headers=TAGGED))
    assert known_page(told, address("1001", channel="12")) is None
    told.crawl(JAN + DAY, look(Absence.NOT_FOUND, JAN + DAY, headers=TAGGED))
    assert known_page(told) is None
    moved = look(NOTICE, JAN + 2 * DAY, headers=TAGGED, asked_url=address("1001"), url="http://x/")
    told.crawl(JAN + 2 * DAY, moved)
    assert known_page(told) is None


def test_the_first_page_of_an_article_says_nothing_of_those_that_follow(told):
    second = address("1001").replace(".html", "_2.html")
    part = look(NOTICE, JAN, url=second, article=None, page_kind=PART, outcome=Outcome.READ)
    told.crawl(JAN, part, look(NOTICE, JAN, headers=TAGGED, parts=(second,)))
    assert known_page(told) is None


def test_the_files_that_a_confirmed_page_offers_are_known(told):
    plan = Attachment("附件：计划表.xlsx", f"http://{HOST}/attach/0/plan.xlsx")
    told.crawl(JAN, look(replace(NOTICE, attachments=(plan,)), JAN, headers=TAGGED))
    known = known_page(told)
    assert known is not None
    assert told.archive.offered_files(known.capture_id) == [plan]


TITLED = {"origins": {"title": "meta:title-tag", "body": "marker"}}


def same_bytes(told: Told, at, **more) -> Captured:
    """The page once more, byte for byte as it was captured last."""
    known = known_page(told)
    assert known is not None
    assert known.shows is not None
    payload = look(NOTICE, at).payload
    return look(NOTICE, at, article=None, payload=payload, same_as=known.capture_id, **more)


def test_the_same_bytes_are_a_sighting_though_nobody_read_them_again(told):
    told.crawl(JAN, look(NOTICE, JAN, skeleton="5ce1", **TITLED))
    told.crawl(JAN + DAY, same_bytes(told, JAN + DAY))
    first, again = told.ask(
        "SELECT status, payload_digest, version_id FROM captures"
        " WHERE page_kind = 'article' ORDER BY id"
    )
    assert again == first
    assert told.ask(
        "SELECT outcome, skeleton FROM capture_readings WHERE page_kind = 'article'"
    ) == [
        ("new", "5ce1"),
        ("unchanged", "5ce1"),
    ]
    assert told.events() == ["published"]
    assert told.one("SELECT last_captured_at FROM versions") == "2026-01-11T02:00:00.000000Z"
    assert told.ask("SELECT DISTINCT revalidates FROM capture_facts") == [(None,)]


def test_the_same_bytes_after_a_night_without_the_page_bring_it_back(told):
    told.crawl(JAN, look(NOTICE, JAN, **TITLED))
    again = same_bytes(told, JAN + 2 * DAY)
    told.crawl(JAN + DAY, look(Absence.NOT_FOUND, JAN + DAY))
    told.crawl(JAN + 2 * DAY, again)
    assert told.events() == ["published", "missing", "restored"]


def test_it_is_told_whose_reading_the_same_bytes_have(told):
    told.crawl(JAN, look(NOTICE, JAN, **TITLED))
    told.crawl(JAN + DAY, same_bytes(told, JAN + DAY))
    known = known_page(told)
    assert known is not None
    assert known.shows is not None
    assert known.shows.reader == "seeing/1"
    assert told.ask("SELECT DISTINCT payload_digest FROM captures WHERE page_kind = 'article'") == [
        (known.shows.payload_digest,)
    ]


def test_a_page_that_a_list_had_to_name_is_read_each_time(told):
    told.crawl(JAN, look(NOTICE, JAN, origins={"title": "listing", "body": "marker"}))
    known = known_page(told)
    assert known is not None
    assert known.shows is None
