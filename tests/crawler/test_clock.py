"""A crawl's clock goes forward, whatever is done to the machine's: nothing is lost, what was seen
later is dated later, and that the clock was set is told."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from crawler.clock import Clock, Steps, clock_from

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class Machine:
    """A machine on which time passes, and whose clock is set."""

    clock: datetime = NOON
    up: float = 1000.0

    def passes(self, seconds: float) -> None:
        self.up += seconds
        self.clock += timedelta(seconds=seconds)

    def crawl_clock(self) -> Clock:
        return Clock(machine=lambda: self.clock, passed=lambda: self.up)


def test_it_begins_where_it_is_told_and_runs_on():
    clock = clock_from("2026-03-01T20:00:00+08:00")
    assert NOON <= clock() <= clock() < NOON + timedelta(seconds=5)


def test_it_says_its_zone():
    with pytest.raises(ValueError, match="zone"):
        clock_from("2026-03-01T20:00:00")


@pytest.mark.parametrize("hours", [0.01, 2, 24, 47])
def test_where_the_machine_was_set_back_it_goes_on_from_what_is_recorded(hours):
    clock = Machine().crawl_clock()
    clock.go_on_from(NOON + hours * HOUR)
    assert clock() == NOON + hours * HOUR
    assert clock.steps() == Steps(behind=hours * HOUR)


@pytest.mark.parametrize("recorded", [None, NOON - 9 * HOUR, NOON])
def test_an_archive_that_is_not_ahead_leaves_it_as_it_is(recorded):
    clock = Machine().crawl_clock()
    clock.go_on_from(recorded)
    assert (clock(), clock.steps(), str(clock.steps())) == (NOON, Steps(), "")


def test_an_archive_that_is_days_ahead_is_not_believed_and_told_of():
    clock = Machine().crawl_clock()
    clock.go_on_from(NOON + 72 * HOUR)
    assert clock() == NOON
    assert "3 days, 0:00:00 behind" in str(clock.steps())
    assert "not believed" in str(clock.steps())


@pytest.mark.parametrize("hours", [-2, 24, -24 * 365])
def test_a_clock_that_is_set_during_a_crawl_is_not_followed_and_told_of(hours):
    machine = Machine()
    clock = machine.crawl_clock()
    machine.passes(60)
    machine.clock += hours * HOUR
    machine.passes(60)
    assert clock() == NOON + timedelta(seconds=120)
    assert clock.steps().as_stats() == {"clock_stepped": hours * 3600}


def test_seconds_are_no_news():
    machine = Machine()
    clock = machine.crawl_clock()
    clock.go_on_from(NOON + timedelta(seconds=5))
    machine.clock -= timedelta(seconds=5)
    assert clock.steps().as_stats() == {}
