"""Crash points: where the tests kill the program that writes, to see that nothing is lost then.

`CUNZHENG_CRASH=flush.written:3` kills it (SIGKILL) as it comes to that point for the third time.
Without the variable a point does nothing, and what is written is the same.
"""

import os
import signal

POINTS = (
    "crawl.begun",
    "flush.begun",
    "write.SiteSeen",
    "write.ChannelSeen",
    "write.Listed",
    "write.Walked",
    "write.Wanted",
    "write.Ended",
    "write.Captured",
    "flush.written",
    "flush.booked",
    "flush.committed",
    "close.begun",
    "close.written",
    "close.settled",
    "close.ended",
    "close.booked",
    "close.committed",
    "close.released",
)
"""Every point of a crawl, in the order in which it first comes to them."""

MIGRATING = (
    "migrate.begun",
    "migrate.statement",
    "migrate.step",
    "migrate.done",
    "migrate.committed",
)
"""Those of a migration: it comes to `statement` before each of them, to `step` after each step."""

_NAMED = ", ".join((*POINTS, *MIGRATING))


class _Fuse:
    """At which point, and how many more times it may be passed."""

    point: str | None = None
    left: int = 0


def arm() -> None:
    """Heed the variable as it is now. Raises ValueError for a point that there is not."""
    asked = os.environ.get("CUNZHENG_CRASH")
    if asked is None:
        return
    point, _, times = asked.partition(":")
    if point not in (*POINTS, *MIGRATING):
        raise ValueError(f"there is no crash point {point}; there are {_NAMED}")
    _Fuse.point, _Fuse.left = point, int(times or 1)


def at(point: str) -> None:
    """The program comes to a point."""
    if _Fuse.point != point:
        return
    _Fuse.left -= 1
    if _Fuse.left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
