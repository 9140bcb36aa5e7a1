"""Which of a listing's entries are fetched, and which need not be."""

from datetime import date

import pytest

from crawler.deciding import standing_urls, why_fetch
from crawler.listings import Entry
from storage.article import ArticleKey
from storage.history import State
from storage.holdings import Held

ENTRY = Entry("http://a.gov.cn/art/2026/3/1/art_7_77.html", "关于春季植树的通知", date(2026, 3, 1))
SAME = Held(State.PRESENT, 1, ENTRY.title, "2026-03-01")


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (None, "new"),
        (Held(State.PRESENT, 0, ENTRY.title, "2026-03-01"), "new"),
        (Held(State.MISSING, 1, ENTRY.title, "2026-03-01"), "missing"),
        (Held(State.GONE, 3, ENTRY.title, "2026-03-01"), "gone"),
        (Held(State.PRESENT, 1, "关于植树的通知", "2026-03-01"), "title"),
        (Held(State.PRESENT, 1, ENTRY.title, "2026-02-28"), "date"),
    ],
)
def test_what_is_new_missing_or_listed_otherwise_is_fetched(held: Held | None, why: str) -> None:
    reason = why_fetch(ENTRY, held)

    assert reason is not None
    assert why in reason


@pytest.mark.parametrize("held", [SAME, Held(State.PRESENT, 2, None, None)])
def test_what_is_held_and_listed_as_before_is_not(held: Held) -> None:
    assert why_fetch(ENTRY, held) is None


def test_only_entries_that_the_channel_itself_listed_so_before_stand_in_it() -> None:
    key = ArticleKey("a.gov.cn", "77")
    listed_elsewhere = Held(State.PRESENT, 1, None, None)

    assert standing_urls({ENTRY: key}, {"77": SAME}) == {ENTRY.url}
    assert standing_urls({ENTRY: key}, {"77": listed_elsewhere}) == frozenset()
    assert standing_urls({ENTRY: None}, {}) == frozenset()
