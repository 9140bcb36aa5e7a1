"""When a held article should be captured again. Pure."""

from datetime import datetime, timedelta

_LADDER = tuple(timedelta(days=days) for days in (1, 2, 4, 7, 14, 30))
LONGEST = timedelta(days=90)
"""No held article stays unseen for longer."""


def due_at(first_captured_at: datetime, last_seen_at: datetime) -> datetime:
    """The moment from which the article is due: soon after it is new, then by its age.

    Silent edits cluster in the first days after publication; later captures thin out, and never
    below one in `LONGEST`.
    """
    age = last_seen_at - first_captured_at
    wait = next((rung for rung in _LADDER if age < rung), LONGEST)
    return last_seen_at + min(wait, LONGEST)
