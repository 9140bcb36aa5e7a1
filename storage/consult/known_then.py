"""The history of an article as far as it had been seen by an instant. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from storage.consult.histories import CaptureSeen, History, PlacementSeen, VersionSpan
from storage.consult.listings import Entered

Listed = TypeVar("Listed", PlacementSeen, Entered)
"""An entry of an article or of a list."""


def known_then(history: History, at: datetime) -> History:
    """What had been captured and listed by then; spans end where they were last seen by then."""
    captures = tuple(each for each in history.captures if each.captured_at <= at)
    return replace(
        history,
        versions=tuple(
            _span_then(each, captures) for each in history.versions if each.first_captured_at <= at
        ),
        events=tuple(each for each in history.events if each.at <= at),
        captures=captures,
        placements=tuple(
            listed_then(each, at) for each in history.placements if each.first_listed_at <= at
        ),
    )


def _span_then(span: VersionSpan, captures: tuple[CaptureSeen, ...]) -> VersionSpan:
    seen = [each.captured_at for each in captures if each.version == span.number]
    return replace(span, last_captured_at=max(seen, default=span.first_captured_at))


def listed_then(entry: Listed, at: datetime) -> Listed:
    """An entry of a list as it was known at an instant by which it had been listed."""
    gone = entry.left_at is not None and entry.left_at <= at
    last = entry.last_listed_at
    return replace(
        entry,
        # When it was listed between is not kept: what is sure is that it was by then.
        last_listed_at=last if last <= at else entry.first_listed_at,
        left_at=entry.left_at if gone else None,
    )
