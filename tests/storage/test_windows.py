"""What left a list may have been pushed off its end: then it is old, and the list is no shorter."""

from datetime import UTC, date, datetime

import pytest

from storage.values import Walked
from storage.windows import as_window, pushed_off, tells_of_window


def walked(claimed: int | None = 40, ends_on: date | None = date(2021, 6, 30), whole: bool = True):
    return Walked(
        host="a.gov.cn", channel="7", walked_at=datetime(2022, 3, 2, tzinfo=UTC),
        claimed_total=claimed, entries_seen=40, articles_seen=40, repeats=0, off_site=0, pages=3,
        stop_reason="the claimed total is reached", verdict="complete", whole=whole,
        ends_on=ends_on,
    )  # fmt: skip


def test_what_is_older_than_the_last_row_was_pushed_off():
    assert pushed_off(walked(), 40, ["2021-06-23", "2021-06-30"])
    assert pushed_off(walked(claimed=41), 40, ["2021-06-23"])


@pytest.mark.parametrize(
    ("walk", "before", "left"),
    [
        pytest.param(walked(), 40, [], id="nothing left"),
        pytest.param(walked(), 40, ["2021-06-23", "2021-07-01"], id="a newer one left too"),
        pytest.param(walked(), 40, [None], id="a row without a day"),
        pytest.param(walked(claimed=39), 40, ["2021-06-23"], id="the list is shorter"),
        pytest.param(walked(), None, ["2021-06-23"], id="the claim before is not known"),
        pytest.param(walked(claimed=None), 40, ["2021-06-23"], id="no claim"),
        pytest.param(walked(ends_on=None), 40, ["2021-06-23"], id="a list without days"),
        pytest.param(walked(whole=False), 40, ["2021-06-23"], id="not all of it was seen"),
    ],
)
def test_anything_else_is_no_window(walk, before, left):
    assert not pushed_off(walk, before, left)


def test_a_walk_says_how_many_it_pushed_off():
    told = as_window(walked(), pushed=2)
    assert told.verdict == "windowed"
    assert told.stop_reason.endswith("; 2 older entries were pushed off its end")
    assert tells_of_window(told.verdict, told.stop_reason)
    assert not tells_of_window("windowed", as_window(walked()).stop_reason)
