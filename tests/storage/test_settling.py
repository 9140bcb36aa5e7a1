"""The end of a crawl: which signs of absence count, and what its lists show."""

from datetime import date, datetime

import pytest

from storage.judging import Absence, Outcome
from storage.recorder import Closed
from storage.values import Ended, Placed
from tests.storage.seeing import (
    DAY,
    FEB,
    HOST,
    HOUR,
    JAN,
    MAR,
    MINUTE,
    NOTICE,
    NOTICES,
    POLICIES,
    Told,
    address,
    channel_page,
    entry,
    look,
    walk,
    wanted,
)

MANY = [str(number) for number in range(1001, 1041)]
OTHER = "www.other.gov.cn"
NOT_FOUND = Absence.NOT_FOUND


def publish(told: Told, *cms_ids: str, host: str = HOST) -> None:
    told.crawl(JAN, *(look(NOTICE, JAN, i, host) for i in cms_ids or ("1001",)), host=host)


def uncounted(told: Told) -> int:
    return told.one(
        "SELECT count(*) FROM capture_readings WHERE absence IS NOT NULL AND NOT counted"
    )


def test_a_signal_counts_only_when_the_crawl_is_over(told):
    publish(told)
    crawl = told.begin(FEB)
    for value in (channel_page(FEB), look(NOT_FOUND, FEB)):
        crawl.add(value)
    crawl.flush()
    assert (told.state(), told.events()) == ("present", ["published"])
    crawl.close("finished", {})
    assert (told.state(), told.events()) == ("missing", ["published", "missing"])


def test_missing_is_dated_by_its_capture_and_says_what_was_met(told):
    publish(told)
    told.crawl(FEB, look(Absence.SOFT_NOT_FOUND, FEB + 3 * MINUTE))
    ((at, evidence, previous),) = told.ask(
        "SELECT at, evidence ->> 'class', previous_version_id FROM events WHERE kind = 'missing'"
    )
    assert (at, evidence, previous) == ("2026-02-10T02:03:00.000000Z", "soft-404", 1)


def test_two_signals_in_one_crawl_make_nothing_gone(told):
    publish(told)
    told.crawl(FEB, look(NOT_FOUND, FEB), look(NOT_FOUND, FEB + HOUR))
    assert told.events() == ["published", "missing"]


def test_a_second_signal_a_day_later_makes_it_gone_and_coming_back_is_told(told):
    publish(told)
    told.crawl(FEB, look(NOT_FOUND, FEB))
    told.crawl(FEB + 23 * HOUR, look(NOT_FOUND, FEB + 23 * HOUR))
    assert told.state() == "missing"
    told.crawl(FEB + DAY, look(NOT_FOUND, FEB + DAY))
    assert told.state() == "gone"
    told.crawl(MAR, look(NOTICE, MAR))
    assert told.events() == ["published", "missing", "gone", "restored"]
    assert told.state() == "present"


def test_a_page_that_was_there_later_in_the_same_crawl_is_not_missing(told):
    publish(told)
    told.crawl(FEB, look(NOT_FOUND, FEB), look(NOTICE, FEB + MINUTE))
    assert told.state() == "present"


def test_an_interrupted_crawl_s_signals_count_when_it_was_gone_on_with(told):
    publish(told)
    crawl = told.begin(FEB)
    crawl.add(look(NOT_FOUND, FEB))
    crawl.close("interrupted", {})
    assert told.state() == "present"
    told.crawl(FEB + HOUR)
    assert told.events() == ["published", "missing"]


def vanish(told: Told, missing: int, at: datetime = FEB) -> Closed:
    """A crawl of all 40 articles that meets so many of them no more."""
    pages = [look(NOT_FOUND if n < missing else NOTICE, at, i) for n, i in enumerate(MANY)]
    return told.crawl(at, *(wanted(i, at) for i in MANY), *pages)


def test_an_outage_takes_nothing_down(told):
    publish(told)
    crawl = told.begin(FEB)
    crawl.add(look(NOT_FOUND, FEB))
    closed = crawl.close("finished", {})
    assert closed.held_because == f"{HOST}: the host served no page that could be read"
    assert told.events() == ["published"]
    assert uncounted(told) == 1


