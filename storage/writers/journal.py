"""The journal of lists: what crawls saw in them, kept while it may have to be taken back or given
its place again. Pages and their versions need none: captures are facts, and histories a fold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, exists, func, or_, select, update

from storage.article import ArticleKey
from storage.schema import (
    articles,
    capture_facts,
    channels,
    crawls,
    events,
    holds,
    listing_journal,
    placements,
    sites,
)
from storage.values import Listed, Placed, Walked
from storage.writers.before import Before, take_back
from storage.writers.listings import new_walk, write_listing, write_walk
from storage.writers.relistings import rewrite_relistings
from storage.writers.scope import Scope


def record_listing(scope: Scope, listed: Listed) -> None:
    """Record one listing page, and take it in."""
    channel_id = scope.channel_id(listed.host, listed.channel, listed.at)
    before = write_listing(scope, channel_id, listed)
    told = {"entries": [_entry(placed) for placed in listed.entries]}
    _note(scope, channel_id, None, listed.at, told, before)


def record_walk(scope: Scope, walked: Walked) -> None:
    """Record a walk, and take it in."""
    channel_id = scope.channel_id(walked.host, walked.channel, walked.walked_at)
    walk_id = new_walk(scope, channel_id, walked)
    before = write_walk(scope, channel_id, walk_id, walked)
    ends_on = walked.ends_on.isoformat() if walked.ends_on else None
    told = asdict(replace(walked, ends_on=None)) | {"ends_on": ends_on}
    del told["walked_at"]
    _note(scope, channel_id, walk_id, walked.walked_at, told, before)


def replay(scope: Scope, site_id: int, crawl_id: int) -> None:
    """Make a site's lists what they are without the crawls that are held and with all others:
    take back what was told since `crawl_id` began to tell, and take in again what counts."""
    first = select(func.min(listing_journal.c.id)).where(
        _of_site(site_id), listing_journal.c.crawl_id == crawl_id
    )
    since = scope.connection.scalar(first)
    if since is None:
        return
    rows = scope.connection.execute(_rows(site_id).where(listing_journal.c.id >= since)).all()
    for row in reversed(rows):
        if row.before is not None:
            take_back(scope, row.channel_id, Before.of(row.before))
    _drop_unknown(scope, site_id)
    _take_in_again(scope, site_id, rows)


def forget(scope: Scope) -> None:
    """Drop what can never be taken back: what was told before any crawl that is not settled, or is
    held, began to tell, site by site."""
    connection = scope.connection
    touched = connection.execute(
        select(channels.c.site_id)
        .join(listing_journal, listing_journal.c.channel_id == channels.c.id)
        .distinct()
    )
    for site_id in touched.scalars().all():
        needed = connection.scalar(
            select(func.min(listing_journal.c.id)).where(_of_site(site_id), _may_change())
        )
        old = _of_site(site_id)
        if needed is not None:
            old &= listing_journal.c.id < needed
        connection.execute(delete(listing_journal).where(old))


def _note(
    scope: Scope,
    channel_id: int,
    walk_id: int | None,
    at: datetime,
    told: Mapping[str, Any],
    before: Before,
) -> None:
    scope.connection.execute(
        listing_journal.insert().values(
            crawl_id=scope.crawl_id,
            channel_id=channel_id,
            walk_id=walk_id,
            at=at,
            told=told,
            before=before.as_json(),
        )
    )


def _rows(site_id: int) -> Select[Any]:
    held = exists().where(
        holds.c.crawl_id == listing_journal.c.crawl_id,
        holds.c.site_id == site_id,
        holds.c.whole,
        holds.c.released_at.is_(None),
    )
    return (
        select(
            listing_journal,
            channels.c.cms_id,
            sites.c.host,
            held.label("held"),
            crawls.c.started_at,
            crawls.c.finished_at,
        )
        .join(channels, channels.c.id == listing_journal.c.channel_id)
        .join(sites, sites.c.id == channels.c.site_id)
        .join(crawls, crawls.c.id == listing_journal.c.crawl_id)
        .where(channels.c.site_id == site_id)
        .order_by(listing_journal.c.id)
    )


def _take_in_again(scope: Scope, site_id: int, rows: Iterable[Row[Any]]) -> None:
    for row, is_last in _with_ends(list(rows)):
        of_crawl = Scope(
            scope.connection, row.crawl_id, row.finished_at or scope.recorded_at, scope.gone_after
        )
        before = None if row.held else _take_in(of_crawl, row)
        scope.connection.execute(
            update(listing_journal)
            .where(listing_journal.c.id == row.id)
            .values(before=before.as_json() if before else None)
        )
        if is_last and row.finished_at is not None:
            rewrite_relistings(of_crawl, site_id, row.started_at, held=bool(row.held))


def _with_ends(rows: list[Row[Any]]) -> Iterator[tuple[Row[Any], bool]]:
    """The rows, and whether each is the last of its crawl."""
    last = {row.crawl_id: row.id for row in rows}
    for row in rows:
        yield row, last[row.crawl_id] == row.id


def _take_in(scope: Scope, row: Row[Any]) -> Before:
    if row.walk_id is None:
        entries = tuple(_placed(entry) for entry in row.told["entries"])
        listed = Listed(host=row.host, channel=row.cms_id, at=row.at, entries=entries)
        return write_listing(scope, row.channel_id, listed)
    ends_on = row.told["ends_on"]
    told = dict(row.told) | {"ends_on": date.fromisoformat(ends_on) if ends_on else None}
    walked = Walked(walked_at=row.at, **told)
    return write_walk(scope, row.channel_id, row.walk_id, walked)


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


def _entry(placed: Placed) -> list[Any]:
    host, cms_id = (placed.key.host, placed.key.cms_id) if placed.key else (None, None)
    on = placed.listed_on.isoformat() if placed.listed_on else None
    return [host, cms_id, placed.url, placed.listed_title, on]


def _placed(entry: list[Any]) -> Placed:
    host, cms_id, url, title, on = entry
    key = ArticleKey(host, cms_id) if cms_id is not None else None
    return Placed(key, url, title, date.fromisoformat(on) if on else None)
