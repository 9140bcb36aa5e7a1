"""Versions, articles and events as rows for other tools: a fixed list of fields, some rows at a
time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from storage.consult.articles import standing_channels
from storage.consult.events import event_columns
from storage.consult.export_fields import TABLES
from storage.contract import attachments, versions
from storage.schema import articles, channels, events, placements, sites

VERSION_FIELDS = tuple(field.name for field in TABLES["versions"])
"""The fields of a version's row, in this order: the contract's columns of `versions`, then its
article's host, id, address and state, the channels that list it now, and its attachments."""
ARTICLE_FIELDS = tuple(field.name for field in TABLES["articles"])
"""The fields of an article's row, in this order."""
EVENT_FIELDS = tuple(field.name for field in TABLES["events"])
"""The fields of an event's row, in this order."""

Exported = dict[str, Any]
"""One row. Times are text in UTC (`2026-11-24T05:21:00.000000Z`), so that it is JSON as it is."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is exported: everything, one site, or one channel as it is listed now; of articles in
    one state; of what was first captured, or happened, between two instants."""

    host: str | None = None
    channel: str | None = None
    state: str | None = None
    since: datetime | None = None
    until: datetime | None = None


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
    rows = connection.execute(_chosen(query, selection, versions.c.first_captured_at)).all()
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
    rows = connection.execute(_chosen(query, selection, articles.c.first_captured_at)).all()
    listed = standing_channels(connection, [row.id for row in rows])
    return [_row(row, ARTICLE_FIELDS, channels=listed.get(row.id, ())) for row in rows]


def event_rows(
    connection: Connection, selection: Selection, after: int, limit: int
) -> list[Exported]:
    """The next rows after the event with the id `after`."""
    query = event_columns().where(events.c.id > after).order_by(events.c.id).limit(limit)
    rows = connection.execute(_chosen(query, selection, events.c.at)).all()
    return [_row(row, EVENT_FIELDS, previous_version=row.previous) for row in rows]


Rows = Callable[[Connection, Selection, int, int], list[Exported]]
ROWS: Mapping[str, Rows] = {
    "versions": version_rows,
    "articles": article_rows,
    "events": event_rows,
}
"""How the rows of each table are read."""


def _chosen(query: Select[Any], selection: Selection, when: ColumnElement[Any]) -> Select[Any]:
    if selection.since is not None:
        query = query.where(when >= selection.since)
    if selection.until is not None:
        query = query.where(when <= selection.until)
    if selection.state is not None:
        query = query.where(articles.c.state == selection.state)
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
