"""Windows: lists that a site cuts to their newest entries. Pure.

A list that is cut stays as long as it is: what comes in on top pushes off its end what is oldest.
Such leavings say nothing of the articles, whose pages mostly stand.
"""

from collections.abc import Collection
from dataclasses import replace

from storage.values import Walked

WINDOWED = "windowed"
"""The verdict of a walk that saw the whole list, where the list is not the whole channel."""

_PUSHED = "older entries were pushed off its end"


def pushed_off(walked: Walked, claimed_before: int | None, left: Collection[str | None]) -> bool:
    """Whether the entries that left (the days they were listed on) were pushed off the list's end.

    All are as old as its last row or older, and it claims no fewer rows than before: so at least
    as many have come as have left. One that was taken out of the end on just such a night looks
    the same; its page tells.
    """
    if not walked.whole or walked.claimed_total is None or walked.ends_on is None:
        return False
    if not left or claimed_before is None or walked.claimed_total < claimed_before:
        return False
    ends_on = walked.ends_on.isoformat()
    return all(day is not None and day <= ends_on for day in left)


def as_window(walked: Walked, pushed: int = 0) -> Walked:
    """The walk with the verdict that fits a list that is cut, and how many it pushed off."""
    told = f"; {pushed} {_PUSHED}" if pushed else ""
    return replace(walked, verdict=WINDOWED, stop_reason=walked.stop_reason + told)


def tells_of_window(verdict: str, stop_reason: str) -> bool:
    """Whether a walk, as recorded, saw its leavings pushed off the list's end."""
    return verdict == WINDOWED and stop_reason.endswith(_PUSHED)
