"""A channel: what its list names, now or at an instant, and how it was walked."""

from dataclasses import replace

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked
from reading_room.cursors import sealed
from reading_room.pages.series import figures_of
from reading_room.serving import page
from reading_room.then import entered_then
from storage.consult.coverage import why_short
from storage.consult.listings import (
    Entered,
    ListingQuery,
    channel_held,
    listed_count,
    listing,
    names_of,
    walks_of,
)
from storage.consult.sites import ChannelHeld
from storage.consult.walked import ChannelWalked

PAGE = 50
MOST = 200
_WALKS = 10


def channel(asked: Asked) -> Answer:
    held = _channel(asked)
    query = _query(asked, held.id)
    found = asked.archive.ask(listing, query)
    more, found = len(found) >= query.limit, found[: query.limit - 1]
    found = entered_then(found, query.at)
    after = _cursor(found[-1]) if more else None
    walks = asked.archive.ask(walks_of, held.id, limit=_WALKS, until=query.at)
    shown = {
        "channel": held,
        "listed": asked.archive.ask(listed_count, query),
        "entries": found,
        "walks": walks,
        "names": asked.archive.ask(names_of, held.id, query.at),
        "walked": _walked(asked, held, query),
    }
    because = why_short(walks[0].walk if walks else None, 0)
    following = asked.here.as_json(after=after) if after else None
    return Answer(
        "channel.html",
        shown
        | {
            "after": after,
            "because": because,
            "figures": figures_of(asked, held.host, held.cms_id) if query.after is None else [],
        },
        shown | {"next": following},
    )


def _channel(asked: Asked) -> ChannelHeld:
    """The channel whose number stands in the address. Of a time before it was known, nothing is
    told but that."""
    now = asked.archive.ask(channel_held, asked.parts["id"])
    if asked.as_of is None:
        return now
    if now.first_seen_at > asked.as_of:
        return replace(now, held=0, claimed_total=None, verdict=None, walked_at=None)
    return asked.archive.ask(channel_held, now.id, asked.as_of)


def _query(asked: Asked, channel_id: int) -> ListingQuery:
    after = asked.params.cursor(str, int)
    return ListingQuery(
        channel_id=channel_id,
        at=asked.as_of,
        limit=asked.params.number("limit", PAGE, most=MOST) + 1,
        after=(after[0], after[1]) if after else None,
    )


def _walked(asked: Asked, held: ChannelHeld, query: ListingQuery) -> ChannelWalked | None:
    """How far the channel had been walked by the instant asked for: without it, an empty list
    would say nothing."""
    if query.at is None:
        return None
    (walked,) = asked.archive.walked_by(query.at, site=held.host, channel=held.cms_id)
    return walked


def _cursor(entry: Entered) -> str:
    return sealed(entry.listed_on or "", entry.id)


ROUTES: list[BaseRoute] = page("/channels/{id:number}", channel)
