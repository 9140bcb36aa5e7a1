"""Again: a list that said what it had said before, to the byte. What stands in it lasts longer, and
no row of it need be looked at."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from storage.schema import elsewhere, listing_journal, placements, tellings
from storage.values import Listed
from storage.writers.before import Before, last_on
from storage.writers.listings import write_listing
from storage.writers.scope import Scope
from storage.writers.tellings import entries_told, note


def record(scope: Scope, channel_id: int, listed: Listed, *, late: bool) -> None:
    """Record a page that tells what an earlier one told (`same_as`), and take it in; where it is
    found `late`, at the crawl's end."""
    its = listing_journal.c
    query = select(its.telling_id, its.at).where(its.id == listed.same_as)
    earlier = scope.connection.execute(query).one()
    before = None
    if not late:
        before = _lasted(scope, channel_id, earlier.at, listed.at)
        before = before or _row_by_row(scope, channel_id, listed, earlier.telling_id)
    note(scope, channel_id, listed, earlier.telling_id, before)


def _lasted(scope: Scope, channel_id: int, since: datetime, at: datetime) -> Before | None:
    """Let all that stands in the list last until now; None where it is not what was told then."""
    stands = (placements.c.channel_id == channel_id) & placements.c.left_at.is_(None)
    other = scope.connection.scalar(
        select(func.count()).where(stands, placements.c.last_listed_at != since)
    )
    later = (elsewhere.c.channel_id == channel_id) & (elsewhere.c.last_listed_at > since)
    if at <= since or other or scope.connection.scalar(select(func.count()).where(later)):
        return None
    last_on(scope, channel_id, since, at)
    return Before(lasted=(since.isoformat(), at.isoformat()))


def _row_by_row(scope: Scope, channel_id: int, listed: Listed, telling_id: int) -> Before:
    told = scope.connection.scalar(select(tellings.c.told).where(tellings.c.id == telling_id))
    assert told is not None
    return write_listing(scope, channel_id, replace(listed, entries=entries_told(told)))
