"""The journal of lists: what crawls saw in them. It is kept, so that what is found late takes its
place among the rest (`writers.late`); what stood before each telling is kept while it may have to
be taken back. Pages and their versions need none: captures are facts, and histories a fold."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, exists, func, null, or_, select, update

from storage.schema import (
    articles,
    capture_facts,
    channels,
    crawls,
    events,
    holds,
    listing_journal,
    placements,
)
from storage.values import Listed, Walked
from storage.writers import again
from storage.writers.before import Before, take_back
from storage.writers.late import comes_late, fold_again, is_whole, retell, settle_addresses
from storage.writers.listings import new_walk, write_listing, write_walk
from storage.writers.relistings import rewrite_relistings
from storage.writers.scope import Scope
from storage.writers.tellings import (
    in_order,
    note,
    rows_of,
    scope_of,
    take_in_again,
    telling_of,
)


def record_listing(scope: Scope, listed: Listed) -> None:
    """Record one listing page, and take it in; where it is found late, at the crawl's end."""
    channel_id = scope.channel_id(listed.host, listed.channel, listed.at)
    late = comes_late(scope, channel_id, listed.at)
    if listed.same_as is not None:
        again.record(scope, channel_id, listed, late=late)
        return
    before = None if late else write_listing(scope, channel_id, listed)
    note(scope, channel_id, listed, telling_of(scope, listed), before)


def record_walk(scope: Scope, walked: Walked) -> None:
    """Record a walk, and take it in; where it is found late, at the crawl's end."""
    channel_id = scope.channel_id(walked.host, walked.channel, walked.walked_at)
    late = comes_late(scope, channel_id, walked.walked_at)
    walk_id = new_walk(scope, channel_id, walked)
    before = None if late else write_walk(scope, channel_id, walk_id, walked)
    note(scope, channel_id, walked, telling_of(scope, walked), before, walk_id)


def replay(scope: Scope, site_id: int, crawl_id: int) -> None:
    """Make a site's lists what they are without the crawls that are held and with all others:
    take back what was told since `crawl_id` began to tell, and take in again what counts."""
    its = _of_site(site_id) & (listing_journal.c.crawl_id == crawl_id)
    since = scope.connection.scalar(select(func.min(listing_journal.c.at)).where(its))
    if since is None:
        return
    rows = in_order(scope.connection.execute(rows_of(site_id, _told_since(site_id, since))).all())
    if _can_be_taken_back(scope, site_id, crawl_id, since, rows):
        _take_back(scope, site_id, rows)
    else:
        fold_again(scope, site_id, set(scope.connection.scalars(_channels_told(its))))
        _drop_unknown(scope, site_id)
        retell(scope, site_id, since)


def _take_back(scope: Scope, site_id: int, rows: Sequence[Row[Any]]) -> None:
    for row in reversed(rows):
        if row.before is not None:
            take_back(scope, row.channel_id, Before.of(row.before))
    _drop_unknown(scope, site_id)
    take_in_again(scope, rows)
    settle_addresses(scope, {row.channel_id for row in rows})
    for row in {row.crawl_id: row for row in rows}.values():
        if row.finished_at is not None:
            of_crawl = scope_of(scope, row)
            rewrite_relistings(of_crawl, site_id, row.started_at, held=bool(row.held))


def _can_be_taken_back(
    scope: Scope, site_id: int, crawl_id: int, since: datetime, rows: Sequence[Row[Any]]
) -> bool:
    """Whether it is known what stood before each of these rows, and nothing was told between them.
    What was found late among them was taken in by folding a channel anew."""
    if not is_whole(scope, site_id):
        return True
    known = {row.id for row in rows}
    between = select(listing_journal.c.id).where(_of_site(site_id), listing_journal.c.at > since)
    if any(id_ not in known for id_ in scope.connection.scalars(between)):
        return False
    return all(row.before is not None or row.held or row.crawl_id == crawl_id for row in rows)


def _told_since(site_id: int, since: datetime) -> ColumnElement[bool]:
    """What crawls told that began to tell then or later."""
    began = (
        select(listing_journal.c.crawl_id)
        .where(_of_site(site_id))
        .group_by(listing_journal.c.crawl_id)
        .having(func.min(listing_journal.c.at) >= since)
    )
    return listing_journal.c.crawl_id.in_(began)


def _channels_told(which: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(listing_journal.c.channel_id).where(which).distinct()


def forget(scope: Scope) -> None:
    """Drop what can never be needed to take something back: what stood before what was told before
    any crawl that is not settled, or is held, began to tell, site by site."""
    connection = scope.connection
    kept = listing_journal.c.before.is_not(None)
    touched = connection.execute(
        select(channels.c.site_id)
        .join(listing_journal, listing_journal.c.channel_id == channels.c.id)
        .where(kept)
        .distinct()
    )
    for site_id in touched.scalars().all():
        needed = connection.scalar(
            select(func.min(listing_journal.c.at)).where(_of_site(site_id), _may_change())
        )
        old = _of_site(site_id) & kept
        if needed is not None:
            old &= listing_journal.c.at < needed
        connection.execute(update(listing_journal).where(old).values(before=null()))


def _drop_unknown(scope: Scope, site_id: int) -> None:
    """Articles that only what was taken back knew of."""
    known = or_(
        exists().where(capture_facts.c.article_id == articles.c.id),
        exists().where(placements.c.article_id == articles.c.id),
        exists().where(events.c.article_id == articles.c.id),
    )
    unread = (articles.c.site_id == site_id) & (articles.c.versions == 0)
    scope.connection.execute(delete(articles).where(unread, ~known))


def _of_site(site_id: int) -> ColumnElement[bool]:
    its = select(channels.c.id).where(channels.c.site_id == site_id)
    return listing_journal.c.channel_id.in_(its)


def _may_change() -> ColumnElement[bool]:
    """Whether a crawl is not settled yet, or held."""
    unsettled = select(crawls.c.id).where(crawls.c.finish_reason.is_(None))
    held = select(holds.c.crawl_id).where(holds.c.whole, holds.c.released_at.is_(None))
    return or_(listing_journal.c.crawl_id.in_(unsettled), listing_journal.c.crawl_id.in_(held))
