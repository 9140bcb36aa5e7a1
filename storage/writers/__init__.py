"""Writing: how each value that a crawl saw becomes rows, inside the caller's transaction."""

from storage.values import (
    Captured,
    ChannelSeen,
    Ended,
    Listed,
    Recordable,
    SiteSeen,
    Walked,
    Wanted,
)
from storage.writers import captures, frontier, journal, places
from storage.writers.scope import Scope

__all__ = ["Scope", "write"]


def write(scope: Scope, value: Recordable) -> None:
    """Record one value."""
    match value:
        case SiteSeen():
            places.write_site(scope, value)
        case ChannelSeen():
            places.write_channel(scope, value)
        case Listed():
            journal.record_listing(scope, value)
        case Walked():
            journal.record_walk(scope, value)
        case Wanted():
            frontier.write_wanted(scope, value)
        case Ended():
            frontier.write_ended(scope, value)
        case Captured():
            captures.write_capture(scope, value)