def test_many_that_vanish_at_once_are_not_believed(told):
    publish(told, *MANY)
    closed = vanish(told, missing=3)
    assert closed.held_because == (f"{HOST}: 3 of 40 articles seemed to have vanished at once")
    assert told.one("SELECT count(*) FROM events WHERE kind <> 'published'") == 0
    assert told.one("SELECT count(*) FROM articles WHERE state <> 'present'") == 0
    assert uncounted(told) == 3
    ((held, why),) = told.ask("SELECT held, stats ->> 'held_because' FROM crawls WHERE id = 2")
    assert (held, why) == (1, closed.held_because)


def test_a_few_among_many_are_believed(told):
    publish(told, *MANY)
    assert vanish(told, missing=2).held_because is None
    assert told.one("SELECT count(*) FROM events WHERE kind = 'missing'") == 2


def test_the_signals_of_a_held_crawl_never_make_anything_gone_later(told):
    publish(told, *MANY)
    vanish(told, missing=20)
    vanish(told, missing=1, at=MAR)
    assert told.events(MANY[0]) == ["published", "missing"]
    assert told.events(MANY[1]) == ["published"]


def test_entries_seen_in_walked_lists_count_as_checked(told):
    publish(told, *MANY)
    closed = told.crawl(FEB, *walk(FEB, *(entry(i) for i in MANY[1:])), look(NOT_FOUND, FEB))
    assert closed.held_because is None
    assert told.state() == "missing"


def test_many_failures_make_a_crawl_s_signals_doubtful(told):
    publish(told)
    failures = [
        value
        for i in MANY[:25]
        for value in (
            wanted(i, FEB),
            Ended(url=address(i), outcome=Outcome.FAILED, detail="timeout", at=FEB),
        )
    ]
    closed = told.crawl(FEB, look(NOT_FOUND, FEB), *failures)
    assert closed.held_because == f"{HOST}: 25 of 25 addresses failed"
    assert (told.events(), uncounted(told)) == (["published"], 1)


def test_a_healthy_neighbour_does_not_vouch_for_a_site(told):
    """One crawl of two sites, as snapshots are: each is judged by itself."""
    publish(told, *MANY)
    publish(told, *MANY, host=OTHER)
    mass = [look(NOT_FOUND, FEB, i, OTHER) for i in MANY[:30]]
    rest = [look(NOTICE, FEB, i, OTHER) for i in MANY[30:]]
    fine = [look(NOTICE, FEB, i) for i in MANY[1:]]
    closed = told.crawl(FEB, look(NOT_FOUND, FEB), *fine, *mass, *rest)
    assert closed.held_because == f"{OTHER}: 30 of 40 articles seemed to have vanished at once"
    assert told.ask("SELECT DISTINCT site_id, cms_id FROM articles WHERE state = 'missing'") == [
        (1, "1001")
    ]


def test_another_site_s_lists_do_not_dilute_a_mass_vanishing(told):
    """Two crawls side by side: what the other one walked is not what this one checked."""
    publish(told, *MANY[:25])
    other = told.begin(FEB, host=OTHER)
    ours = told.begin(FEB)
    for value in walk(FEB + MINUTE, *(entry(str(i)) for i in range(5000, 5500))):
        other.add(value)
    other.flush()
    for value in (channel_page(FEB), *(look(NOT_FOUND, FEB, i) for i in MANY[:25])):
        ours.add(value)
    assert ours.close("finished", {}).held_because is not None
    other.close("finished", {})


def lists(told: Told, at: datetime, notices: tuple[Placed, ...], policies: tuple[Placed, ...]):
    return told.crawl(at, *walk(at, *notices), *walk(at, *policies, channel=POLICIES))


def test_what_is_listed_for_the_first_time_is_no_event(told):
    lists(told, JAN, (entry("1001"),), ())
    assert told.ask("SELECT kind FROM events") == []


