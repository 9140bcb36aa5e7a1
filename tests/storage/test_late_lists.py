"""Lists that come to the archive late: it says of them what it would say had they come in time."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.values import ChannelSeen, Listed, Placed, Recordable, Walked
from tests.storage.seeing import DAY, HOST, HOUR, JAN, MINUTE, NOTICE, Told, address, entry, look
from tests.storage.test_verifying import found

CHANNELS = ("11", "12")

SAID = {
    "placements": """
        SELECT a.cms_id, c.cms_id, p.url, p.listed_title, p.listed_on, p.first_listed_at,
               p.last_listed_at, p.left_at
        FROM placements p JOIN articles a ON a.id = p.article_id
        JOIN channels c ON c.id = p.channel_id""",
    "elsewhere": """
        SELECT c.cms_id, e.url, e.listed_title, e.first_listed_at, e.last_listed_at
        FROM elsewhere e JOIN channels c ON c.id = e.channel_id""",
    "events": """
        SELECT a.cms_id, e.at, e.kind, e.evidence ->> 'channels', e.evidence ->> 'from',
               e.evidence ->> 'to', e.evidence ->> 'window'
        FROM events e JOIN articles a ON a.id = e.article_id""",
    "walks": """
        SELECT c.cms_id, w.walked_at, w.verdict, w.stop_reason, w.whole
        FROM walks w JOIN channels c ON c.id = w.channel_id""",
    "articles": "SELECT cms_id, url, title, state, versions FROM articles",
    "channels": "SELECT cms_id, name, url, first_seen_at, last_seen_at FROM channels",
    "names": """
        SELECT c.cms_id, n.name, n.first_seen_at, n.last_seen_at
        FROM channel_names n JOIN channels c ON c.id = n.channel_id""",
    "sites": "SELECT host, first_seen_at, last_crawled_at FROM sites",
}


def said(told: Told) -> dict[str, list[tuple[Any, ...]]]:
    """All that an archive says of lists, without ids."""
    return {name: sorted(told.ask(query), key=repr) for name, query in SAID.items()}


def list_of(channel: str, at: datetime, *entries: Placed, whole: bool = True) -> list[Recordable]:
    """A walk over a channel whose list has a page for every two entries."""
    pages = [entries[n : n + 2] for n in range(0, len(entries), 2)] or [()]
    days = [placed.listed_on for placed in entries if placed.listed_on]
    return [
        *(
            Listed(host=HOST, channel=channel, at=at + n * MINUTE, entries=page)
            for n, page in enumerate(pages, 1)
        ),
        Walked(
            host=HOST,
            channel=channel,
            walked_at=at,
            claimed_total=len(entries),
            entries_seen=len(entries),
            articles_seen=sum(placed.key is not None for placed in entries),
            repeats=0,
            off_site=sum(placed.key is None for placed in entries),
            pages=len(pages),
            stop_reason="the claimed total is reached",
            verdict="complete" if whole else "failed",
            whole=whole,
            ends_on=min(days, default=None),
        ),
    ]


def named(channel: str, name: str | None, at: datetime) -> ChannelSeen:
    url = f"http://{HOST}/col/col{channel}/index.html"
    return ChannelSeen(host=HOST, cms_id=channel, name=name, url=url, own=True, at=at)


def night(at: datetime, *values: Recordable) -> tuple[datetime, list[Recordable]]:
    return at, list(values)


ALL = [entry(name) for name in ("1001", "1002", "1003")]
LEFT = night(JAN + DAY, *list_of("11", JAN + DAY, *ALL[1:]))
MOVED = night(
    JAN + DAY, *list_of("11", JAN + DAY, *ALL[1:]), *list_of("12", JAN + DAY + HOUR, ALL[0])
)
RETITLED = night(JAN + DAY, *list_of("11", JAN + DAY, entry("1001", "新题"), *ALL[1:]))
SEEN = {"an entry left": LEFT, "an entry moved": MOVED, "an entry was retitled": RETITLED}


def first(at: datetime = JAN) -> tuple[datetime, list[Recordable]]:
    both = (*list_of("11", at, *ALL), *list_of("12", at + HOUR, entry("1009", channel="12")))
    return night(at, *both)


@pytest.mark.parametrize("between", SEEN.values(), ids=SEEN)
def test_a_walk_that_is_found_late_says_what_it_would_have_said_in_time(told_anew, between):
    late, in_time = told_anew(), told_anew()
    after = first(JAN + 2 * DAY)
    for told, nights in ((in_time, (first(), between, after)), (late, (first(), after, between))):
        for at, values in nights:
            told.crawl(at, *values)
    assert said(late) == said(in_time)
    assert {"relisted", "moved"} & {event[2] for event in said(late)["events"]} or (
        between is RETITLED
    )
    assert found(late) == []


def test_the_last_walk_is_the_last_that_was_made_not_the_last_that_was_told(told):
    at, values = first(JAN + 2 * DAY)
    told.crawl(at, *values)
    told.crawl(JAN, *list_of("11", JAN, *ALL[:1]))
    account = told.archive.account(HOST, "11")
    assert (account.walked_at, account.standing, account.since) == (JAN + 2 * DAY, 3, 0)


def test_lists_that_a_program_brings_years_later_tell_of_then(told):
    told.now = JAN + 300 * DAY
    for day, entries in ((2, ALL[:2]), (0, ALL), (1, ALL[1:])):
        with told.archive.record("import", f"day {day}", [HOST]) as crawl:
            for value in list_of("11", JAN + day * DAY, *entries):
                crawl.add(value)
    events = said(told)["events"]
    assert [(event[0], event[1], event[2]) for event in events] == [
        ("1001", (JAN + DAY + MINUTE).strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "unlisted"),
        ("1001", (JAN + 2 * DAY + MINUTE).strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "relisted"),
        ("1003", (JAN + 2 * DAY + MINUTE).strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "unlisted"),
    ]


def test_what_lists_say_night_after_night_is_kept_once(told):
    for day in range(4):
        told.crawl(JAN + day * DAY, *list_of("11", JAN + day * DAY, *ALL))
    assert told.one("SELECT count(*) FROM listing_journal") == 12
    assert told.one("SELECT count(*) FROM tellings") == 3


@st.composite
def _night(draw: st.DrawFn, day: int) -> tuple[datetime, list[Recordable]]:
    at = JAN + day * DAY
    values: list[Recordable] = []
    for order, channel in enumerate(draw(st.permutations(CHANNELS))):
        begins = at + order * HOUR
        ids = draw(st.lists(st.sampled_from(["1", "2", "3", "4"]), unique=True, max_size=4))
        entries = [
            entry(
                cms_id,
                draw(st.sampled_from(["甲", "乙"])),
                url=address(cms_id, draw(st.sampled_from(CHANNELS))),
            )
            for cms_id in ids
        ]
        if draw(st.booleans()):
            outside = "http://www.elsewhere.example/1.html"
            entries.append(Placed(None, outside, draw(st.sampled_from(["外", "部"])), None))
        values.append(named(channel, draw(st.sampled_from(["通知", "公告", None])), begins))
        values += list_of(channel, begins, *entries, whole=draw(st.booleans()))
    if draw(st.booleans()):
        values.append(look(NOTICE, at + 3 * HOUR, draw(st.sampled_from(["1", "2"]))))
    return at, values


@st.composite
def _nights(draw: st.DrawFn) -> list[tuple[datetime, list[Recordable]]]:
    return [draw(_night(day)) for day in range(draw(st.integers(2, 5)))]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(nights=_nights(), order=st.randoms(use_true_random=False))
def test_lists_say_the_same_in_whatever_order_they_are_recorded(told_anew, nights, order):
    in_time, otherwise = told_anew(), told_anew()
    for told in (in_time, otherwise):
        for at, values in nights:
            told.crawl(at, *values)
        nights = list(nights)
        order.shuffle(nights)
    assert said(otherwise) == said(in_time)
    for name in ("articles", "versions", "captures"):
        assert otherwise.dump()[name] == in_time.dump()[name]
    assert found(otherwise) == []
