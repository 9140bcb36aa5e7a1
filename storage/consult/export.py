"""Versions and articles as rows for other tools: a fixed list of fields, some rows at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from storage.consult.articles import standing_channels
from storage.contract import attachments, versions
from storage.schema import articles, channels, placements, sites

VERSION_FIELDS = (
    "id",
    "article_id",
    "number",
    "first_captured_at",
    "last_captured_at",
    "digest",
    "title",
    "published",
    "source",
    "author",
    "doc_number",
    "body",
    "fields",
    "reader",
    "images",
    "subtitle",
    "videos",
    "notes",
    "links",
    "host",
    "cms_id",
    "url",
    "state",
    "channels",
    "attachments",
)
"""The fields of a version's row, in this order: the contract's columns of `versions`, then its
article's host, id, address and state, the channels that list it now, and its attachments."""

ARTICLE_FIELDS = (
    "id",
    "host",
    "cms_id",
    "url",
    "title",
    "published",
    "state",
    "first_captured_at",
    "last_captured_at",
    "versions",
    "channels",
)
"""The fields of an article's row, in this order."""

Exported = dict[str, Any]
"""One row. Times are text in UTC (`2026-11-24T05:21:00.000000Z`), so that it is JSON as it is."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported: everything, one site, or one channel as it is listed now."""

    host: str | None = None
    channel: str | None = None


def version_rows(
    connection: Connection, selection: Selection, after: int, limit: int
) -> list[Exported]:
    """The next rows after the version with the id `after`."""
    query = (
        select(versions, sites.c.host, articles.c.cms_id, articles.c.url, articles.c.state)
        .join(articles, articles.c.id == versions.c.article_id)
        .join(sites, sites.c.id == articles.c.site_id)
        .where(versions.c.id > after)
        .order_by(versions.c.id)
        .limit(limit)
    )
    rows = connection.execute(_chosen(query, selection)).all()
    listed = standing_channels(connection, {row.article_id for row in rows})
    attached = _attachments(connection, [row.id for row in rows])
    return [
        _row(
            row,
            VERSION_FIELDS,
            channels=listed.get(row.article_id, ()),
            attachments=attached.get(row.id, []),
        )
        for row in rows
    ]


def article_rows(
    connection: Connection, selection: Selection, after: int, limit: int
) -> list[Exported]:
    """The next rows after the article with the id `after`."""
    query = (
        select(articles, sites.c.host)
        .join(sites, sites.c.id == articles.c.site_id)
        .where(articles.c.id > after)
        .order_by(articles.c.id)
        .limit(limit)
    )
    rows = connection.execute(_chosen(query, selection)).all()
    listed = standing_channels(connection, [row.id for row in rows])
    return [_row(row, ARTICLE_FIELDS, channels=listed.get(row.id, ())) for row in rows]


def _chosen(query: Select[Any], selection: Selection) -> Select[Any]:
    if selection.host is not None:
        query = query.where(sites.c.host == selection.host)
    if selection.channel is not None:
        query = query.where(
            articles.c.id.in_(
                select(placements.c.article_id)
                .join(channels, channels.c.id == placements.c.channel_id)
                .where(channels.c.cms_id == selection.channel, placements.c.left_at.is_(None))
            )
        )
    return query


def _attachments(connection: Connection, ids: Iterable[int]) -> dict[int, list[Exported]]:
    rows = connection.execute(
        select(attachments)
        .where(attachments.c.version_id.in_(list(ids)))
        .order_by(attachments.c.version_id, attachments.c.position)
    )
    found: dict[int, list[Exported]] = defaultdict(list)
    for row in rows:
        attachment = dict(row._mapping)
        found[attachment.pop("version_id")].append(attachment)
    return found


def _row(row: Row[Any], names: Iterable[str], **joined: Any) -> Exported:
    values = dict(row._mapping) | joined
    return {name: _plain(values[name]) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return list(value) if isinstance(value, tuple) else value
