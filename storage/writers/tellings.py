"""Tellings: what pages of lists and walks over them said, in words that are kept, and what is made
of them. The same words stand once; the journal says who told them, of which channel, and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select, update

from storage.article import ArticleKey
from storage.links import stated
from storage.schema import channels, crawls, listing_journal, sites, tellings
from storage.values import Listed, Placed, Walked
from storage.writers.before import Before
from storage.writers.held import is_held
from storage.writers.listings import write_listing, write_walk
from storage.writers.scope import Scope


def note(
    scope: Scope,
    channel_id: int,
    value: Listed | Walked,
    telling_id: int,
    before: Before | None,
    walk_id: int | None = None,
) -> None:
    """Keep what was told; `before` is what stood before it was taken in, None where it was not."""
    scope.connection.execute(
        listing_journal.insert().values(
            crawl_id=scope.crawl_id,
            channel_id=channel_id,
            walk_id=walk_id,
            at=value.at if isinstance(value, Listed) else value.walked_at,
            telling_id=telling_id,
            answer=value.answer if isinstance(value, Listed) else None,
            before=before.as_json() if before else None,
        )
    )


def telling_of(scope: Scope, value: Listed | Walked) -> int:
    """The id of the words in which this is kept."""
    told = page_told(value.entries) if isinstance(value, Listed) else _walk_told(value)
    digest = telling_digest(told)
    known = scope.connection.scalar(select(tellings.c.id).where(tellings.c.digest == digest))
    return known or scope.new_row(tellings.insert().values(digest=digest, told=told))


def page_told(entries: Iterable[Placed]) -> dict[str, Any]:
    """What a page with these entries told, in the words that are kept."""
    return {"entries": [_entry(placed) for placed in entries]}


def telling_digest(told: Mapping[str, Any]) -> bytes:
    """SHA-256 over what was told."""
    return sha256(stated([told])).digest()


def rows_of(site_id: int, *which: ColumnElement[bool]) -> Select[Any]:
    """What was told of a site's lists, as it was learnt."""
    held = is_held(listing_journal.c.crawl_id, channels.c.site_id, whole=True)
    return (
        select(
            listing_journal,
            tellings.c.told,
            channels.c.cms_id,
            sites.c.host,
            held.label("held"),
            crawls.c.started_at,
            crawls.c.finished_at,
        )
        .join(tellings, tellings.c.id == listing_journal.c.telling_id)
        .join(channels, channels.c.id == listing_journal.c.channel_id)
        .join(sites, sites.c.id == channels.c.site_id)
        .join(crawls, crawls.c.id == listing_journal.c.crawl_id)
        .where(channels.c.site_id == site_id, *which)
        .order_by(listing_journal.c.id)
    )


def in_order(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Rows in the order in which they are taken in: walk by walk by when each began, its pages
    before it, as they were told."""
    walks: list[list[Row[Any]]] = []
    going_on: dict[tuple[int, int], list[Row[Any]]] = {}
    for row in rows:
        key = (row.crawl_id, row.channel_id)
        if key not in going_on:
            going_on[key] = []
            walks.append(going_on[key])
        going_on[key].append(row)
        if row.walk_id is not None:
            del going_on[key]
    walks.sort(key=lambda walk: (min(row.at for row in walk), walk[0].id))
    return [row for walk in walks for row in walk]


def take_in_again(scope: Scope, rows: Sequence[Row[Any]]) -> None:
    """Take in what was told, in this order, but for what is held."""
    for row in rows:
        of_crawl = scope_of(scope, row)
        before = None if row.held else _take_in(of_crawl, row)
        of_crawl.write_out()
        scope.connection.execute(
            update(listing_journal)
            .where(listing_journal.c.id == row.id)
            .values(before=before.as_json() if before else None)
        )


def scope_of(scope: Scope, row: Row[Any]) -> Scope:
    """The same transaction, for the crawl that told this."""
    at = row.finished_at or scope.recorded_at
    return Scope(scope.connection, row.crawl_id, at, scope.gone_after)


def _take_in(scope: Scope, row: Row[Any]) -> Before:
    if row.walk_id is None:
        entries = entries_told(row.told)
        listed = Listed(host=row.host, channel=row.cms_id, at=row.at, entries=entries)
        return write_listing(scope, row.channel_id, listed)
    walked = walk_retold(row.told, row.host, row.cms_id, row.at)
    return write_walk(scope, row.channel_id, row.walk_id, walked)


def entries_told(told: Mapping[str, Any]) -> tuple[Placed, ...]:
    """The entries of a page, from the words that were kept of it."""
    return tuple(_placed(entry) for entry in told["entries"])


def walk_retold(told: Mapping[str, Any], host: str, channel: str, at: datetime) -> Walked:
    """A walk at this moment that told what was kept of another one."""
    ends_on = date.fromisoformat(told["ends_on"]) if told["ends_on"] else None
    named = {"host": host, "channel": channel}  # which rows of before have in their words
    return Walked(walked_at=at, **(dict(told) | named | {"ends_on": ends_on}))


def _walk_told(walked: Walked) -> dict[str, Any]:
    ends_on = walked.ends_on.isoformat() if walked.ends_on else None
    told = asdict(replace(walked, ends_on=None)) | {"ends_on": ends_on}
    for name in ("walked_at", "host", "channel"):  # which the journal's own row says
        del told[name]
    return told


def _entry(placed: Placed) -> list[Any]:
    host, cms_id = (placed.key.host, placed.key.cms_id) if placed.key else (None, None)
    on = placed.listed_on.isoformat() if placed.listed_on else None
    return [host, cms_id, placed.url, placed.listed_title, on]


def _placed(entry: list[Any]) -> Placed:
    host, cms_id, url, title, on = entry
    key = ArticleKey(host, cms_id) if cms_id is not None else None
    return Placed(key, url, title, date.fromisoformat(on) if on else None)
