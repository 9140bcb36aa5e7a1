"""The history of an article as far as it had been seen by an instant. Pure."""

from dataclasses import replace
from datetime import datetime

from storage.consult.histories import CaptureSeen, History, PlacementSeen, VersionSpan


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
            _placement_then(each, at) for each in history.placements if each.first_listed_at <= at
        ),
    )


def _span_then(span: VersionSpan, captures: tuple[CaptureSeen, ...]) -> VersionSpan:
    seen = [each.captured_at for each in captures if each.version == span.number]
    return replace(span, last_captured_at=max(seen, default=span.first_captured_at))


def _placement_then(placement: PlacementSeen, at: datetime) -> PlacementSeen:
    gone = placement.left_at is not None and placement.left_at <= at
    last = placement.last_listed_at
    return replace(
        placement,
        # When it was listed between is not kept: what is sure is that it was by then.
        last_listed_at=last if last <= at else placement.first_listed_at,
        left_at=placement.left_at if gone else None,
    )
