"""The year's own arithmetic: a plan that meets everything, a truth that by-hand examples confirm,
and figures that find what is planted."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from benchmarks.year.held import differences
from benchmarks.year.listed import Event, Lists, listing_events
from benchmarks.year.plan import plan
from benchmarks.year.said import moment, said
from benchmarks.year.score import happenings, score
from benchmarks.year.sessions import AT_ONCE, Weather, day_of
from benchmarks.year.telling import by_chance
from benchmarks.year.truth import Account, Look, Shown, Stood, account, accounts, stood
from replica import Standing
from replica.content import Attachment, Content, Paragraph

NOON = datetime(2022, 3, 10, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FILE = Attachment("申报表.doc", "a.doc")
FIRST = Content(
    title="关于节水的通知",
    published="2022-03-01 09:00",
    blocks=(Paragraph("请节约用水。"),),
    attachments=(FILE,),
)
OTHER = replace(FIRST, blocks=(Paragraph("应当节约用水。"),))
REFILED = replace(FIRST, attachments=(replace(FILE, edition=2),))


def seen(*shown: tuple[object, float]) -> list[Look]:
    """Looks at one article: a content, a class of absence, or the digest of its file; after so
    many days."""
    looks = []
    for what, days in shown:
        at = NOON + days * DAY
        if isinstance(what, Content):
            looks.append(Look("1", at, what))
        elif str(what).isdigit() or "-" in str(what) or what == "blank":
            looks.append(Look("1", at, absence=str(what)))
        else:
            looks.append(Look("1", at, file=(FILE.path, str(what))))
    return looks


def told(*shown: tuple[object, float]) -> list[tuple[str, int | None]]:
    return [(event.kind, event.number) for event in account(seen(*shown)).events]


BY_HAND = {
    "the same twice": ([(FIRST, 0), (FIRST, 1)], [("published", 1)]),
    "back and forth": (
        [(FIRST, 0), (OTHER, 1), (FIRST, 2)],
        [("published", 1), ("edited", 2), ("edited", 3)],
    ),
    "other bytes are no page's edit": ([(FIRST, 0), (REFILED, 1)], [("published", 1)]),
    "a file seen late, and then with other bytes": (
        [(FIRST, 0), ("x", 1), ("x", 2), ("y", 3)],
        [("published", 1), ("edited", 2)],
    ),
    "missing, not gone within a day": (
        [(FIRST, 0), ("404", 1), ("410", 1.9)],
        [("published", 1), ("missing", None)],
    ),
    "gone after a day, once": (
        [(FIRST, 0), ("404", 1), ("soft-404", 2), ("404", 9)],
        [("published", 1), ("missing", None), ("gone", None)],
    ),
    "back with the same text": (
        [(FIRST, 0), ("blank", 1), (FIRST, 2)],
        [("published", 1), ("missing", None), ("restored", 1)],
    ),
    "back with another": (
        [(FIRST, 0), ("410", 1), ("410", 3), (OTHER, 4)],
        [("published", 1), ("missing", None), ("gone", None), ("restored", 2), ("edited", 2)],
    ),
    "read only after it was missing": (
        [("404", 0), (FIRST, 1)],
        [("missing", None), ("published", 1)],
    ),
}


@pytest.mark.parametrize(("shown", "events"), BY_HAND.values(), ids=BY_HAND)
def test_the_truth_is_what_one_finds_by_hand(shown, events):
    assert told(*shown) == events
    assert told(*shown[::-1]) == events


def test_the_truth_says_what_each_capture_showed_and_where_the_article_stands():
    whole = account(seen((FIRST, 0), ("x", 0.1), (OTHER, 1), ("404", 2), ("404", 3)))
    assert [(shown.outcome, shown.number) for shown in whole.captures] == [
        ("new", 1),
        ("new", 1),
        ("changed", 2),
        ("gone-signal", None),
        ("gone-signal", None),
    ]
    assert whole.state == "gone"
    assert [v.files for v in whole.versions] == [((FILE.path, "x"),)] * 2


def test_a_return_says_for_how_long_it_was_away():
    (_, _, back) = account(seen((FIRST, 0), ("404", 1), (FIRST, 1.5))).events
    assert back.evidence == {
        "was": "missing",
        "absent_since": (NOON + DAY).isoformat(),
        "gap_hours": 12.0,
        "same_text": True,
    }


def test_at_an_instant_nothing_later_is_known():
    looks = seen((FIRST, 0), (OTHER, 1), ("404", 2))
    lists = [Lists(NOON - HOUR, NOON, {"1": {"11": "a"}, "2": {"11": "b"}})]
    by_day = [stood(looks, lists, NOON + n * DAY) for n in (-1, 0, 1, 2)]
    assert by_day[0] == {}
    assert by_day[1]["2"] == Stood("unknown", None, frozenset({"11"}))
    assert [(s["1"].state, s["1"].version) for s in by_day[1:]] == [
        ("present", 1),
        ("present", 2),
        ("missing", 2),
    ]


@pytest.mark.parametrize(
    ("nights", "kinds"),
    [
        ([{"11": "a"}, {}, {"11": "a"}], ["unlisted", "relisted"]),
        ([{"11": "a"}, {"12": "b"}], ["moved"]),
        ([{"11": "a"}, {"11": "b"}], ["moved"]),
        ([{"11": "a"}, {"11": "a", "12": "b"}], []),
        ([{"11": "a", "12": "b"}, {"12": "b"}], []),
    ],
)
def test_lists_tell_what_left_came_back_and_moved(nights, kinds):
    lists = [
        Lists(NOON + n * DAY, NOON + n * DAY, {"1": where} if where else {})
        for n, where in enumerate(nights)
    ]
    assert [event.kind for event in listing_events(lists).get("1", [])] == kinds


@pytest.fixture(scope="module")
def year():
    return plan(3, 80, 200)


def test_a_year_is_the_same_for_everyone_who_names_its_seed(year):
    again = plan(3, 80, 200)
    assert again.as_it_happened() == year.as_it_happened()
    assert again.looks() == year.looks()
    assert plan(8, 80, 200).crawls != year.crawls


def test_a_year_meets_every_weather_every_end_and_every_return(year):
    assert {crawl.weather for crawl in year.crawls} == set(Weather)
    looks = year.looks()
    assert {look.absence for look in looks} == {None, *map(str, list(Standing)[1:])}
    events = [event for account in accounts(looks).values() for event in account.events]
    assert {event.kind for event in events} == {
        "published", "edited", "missing", "gone", "restored"
    }  # fmt: skip
    back = {event.evidence["same_text"] for event in events if event.kind == "restored"}
    assert back == {True, False}
    fields = {name for event in events if event.kind == "edited" for name in event.fields}
    assert fields >= {"title", "body", "published", "source", "doc_number", "attachments"}


def test_every_capture_is_made_in_a_crawl_or_comes_late(year):
    assert len(year.late) > 5
    assert all(session.begins_at > max(s.at for s in session.sights) for session in year.late)
    assert all(len(session.sights) <= AT_ONCE for session in year.late)
    assert len(set(year.sights())) == len(year.sights())
    assert Counter(s for part in by_chance(year, Random(1)) for s in part.sights) == Counter(
        year.sights()
    )


def test_a_notice_in_place_of_every_article_is_never_believable(year):
    noticed = [crawl for crawl in year.crawls if crawl.weather is Weather.NOTICE]
    assert noticed
    assert all(len({s.number for s in crawl.sights}) > AT_ONCE for crawl in noticed)


def test_figures_count_what_is_planted(year):
    truth = accounts(year.looks())
    exact = score(year.world, year.nights, truth, truth)
    assert exact.wrong == 0
    for count in exact.counts.values():
        assert count.happened == count.found + count.unseen
        assert len(count.delays) == count.found
        assert min(count.delays) >= 0
    edited = next(a for a, one in truth.items() if any(e.kind == "edited" for e in one.events))
    less = replace(
        truth[edited], events=tuple(e for e in truth[edited].events if e.kind != "edited")
    )
    lacking = score(year.world, year.nights, truth, truth | {edited: less})
    assert lacking.edits.missed == exact.edits.found - lacking.edits.found > 0
    false = Event(NOON, "missing", evidence={"class": "404"})
    more = replace(truth[edited], events=(*truth[edited].events, false))
    inventive = score(year.world, year.nights, truth, truth | {edited: more})
    assert (inventive.takedowns.invented, inventive.wrong) == (1, 1)


def test_an_edit_between_two_looks_that_a_later_one_undid_left_no_trace(year):
    real = [h for h in happenings(year.world, year.nights) if h.what == "text"]
    assert real
    for happened in real:
        day, number = day_of(happened.at), int(happened.article)
        before, after = (year.world.on(d).articles[number].content for d in (day - 1, day))
        assert said(before) != said(after)
    nobody_looked = score(year.world, year.nights, {}, {})
    assert nobody_looked.edits.unseen == nobody_looked.edits.happened


def test_differences_name_the_article_and_the_part():
    truth = {"1": Account("gone", captures=(Shown(NOON, "gone-signal"),))}
    lines = differences(truth, {"1": Account("missing"), "2": Account("gone")})
    assert lines[0] == "article 1, state: gone is told as missing"
    assert [line.partition(":")[0] for line in lines] == [
        "article 1, state",
        "article 1, captures",
        "article 2, state",
    ]


def test_moments_are_written_as_the_archive_writes_them():
    assert moment("2022-03-01 09:00") == said(FIRST).published == "2022-03-01T09:00+08:00"
