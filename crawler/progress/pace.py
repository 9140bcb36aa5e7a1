"""How long what is left will take, by how fast it went lately. Pure."""

from collections import deque

WINDOW_S = 120.0
"""Seconds that count as lately: a site is slower at one hour than at another."""

_ENOUGH_S = 3.0


class Pace:
    """What ended by when, lately. Times are those of one clock that only goes forward."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, now: float, ended: int) -> None:
        """So many have ended by now."""
        self._seen.append((now, ended))
        while len(self._seen) > 2 and now - self._seen[1][0] >= WINDOW_S:
            self._seen.popleft()

    def left(self, remaining: int) -> float | None:
        """Seconds until as many more have ended; None where the pace is not known yet.

        >>> pace = Pace()
        >>> pace.note(0, 0), pace.note(10, 20), pace.left(40)
        (None, None, 20.0)
        """
        if not self._seen:
            return None
        (begun, before), (now, ended) = self._seen[0], self._seen[-1]
        if now - begun < _ENOUGH_S or ended <= before:
            return None
        return remaining * (now - begun) / (ended - before)
