"""The guard's conditions, each by itself: from how much on a crawl is not believed."""

import pytest

from storage.guard import Guard, Met, Why, told, tripped, unbelieved_signs

STANDARD = Guard()
FINE = Met(checked=100, revisited=100, compared=100, asked_again=100, rows=100, rows_now=100)


def met(**more: int) -> Met:
    values = {name: getattr(FINE, name) for name in FINE.__slots__}
    return Met(**values | more)


EDGES = {
    "changed": ({"changed": 30}, {"changed": 31}),
    "changed, of those that no list announced": (
        {"compared": 20, "differing": 6},
        {"compared": 20, "differing": 7},
    ),
    "vanished": ({"vanished": 5}, {"vanished": 6}),
    "failed": ({"failed_again": 20}, {"failed_again": 21}),
    "shrunk": ({"rows_now": 50}, {"rows_now": 49}),
    "redesigned, and read otherwise": (
        {"rebuilt": 50, "differing": 6},
        {"rebuilt": 51, "differing": 6},
    ),
    "redesigned": ({"rebuilt": 100, "differing": 5}, {"rebuilt": 100, "differing": 6}),
}


@pytest.mark.parametrize(("within", "beyond"), EDGES.values(), ids=EDGES)
def test_a_crawl_is_held_beyond_its_share_and_not_at_it(within, beyond):
    assert tripped(met(**within), STANDARD) == ()
    assert len(tripped(met(**beyond), STANDARD)) == 1


def test_a_handful_of_articles_says_nothing():
    few = {"revisited": 19, "compared": 19, "asked_again": 19, "rows": 19, "rows_now": 0}
    all_of_them = {"changed": 19, "differing": 19, "rebuilt": 19, "vanished": 19}
    assert tripped(Met(failed_again=19, **few, **all_of_them), STANDARD) == ()


def test_a_redesign_that_reads_the_same_holds_nothing_up():
    assert tripped(met(rebuilt=100), STANDARD) == ()


def test_thresholds_are_settings():
    strict = Guard(at_least=2, changed=0.0)
    assert [each.why for each in tripped(Met(revisited=2, changed=1), strict)] == [Why.CHANGED]


def test_all_reasons_are_told_in_one_line():
    reasons = tripped(met(changed=40, vanished=10), STANDARD)
    assert told(reasons) == (
        "10 of 100 articles seemed to have vanished at once, "
        "40 of 100 articles seemed to have changed at once"
    )


SIGNS = {
    "none": (Met(), []),
    "a healthy host": (Met(checked=40, signs=2, missed=2, good=38), []),
    "nothing could be read": (Met(checked=1, signs=1, missed=1), [Why.UNREADABLE]),
    "many addresses failed": (Met(signs=1, asked=25, failed=6, good=1), [Why.FAILED]),
    "much was not there, though never read": (
        Met(checked=30, signs=29, missed=29, good=1),
        [Why.VANISHED],
    ),
    "long gone, looked at again": (Met(checked=40, signs=30, good=10), []),
}


@pytest.mark.parametrize(("seen", "reasons"), SIGNS.values(), ids=SIGNS)
def test_signs_of_absence_are_believed_of_a_healthy_host_alone(seen, reasons):
    assert [each.why for each in unbelieved_signs(seen, STANDARD)] == reasons
