"""Writing: how each value that a crawl saw becomes rows, inside the caller's transaction."""

from collections.abc import Iterable
from itertools import groupby

from storage import crashing
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

__all__ = ["Scope", "write_all"]


_PAGE = (Wanted, Ended, Captured)


def write_all(scope: Scope, values: Iterable[Recordable]) -> None:
    """Record values in their order. What runs of captures name is looked up at once."""
    for of_pages, run in groupby(values, key=lambda value: isinstance(value, _PAGE)):
        together = list(run)
        if of_pages:
            scope.look_ahead([each for each in together if isinstance(each, Captured)])
        for value in together:
            write(scope, value)
    scope.write_out()


def write(scope: Scope, value: Recordable) -> None:
    """Record one value; it may wait in the scope until it is asked for its connection."""
    crashing.at(f"write.{type(value).__name__}")
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