def test_an_article_that_changes_its_channel_has_moved_once(told):
    lists(told, JAN, (entry("1001"), entry("1002")), ())
    lists(told, FEB, (entry("1002"),), (entry("1001", channel=POLICIES),))
    lists(told, MAR, (entry("1002"),), (entry("1001", channel=POLICIES),))
    assert told.events("1001") == ["moved"]
    assert told.events("1002") == []
    (evidence,) = told.evidence("moved")
    assert evidence == {"from": [NOTICES], "to": [POLICIES], "crawl_id": 2}


def test_an_article_in_no_list_any_more_is_unlisted_and_then_relisted(told):
    lists(told, JAN, (entry("1001"), entry("1002")), ())
    lists(told, FEB, (entry("1002"),), ())
    assert told.events("1001") == ["unlisted"]
    assert told.state("1001") == "present"
    lists(told, MAR, (entry("1002"),), (entry("1001", channel=POLICIES),))
    assert told.events("1001") == ["unlisted", "relisted"]


def test_one_that_is_still_in_another_list_is_not_unlisted(told):
    both = (entry("1001"),), (entry("1001", channel=POLICIES),)
    lists(told, JAN, *both)
    lists(told, FEB, (), both[1])
    assert told.events() == []


def test_a_walk_that_did_not_see_the_whole_list_shows_nothing_of_what_left_it(told):
    lists(told, JAN, (entry("1001"), entry("1002")), ())
    told.crawl(FEB, *walk(FEB, entry("1002"), whole=False))
    assert told.events("1001") == []
    assert told.one("SELECT count(*) FROM placements WHERE left_at IS NOT NULL") == 0


CHANGED = {
    "title": (entry("1001", title="新的标题"), []),
    "date": (entry("1001", on=date(2026, 2, 1)), []),
    "no date any more": (entry("1001", on=None), []),
    "address": (entry("1001", url=f"https://{HOST}/new/art_11_1001.html"), ["moved"]),
}


@pytest.mark.parametrize(("now", "events"), CHANGED.values(), ids=CHANGED)
def test_an_entry_that_changes_ends_and_a_new_one_begins(told, now, events):
    lists(told, JAN, (entry("1001"),), ())
    lists(told, FEB, (entry("1001"),), ())
    lists(told, MAR, (now,), ())
    january, february, march = (f"2026-0{m}-10T02:00:00.000000Z" for m in (1, 2, 3))
    assert told.ask(
        "SELECT first_listed_at, last_listed_at, left_at FROM placements ORDER BY id"
    ) == [(january, february, march), (march, march, None)]
    assert told.one("SELECT listed_title FROM placements WHERE left_at IS NULL") == now.listed_title
    assert told.one("SELECT url FROM articles") == now.url
    assert told.events() == events


def test_entries_that_lead_elsewhere_are_recorded_and_make_no_article(told):
    away = Placed(None, "https://www.example.org/a.html", "转发", date(2026, 1, 5))
    renamed = Placed(None, away.url, "转发：通知", None)
    lists(told, JAN, (entry("1001"), away), ())
    lists(told, FEB, (entry("1001"), renamed), ())
    assert told.ask(
        "SELECT url, listed_title, listed_on, first_listed_at, last_listed_at FROM elsewhere"
    ) == [
        (
            away.url,
            "转发：通知",
            None,
            "2026-01-10T02:00:00.000000Z",
            "2026-02-10T02:00:00.000000Z",
        )
    ]
    assert told.one("SELECT count(*) FROM articles") == 1


def test_every_address_ends_once_and_the_first_end_stands(told):
    crawl = told.begin(JAN)
    failed = Ended(url=address("1001"), outcome=Outcome.FAILED, detail="timeout", at=JAN)
    for value in (wanted("1001", JAN), wanted("1001", JAN), wanted("1002", JAN)):
        crawl.add(value)
    for value in (look(NOTICE, JAN), failed):
        crawl.add(value)
    closed = crawl.close("finished", {})
    assert (closed.outcomes, closed.unended) == ({"new": 1}, 1)
    stats = told.one("SELECT stats ->> 'outcomes' FROM crawls")
    assert stats == '{"new":1}'
