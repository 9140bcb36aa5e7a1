"""What happened: published, edited, taken down, back again; by site, channel, day and field."""

from datetime import datetime

from starlette.routing import BaseRoute

from reading_room import queries
from reading_room.asked import Answer, Asked
from reading_room.cursors import sealed
from reading_room.names import channels_offered, names_in
from reading_room.serving import page
from storage.article import CONTENT_FIELDS
from storage.consult.events import EventHeld, EventQuery
from storage.consult.sites import sites_named
from storage.history import EventKind

PAGE = 50
MOST = 200


def events(asked: Asked) -> Answer:
    query = event_query(asked)
    found = asked.archive.events(query)
    more, found = found[query.limit - 1 :], found[: query.limit - 1]
    after = event_cursor(found[-1]) if more else None
    return Answer(
        "events.html",
        {
            "events": found,
            "query": query,
            "kinds": list(EventKind),
            "fields": CONTENT_FIELDS,
            "sites": asked.archive.ask(sites_named),
            "channels": channels_offered(asked, query.host),
            "names": names_in(asked, found),
            "after": after,
        },
    )


def event_query(asked: Asked) -> EventQuery:
    """The events that an address asks for, and one more, which tells whether there are more.
    Raises BadQuestion."""
    params = asked.params
    return queries.event_query(
        {
            "kind": params.several("kind", EventKind),
            "field": params.chosen("field", CONTENT_FIELDS),
            "site": params.text("site"),
            "channel": params.text("channel"),
            **params.span(params.moment),
            "as_of": asked.as_of,
            "limit": params.number("limit", PAGE, most=MOST),
            "after": params.cursor(datetime, int),
        }
    )


def event_cursor(event: EventHeld) -> str:
    """Where a list goes on that ended with this event."""
    return sealed(event.at, event.id)


ROUTES: list[BaseRoute] = page("/events", events, twin=False)  # `reading_room.feeds` has its twin
