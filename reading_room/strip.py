"""An article's life as a strip: versions and absences as bars, looks as ticks. Pure.

Positions are thousandths of the time from the first look to the last.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.consult.histories import History

WHOLE = 1000
_LEAST = 8
"""The narrowest bar that can be seen and pointed at."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch: `kind` is `version`, `missing` or `gone`; `number` that of the version."""

    kind: str
    start: int
    width: int
    number: int | None
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Strip:
    """The bars in order of time, and where looks were, each place once."""

    since: datetime
    until: datetime
    bars: tuple[Bar, ...]
    ticks: tuple[int, ...]


def strip(known: History) -> Strip | None:
    """The strip of an article; None where there are fewer than two looks."""
    moments = [look.captured_at for look in known.captures]
    if len(moments) < 2 or not known.versions:
        return None
    since, until = min(moments), max(moments)
    if since == until:
        return None
    scale = _Scale(since, until)
    return Strip(since, until, _bars(known, scale), tuple(sorted({scale.at(m) for m in moments})))


@dataclass(frozen=True, slots=True)
class _Scale:
    since: datetime
    until: datetime

    def at(self, moment: datetime) -> int:
        share = (moment - self.since) / (self.until - self.since)
        return round(min(max(share, 0.0), 1.0) * WHOLE)


def _bars(known: History, scale: _Scale) -> tuple[Bar, ...]:
    """A version lasts until the next; an absence until the article is back, or the last look."""
    starts: list[tuple[datetime, str, int | None]] = [
        (version.first_captured_at, "version", version.number) for version in known.versions
    ]
    for event in known.events:
        if event.kind in ("missing", "gone"):
            starts.append((event.at, event.kind, event.previous_version))
        elif event.kind == "restored" and event.version == event.previous_version:
            starts.append((event.at, "version", event.version))
    starts.sort(key=lambda start: start[0])
    ends = [start[0] for start in starts[1:]] + [scale.until]
    return tuple(_bar(scale, start, until) for start, until in zip(starts, ends, strict=True))


def _bar(scale: _Scale, start: tuple[datetime, str, int | None], until: datetime) -> Bar:
    since, kind, number = start
    at = min(scale.at(since), WHOLE - _LEAST)
    return Bar(kind, at, max(scale.at(until) - at, _LEAST), number, since, until)
