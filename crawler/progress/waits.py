"""For how long a crawl waits before it may ask a host again. Told in Scrapy's own statistics, so
that who waits and who shows it need not know each other."""

from typing import Any, Protocol

WAITED, UNTIL = "manners/seconds_waited", "manners/waiting_until"
"""Seconds waited in all; by Python's monotonic clock, until when by host."""


class Stats(Protocol):
    """What is asked of Scrapy's collector of statistics."""

    def get_value(self, key: str, default: Any = None) -> Any: ...
    def set_value(self, key: str, value: Any) -> None: ...


def waits(stats: Stats, host: str, until: float) -> None:
    """The host is left alone until then."""
    known: dict[str, float] = stats.get_value(UNTIL) or {}
    stats.set_value(UNTIL, known | {host: until})


def waited(stats: Stats, seconds: float) -> None:
    """So much of it is over."""
    stats.set_value(WAITED, stats.get_value(WAITED, 0.0) + seconds)


def waiting(stats: Stats, now: float) -> float:
    """The longest time for which a host is still left alone."""
    known: dict[str, float] = stats.get_value(UNTIL) or {}
    return max([0.0, *(until - now for until in known.values())])
