"""A crawl that cannot be believed is held: it leaves nothing behind but its captures, and once it
is released it is as if it had never been held."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.article import Article
from storage.errors import ArchiveLocked, NotHeld, UnknownCrawl
from storage.guard import Guard
from storage.judging import Absence, Outcome
from storage.recorder import Closed, Recorder
from storage.rereading import Reread, Stored
from storage.values import Ended
from tests.storage.seeing import (
    DAY,
    HOST,
    HOUR,
    JAN,
    MINUTE,
    NOTICE,
    POLICIES,
    Told,
    address,
    channel_page,
    entry,
    look,
    only_sqlite,
    walk,
    wanted,
)

MANY = tuple(str(number) for number in range(1001, 1041))
OTHER = "www.other.gov.cn"
NEVER = Guard(at_least=10_000)


def text(cms_id: str, edition: int = 0) -> Article:
    return replace(NOTICE, title=f"第{cms_id}号通知", body=f"正文{cms_id}。\n第{edition}稿。")


@dataclass(frozen=True)
class Night:
    """What a site shows to one crawl: which edition of each article (or a sign of its absence),
    what its two lists hold, and the structure of its pages."""

    pages: Mapping[str, int | Absence]
    notices: Collection[str] | None = None
    policies: Collection[str] = ()
    skeleton: str | None = "old"
    titles: Mapping[str, str] = field(default_factory=dict)

    def tell(self, crawl: Recorder, at: datetime) -> None:
        crawl.add(channel_page(at))
        if self.notices is not None:
            for channel, listed in (("11", self.notices), (POLICIES, self.policies)):
                rows = [entry(i, self.titles.get(i), channel=channel) for i in listed]
                for value in walk(at, *rows, channel=channel):
                    crawl.add(value)
        for cms_id, shown in self.pages.items():
            crawl.add(wanted(cms_id, at))
            what = shown if isinstance(shown, Absence) else text(cms_id, shown)
            crawl.add(look(what, at, cms_id, skeleton=self.skeleton))


def first(*ids: str) -> Night:
    return Night(dict.fromkeys(ids or MANY, 0), ids or MANY)


def tell(told: Told, night: Night, at: datetime) -> Closed:
    crawl = told.begin(at)
    night.tell(crawl, at + MINUTE)
    told.now = at + 10 * MINUTE
    return crawl.close("finished", {})


def edits(n: int, edition: int = 1) -> dict[str, int | Absence]:
    return {cms_id: edition if k < n else 0 for k, cms_id in enumerate(MANY)}


def absences(n: int) -> dict[str, int | Absence]:
    return {i: Absence.NOT_FOUND if k < n else 0 for k, i in enumerate(MANY)}


READINGS = {
    "articles": "SELECT * FROM articles WHERE versions > 0 OR EXISTS"
    " (SELECT 1 FROM placements p WHERE p.article_id = articles.id)",
    "versions": "SELECT * FROM version_spans",
    "files": "SELECT * FROM version_files",
    "events": "SELECT id, article_id, at, kind, version_id, previous_version_id,"
    " CAST(evidence AS text), capture_id FROM events",
    "placements": "SELECT * FROM placements",
    "elsewhere": "SELECT * FROM elsewhere",
    "withdrawn": "SELECT * FROM withdrawn_versions",
    "captures": "SELECT r.capture_id, r.outcome, r.version_id, r.counted FROM capture_readings r"
    " JOIN capture_facts f ON f.id = r.capture_id WHERE f.crawl_id <= ?",
}


def readings(told: Told, until: int) -> dict[str, list[tuple[Any, ...]]]:
    """All that is read from captures, with ids, up to a crawl."""
    return {
        name: sorted(told.ask(query, *([until] if "?" in query else [])), key=repr)
        for name, query in READINGS.items()
    }


PLACES = """
    SELECT a.cms_id, a.url, c.cms_id, p.url, p.listed_title, p.listed_on, p.first_listed_at,
           p.last_listed_at, p.left_at
    FROM placements p JOIN articles a ON a.id = p.article_id
    JOIN channels c ON c.id = p.channel_id"""
WALKS = "SELECT crawl_id, channel_id, verdict, stop_reason FROM walks"


def history(told: Told) -> dict[str, list[tuple[Any, ...]]]:
    """All histories and lists, without ids."""
    asked = {
        name: sorted(told.ask(q), key=repr) for name, q in {"at": PLACES, "walks": WALKS}.items()
    }
    return told.dump() | asked


FALSE = {
    "32 % edited": Night(edits(13, 2)),
    "8 % gone": Night(absences(3)),
    "a redesign by which bodies are lost": Night(edits(3, 2), skeleton="new"),
    "lists that lost half of their rows": Night({}, MANY[:19]),
    "a notice in the place of everything": Night(dict.fromkeys(MANY, 9), MANY),
}


@pytest.mark.parametrize("night", FALSE.values(), ids=FALSE)
def test_a_held_crawl_leaves_every_history_as_it_was(told, night):
    tell(told, first(), JAN)
    tell(told, Night(edits(2), MANY), JAN + DAY)
    before = readings(told, 2)
    assert tell(told, night, JAN + 2 * DAY).held_because
    assert readings(told, 2) == before
    assert told.one("SELECT count(*) FROM capture_facts WHERE crawl_id = 3") == 1 + len(night.pages)
    assert told.one("SELECT held FROM crawls WHERE id = 3") == 1


BELIEVED = {
    "30 % edited": Night(edits(12)),
    "5 % gone": Night(absences(2)),
    "a redesign that reads the same": Night(edits(0), skeleton="new"),
    "a redesign and a few edits": Night(edits(2), skeleton="new"),
    "lists of half their length": Night({}, MANY[:20]),
}


@pytest.mark.parametrize("night", BELIEVED.values(), ids=BELIEVED)
def test_what_may_have_happened_is_taken_into_account_at_once(told, night):
    tell(told, first(), JAN)
    assert tell(told, night, JAN + DAY).held_because is None
    assert told.one("SELECT count(*) FROM listing_journal WHERE before IS NOT NULL") == 0


def test_what_stood_while_the_crawl_went_on_never_stood(told):
    tell(told, first(), JAN)
    crawl = told.begin(JAN + DAY)
    Night(edits(40)).tell(crawl, JAN + DAY)
    crawl.flush()
    assert told.one("SELECT count(*) FROM versions") == 80
    crawl.close("finished", {})
    assert told.one("SELECT count(*) FROM versions") == 40
    assert told.one("SELECT count(*) FROM withdrawn_versions") == 0
    assert told.ask(
        "SELECT DISTINCT outcome FROM captures WHERE crawl_id = 2 AND article_id > 0"
    ) == [("held",)]


def test_an_article_first_met_in_a_held_crawl_waits_with_it(told):
    """Where a notice stands on all addresses, what is new reads as the notice too."""
    tell(told, first(), JAN)
    tell(told, Night(dict.fromkeys((*MANY, "2001"), 9), (*MANY, "2001", "2002")), JAN + DAY)
    assert told.ask("SELECT versions FROM articles WHERE cms_id = '2001'") == [(0,)]
    assert told.ask("SELECT 1 FROM articles WHERE cms_id = '2002'") == []
    tell(told, Night({"2001": 0}, (*MANY, "2001")), JAN + 2 * DAY)
    assert told.events("2001") == ["published"]
    assert (
        told.one(
            "SELECT v.body FROM versions v JOIN articles a ON a.id = v.article_id"
            " WHERE a.cms_id = '2001'"
        )
        == text("2001").body
    )


def test_the_same_is_held_again_the_next_night(told):
    tell(told, first(), JAN)
    before = readings(told, 1)
    for day in (1, 2, 3):
        assert tell(told, Night(edits(40), MANY, skeleton="new"), JAN + day * DAY).held_because
    assert readings(told, 1) == before


def test_a_later_crawl_is_judged_by_what_stands(told):
    tell(told, first(), JAN)
    assert tell(told, Night(edits(40)), JAN + DAY).held_because
    assert tell(told, Night(edits(1)), JAN + 2 * DAY).held_because is None
    assert told.events(MANY[0]) == ["published", "edited"]
    assert told.events(MANY[1]) == ["published"]


def test_an_interrupted_crawl_is_judged_whole(told):
    tell(told, first(), JAN)
    before = readings(told, 1)
    crawl = told.begin(JAN + DAY)
    Night(dict.fromkeys(MANY[:10], 1), MANY).tell(crawl, JAN + DAY)
    assert crawl.close("interrupted", {}).held_because is None
    crawl = told.begin(JAN + DAY + HOUR)
    Night(dict.fromkeys(MANY[10:20], 1)).tell(crawl, JAN + DAY + HOUR)
    assert "20 of 40 articles" in (crawl.close("finished", {}).held_because or "")
    assert readings(told, 1) == before


def test_one_that_is_given_up_is_judged_as_well(told):
    tell(told, first(), JAN)
    before = readings(told, 1)
    crawl = told.begin(JAN + DAY)
    Night(edits(40)).tell(crawl, JAN + DAY)
    crawl.close("interrupted", {})
    told.begin(JAN + 2 * DAY, resume=False).close("finished", {})
    assert readings(told, 1) == before
    assert told.ask("SELECT finish_reason, held FROM crawls WHERE id = 2") == [("abandoned", 1)]


def test_a_healthy_site_of_the_same_crawl_is_not_held_with_its_neighbour(told):
    for host in (HOST, OTHER):
        told.crawl(JAN, *(look(text(i), JAN, i, host) for i in MANY), host=host)
    ours = [look(text(i, 1), JAN + DAY, i) for i in MANY]
    theirs = [look(text(i, int(i == "1001")), JAN + DAY, i, OTHER) for i in MANY]
    closed = told.crawl(JAN + DAY, *ours, *theirs)
    assert closed.held_because == f"{HOST}: 40 of 40 articles seemed to have changed at once"
    edited = "SELECT s.host, count(*) FROM events e JOIN articles a ON a.id = e.article_id"
    edited += " JOIN sites s ON s.id = a.site_id WHERE e.kind = 'edited' GROUP BY s.host"
    assert told.ask(edited) == [(OTHER, 1)]
    told.archive.release(3)
    assert dict(told.ask(edited)) == {HOST: 40, OTHER: 1}


def test_edits_that_the_lists_announce_do_not_stand_for_the_rest(told):
    """A crawl that follows lists asks for what changed: 25 of the 25 pages that it fetches."""
    many = tuple(str(number) for number in range(1001, 1101))
    tell(told, first(*many), JAN)
    titles = {i: f"第{i}号通知（更正）" for i in many[:25]}
    announced = Night(dict.fromkeys(titles, 1), many, titles=titles)
    assert tell(told, announced, JAN + DAY).held_because is None
    unannounced = Night(dict.fromkeys(titles, 2), many, titles=titles)
    assert tell(told, unannounced, JAN + 2 * DAY).held_because


def test_captures_found_late_are_no_mass_change_of_today(told):
    tell(told, first(), JAN)
    late = [look(text(i, 7), JAN - 300 * DAY, i) for i in MANY]
    assert told.crawl(JAN + DAY, *late).held_because is None
    assert told.events(MANY[0]) == ["published", "edited"]


def test_articles_long_gone_are_no_mass_vanishing(told):
    tell(told, first(), JAN)
    for day in range(1, 8):
        gone = dict.fromkeys(MANY[: 2 * day], Absence.NOT_FOUND)
        there = dict.fromkeys(MANY[2 * day :], 0)
        assert tell(told, Night(gone | there), JAN + day * DAY).held_because is None
    assert told.one("SELECT count(*) FROM articles WHERE state = 'gone'") == 12


def test_failures_hold_a_crawl_up_though_nothing_was_missing(told):
    tell(told, first(), JAN)
    failures = [
        value
        for i in MANY[:9]
        for value in (
            wanted(i, JAN + DAY),
            Ended(url=address(i), outcome=Outcome.FAILED, detail="timeout", at=JAN + DAY),
        )
    ]
    rest = [v for i in MANY[9:] for v in (wanted(i, JAN + DAY), look(text(i), JAN + DAY, i))]
    closed = told.crawl(JAN + DAY, *failures, *rest)
    assert closed.held_because == f"{HOST}: 9 of 40 addresses failed"


def test_a_site_of_which_nothing_was_held_is_archived_as_it_is(told):
    assert tell(told, Night(dict.fromkeys(MANY, 9), MANY), JAN).held_because is None


# Releasing.


@pytest.mark.parametrize("night", FALSE.values(), ids=FALSE)
def test_a_released_crawl_is_as_if_it_had_never_been_held(told_anew, night):
    held, undisturbed = told_anew(), told_anew()
    undisturbed.archive.guard = NEVER
    nights = [first(), Night(edits(2), MANY), night]
    for told in (held, undisturbed):
        for day, each in enumerate(nights):
            tell(told, each, JAN + day * DAY)
    assert history(held) != history(undisturbed)
    released = held.archive.release(3)
    assert (released.crawl_id, released.hosts) == (3, (HOST,))
    assert history(held) == history(undisturbed)
    assert held.one("SELECT held FROM crawls WHERE id = 3") == 0
    assert held.one("SELECT count(*) FROM listing_journal WHERE before IS NOT NULL") == 0


@st.composite
def _night(draw: st.DrawFn, ids: tuple[str, ...]) -> Night:
    shown = st.sampled_from([0, 0, 1, 2, Absence.NOT_FOUND])
    seen = draw(st.lists(st.sampled_from(ids), unique=True))
    pages = {cms_id: draw(shown) for cms_id in seen}
    if not draw(st.booleans()):
        return Night(pages)
    notices = draw(st.lists(st.sampled_from(ids), unique=True))
    policies = draw(st.lists(st.sampled_from(ids), unique=True, max_size=3))
    titles = draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(["甲", "乙"]), max_size=3))
    return Night(pages, notices, policies, draw(st.sampled_from(["old", "new"])), titles)


FEW = MANY[:6]
EAGER = Guard(at_least=2, changed=0.2, vanished=0.2, shrunk=0.3)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    nights=st.lists(_night(FEW), min_size=2, max_size=5),
    order=st.randoms(use_true_random=False),
)
def test_released_in_any_order_whatever_came_since_it_is_as_if_never_held(told_anew, nights, order):
    held, undisturbed = told_anew(), told_anew()
    held.archive.guard, undisturbed.archive.guard = EAGER, replace(EAGER, at_least=10_000)
    for day, night in enumerate([first(*FEW), *nights]):
        before = readings(held, day)
        if tell(held, night, JAN + day * DAY).held_because and _whole(held, day + 1):
            assert readings(held, day) == before
        tell(undisturbed, night, JAN + day * DAY)
    waiting = held.archive.held_crawls()
    order.shuffle(waiting)
    for crawl_id in waiting:
        held.archive.release(crawl_id)
    for crawl_id in undisturbed.archive.held_crawls():
        undisturbed.archive.release(crawl_id)  # signs of a host that served nothing else
    assert history(held) == history(undisturbed)
    assert held.one("SELECT count(*) FROM listing_journal WHERE before IS NOT NULL") == 0


def _whole(told: Told, crawl_id: int) -> bool:
    return bool(told.ask("SELECT 1 FROM holds WHERE crawl_id = ? AND whole", crawl_id))


def test_signs_that_were_not_believed_alone_can_be_released_too(told):
    told.crawl(JAN, look(NOTICE, JAN))
    crawl = told.begin(JAN + DAY)
    crawl.add(look(Absence.NOT_FOUND, JAN + DAY))
    assert crawl.close("finished", {}).held_because
    told.archive.release(2)
    assert told.events() == ["published", "missing"]


@pytest.mark.parametrize("again", [False, True], ids=["never held", "released before"])
def test_what_is_not_held_cannot_be_released(told, again):
    tell(told, first(), JAN)
    tell(told, Night(edits(40 * again)), JAN + DAY)
    if again:
        told.archive.release(2)
    before = history(told)
    with pytest.raises(NotHeld, match="was released on 2026" if again else "crawl 2 is not held"):
        told.archive.release(2)
    assert history(told) == before


def test_a_crawl_that_never_was_cannot_be_released(told):
    with pytest.raises(UnknownCrawl, match="no crawl 7"):
        told.archive.release(7)


@only_sqlite
def test_a_site_that_is_being_crawled_is_left_alone(told):
    tell(told, first(), JAN)
    tell(told, Night(edits(40)), JAN + DAY)
    told.place.ask(
        "INSERT INTO leases (host, crawl_id, holder, renewed_at)"
        f" VALUES ('{HOST}', 9, 'elsewhere:1', '2999-01-01T00:00:00.000000Z')"
    )
    with pytest.raises(ArchiveLocked):
        told.archive.release(2)


# A better reader.


def reading(loses: bool):
    """A reader of these pages; one of them loses all bodies but their first line."""

    def read(stored: Stored) -> Reread:
        title, _, body = stored.page.payload.decode().partition("\n")
        kept = body.split("\n")[0] if loses else body
        article = Article(title=title, body=kept, published=NOTICE.published)
        return Reread(page_kind="article", reader="seeing/2", article=article, skeleton="new")

    return read


def redesigned(told: Told, at: datetime, edited: int) -> Closed:
    """A night on which the reader of the time loses the text of all pages but their first line."""
    crawl = told.begin(at)
    crawl.add(channel_page(at))
    for n, cms_id in enumerate(MANY):
        page = text(cms_id, int(n < edited))
        lost = replace(page, body=page.body.split("\n")[0])
        crawl.add(
            look(lost, at, cms_id, payload=f"{page.title}\n{page.body}".encode(), skeleton="new")
        )
    told.now = at + 10 * MINUTE
    return crawl.close("finished", {})


@pytest.mark.parametrize(("edited", "still"), [(2, []), (40, [2])], ids=["believable", "or not"])
def test_a_mended_reader_releases_what_it_reads_as_nothing_odd(told, edited, still):
    crawl = told.begin(JAN)
    for cms_id in MANY:
        page = text(cms_id)
        crawl.add(look(page, JAN, cms_id, payload=f"{page.title}\n{page.body}".encode()))
    crawl.close("finished", {})
    before = readings(told, 1)
    assert redesigned(told, JAN + DAY, edited).held_because
    assert told.archive.held_crawls() == [2]
    list(told.archive.reread(reading(loses=False), "seeing/2"))
    assert told.archive.held_crawls() == still
    happened = told.one("SELECT count(*) FROM events WHERE kind = 'edited'")
    if still:
        assert happened == 0
        assert readings(told, 1)["events"] == before["events"]
    else:
        assert happened == 2
        assert told.ask("SELECT released_by FROM holds") == [("reader",)]
    told.archive.release(2) if still else None
    assert told.one("SELECT count(*) FROM events WHERE kind = 'edited'") == edited


def test_a_reader_no_better_leaves_it_held(told):
    crawl = told.begin(JAN)
    for cms_id in MANY:
        page = text(cms_id)
        crawl.add(look(page, JAN, cms_id, payload=f"{page.title}\n{page.body}".encode()))
    crawl.close("finished", {})
    redesigned(told, JAN + DAY, edited=40)
    list(told.archive.reread(reading(loses=True), "seeing/2"))
    assert told.archive.held_crawls() == []  # it reads no edit at all: both sides lack the line
    assert told.one("SELECT count(*) FROM events WHERE kind = 'edited'") == 0


def test_why_it_is_held_is_kept_in_numbers(told):
    tell(told, first(), JAN)
    tell(told, Night(edits(13)), JAN + DAY)
    assert json.loads(told.one("SELECT CAST(because AS text) FROM holds")) == [
        {"why": "changed", "n": 13, "of": 40}
    ]
