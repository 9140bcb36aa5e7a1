"""When a job is due: a time of the day in Beijing, daily, weekly or monthly. Pure.

China has had one time without summer hours since 1991, so that a fixed offset is its calendar.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
_DAY = timedelta(days=1)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of the day (minutes after midnight in Beijing). `weekday` is 0 for Monday; `day` is of
    the month, 2 to 27, so that it is one in every zone's month too."""

    minute: int
    weekday: int | None = None
    day: int | None = None

    @property
    def clock(self) -> str:
        """The time as people write it.

        >>> Moment(137).clock
        '02:17'
        """
        return f"{self.minute // 60:02}:{self.minute % 60:02}"

    def last(self, now: datetime) -> datetime:
        """The newest time at or before `now` at which it was due.

        >>> now = datetime(2026, 3, 2, 1, 0, tzinfo=BEIJING)
        >>> f"{Moment(137).last(now):%d %H:%M}"
        '01 02:17'
        """
        there = now.astimezone(BEIJING)
        at = there.replace(hour=0, minute=0, second=0, microsecond=0)
        at += timedelta(minutes=self.minute)
        while at > there or not self._falls_on(at):
            at -= _DAY
        return at

    def next(self, now: datetime) -> datetime:
        """The first time after `now` at which it is due."""
        at = self.last(now) + _DAY
        while not self._falls_on(at):
            at += _DAY
        return at

    def in_zone(self, offset: timedelta) -> "Moment":
        """The same moment by a clock that is so far ahead of UTC.

        >>> Moment(137, weekday=0).in_zone(timedelta(0))
        Moment(minute=1097, weekday=6, day=None)
        """
        shifted = self.minute + round((offset - timedelta(hours=8)) / timedelta(minutes=1))
        days, minute = divmod(shifted, 24 * 60)
        weekday = None if self.weekday is None else (self.weekday + days) % 7
        return Moment(minute, weekday, None if self.day is None else self.day + days)

    def on_calendar(self) -> str:
        """As systemd writes it.

        >>> Moment(137, day=5).on_calendar()
        '*-*-05 02:17:00 Asia/Shanghai'
        """
        weekday = "" if self.weekday is None else f"{_DAYS[self.weekday]} "
        day = "*" if self.day is None else f"{self.day:02}"
        return f"{weekday}*-*-{day} {self.clock}:00 Asia/Shanghai"

    def fields(self) -> str:
        """As cron writes it, by the clock of its own zone.

        >>> Moment(137, weekday=6).fields()
        '17 2 * * 0'
        """
        weekday = "*" if self.weekday is None else str((self.weekday + 1) % 7)
        day = "*" if self.day is None else str(self.day)
        return f"{self.minute % 60} {self.minute // 60} {day} * {weekday}"

    def _falls_on(self, at: datetime) -> bool:
        return self.weekday in (None, at.weekday()) and self.day in (None, at.day)
