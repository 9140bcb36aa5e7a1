"""Late: what was told of lists after what was seen there later. It is taken in at its crawl's end,
by folding what was ever told of its channels anew, so that lists say the same in whatever order
they are recorded."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ScalarSelect,
    Select,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from storage.schema import (
    articles,
    channels,
    crawls,
    elsewhere,
    listing_journal,
    placements,
    sites,
    walks,
)
from storage.writers.relistings import rewrite_relistings
from storage.writers.scope import Scope
from storage.writers.tellings import in_order, rows_of, scope_of, take_in_again


def comes_late(scope: Scope, channel_id: int, at: datetime) -> bool:
    """Whether more was told already of what a channel's list said after this moment; pages of the
    same walk are not meant."""
    its = listing_journal.c
    others = or_(its.crawl_id != scope.crawl_id, its.walk_id.is_not(None))
    found = select(its.id).where(its.channel_id == channel_id, its.at > at, others).limit(1)
    return scope.connection.scalar(found) is not None


def take_in_late(scope: Scope) -> None:
    """Take in what this crawl told late, in its place, and tell anew what it alters of what later
    crawls' lists showed."""
    found = scope.connection.execute(_waiting(scope.crawl_id)).all()
    for site_id in sorted({row.site_id for row in found}):
        its = {row.channel_id for row in found if row.site_id == site_id}
        since = min(row.at for row in found if row.site_id == site_id)
        if is_whole(scope, site_id):
            fold_again(scope, site_id, its)
            retell(scope, site_id, since)
        else:
            _take_in_as_told(scope, site_id)
    _date_beginnings(scope)


def is_whole(scope: Scope, site_id: int) -> bool:
    """Whether all that was ever told of a site's lists is kept: before step 0011 it was not."""
    kept = exists().where(listing_journal.c.walk_id == walks.c.id)
    lacking = (
        select(walks.c.id)
        .join(channels, channels.c.id == walks.c.channel_id)
        .where(channels.c.site_id == site_id, ~kept)
    )
    return scope.connection.scalar(lacking.limit(1)) is None


def fold_again(scope: Scope, site_id: int, channel_ids: Collection[int]) -> None:
    """Make the lists of these channels anew from all that was told of them."""
    for channel_id in sorted(channel_ids):
        for table in (placements, elsewhere):
            scope.connection.execute(delete(table).where(table.c.channel_id == channel_id))
        told = rows_of(site_id, listing_journal.c.channel_id == channel_id)
        take_in_again(scope, in_order(scope.connection.execute(told).all()))
    settle_addresses(scope, channel_ids)


def retell(scope: Scope, site_id: int, since: datetime) -> None:
    """Make the events of the lists of ended crawls, those that ended since a moment, what the lists
    show now. The crawl of this scope tells its own when it is settled."""
    ended = crawls.c.finished_at >= since
    rows = rows_of(site_id, ended, listing_journal.c.crawl_id != scope.crawl_id)
    last = {row.crawl_id: row for row in scope.connection.execute(rows)}
    for row in last.values():
        of_crawl = scope_of(scope, row)
        rewrite_relistings(of_crawl, site_id, row.started_at, held=bool(row.held))


def settle_addresses(scope: Scope, channel_ids: Collection[int]) -> None:
    """Give the articles that these channels ever listed the address of the entry that came last,
    in any channel, and those that were never read the title of the first."""
    listed = select(placements.c.article_id).where(placements.c.channel_id.in_(channel_ids))
    rows = scope.connection.execute(_entries(listed)).all()
    first = {row.article_id: row for row in reversed(rows)}
    last = {row.article_id: row for row in rows}
    for article_id, row in last.items():
        named = {"url": row.url} if row.url != row.known_url else {}
        title = first[article_id].listed_title
        if row.versions == 0 and row.title is not None and row.title != title:
            named["title"] = title
        if named:
            this = articles.c.id == article_id
            scope.connection.execute(update(articles).where(this).values(named))


def _entries(listed: Select[tuple[int]]) -> Select[Any]:
    """The entries of articles, as they began; those of one moment as they were told."""
    told = (
        select(func.max(listing_journal.c.id))
        .where(
            listing_journal.c.channel_id == placements.c.channel_id,
            listing_journal.c.at == placements.c.first_listed_at,
        )
        .correlate(placements)
        .scalar_subquery()
    )
    return (
        select(
            placements.c.article_id,
            placements.c.url,
            placements.c.listed_title,
            articles.c.url.label("known_url"),
            articles.c.title,
            articles.c.versions,
        )
        .join(articles, articles.c.id == placements.c.article_id)
        .where(placements.c.article_id.in_(listed))
        .order_by(placements.c.first_listed_at, told)
    )


def _waiting(crawl_id: int) -> Select[Any]:
    return (
        select(channels.c.site_id, listing_journal.c.channel_id, listing_journal.c.at)
        .join(channels, channels.c.id == listing_journal.c.channel_id)
        .where(listing_journal.c.crawl_id == crawl_id, listing_journal.c.before.is_(None))
    )


def _take_in_as_told(scope: Scope, site_id: int) -> None:
    its, journal = scope.crawl_id, listing_journal.c
    rows = rows_of(site_id, journal.crawl_id == its, journal.before.is_(None))
    take_in_again(scope, scope.connection.execute(rows).all())


def _date_beginnings(scope: Scope) -> None:
    """No channel that this crawl walked, and no site, began after what was told of its lists."""
    told = select(listing_journal.c.channel_id).where(listing_journal.c.crawl_id == scope.crawl_id)
    first = _earliest(listing_journal.c.at, listing_journal.c.channel_id == channels.c.id)
    late = channels.c.id.in_(told) & (channels.c.first_seen_at > first)
    scope.connection.execute(update(channels).where(late).values(first_seen_at=first))
    walked = select(channels.c.site_id).where(channels.c.id.in_(told))
    first = _earliest(channels.c.first_seen_at, channels.c.site_id == sites.c.id)
    late = sites.c.id.in_(walked) & (sites.c.first_seen_at > first)
    scope.connection.execute(update(sites).where(late).values(first_seen_at=first))


def _earliest(at: Column[datetime], which: ColumnElement[bool]) -> ScalarSelect[datetime]:
    return select(func.min(at)).where(which).scalar_subquery()
