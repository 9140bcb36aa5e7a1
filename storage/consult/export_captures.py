"""Captures with all that is held of them, some at a time: what web archive files are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from storage.consult.events import ever_listed_in
from storage.consult.export import Selection
from storage.packed import Unpacker, packed_columns
from storage.schema import articles, capture_facts, payloads


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The earlier capture whose bytes a server confirmed (304)."""

    id: int
    url: str
    captured_at: datetime
    payload_digest: str


@dataclass(frozen=True, slots=True)
class Received:
    """One capture: what was asked, where redirects led, and what came. `payload` is as it was
    after its content encoding was undone; `payload_digest` is its SHA-256."""

    id: int
    url: str
    final_url: str | None
    captured_at: datetime
    status: int
    headers: Mapping[str, Any]
    payload_digest: str
    payload: bytes
    confirms: Confirmed | None


def received(
    connection: Connection, selection: Selection, after: int, limit: int
) -> list[Received]:
    """The next captures after that with the id `after`. Of a site, those of its lists and home
    pages as well; of a channel, those of the articles that it lists or listed."""
    earlier = capture_facts.alias()
    rows = connection.execute(
        select(
            capture_facts,
            *packed_columns,
            earlier.c.id.label("earlier_id"),
            earlier.c.url.label("earlier_url"),
            earlier.c.final_url.label("earlier_final_url"),
            earlier.c.captured_at.label("earlier_at"),
            earlier.c.payload_digest.label("earlier_digest"),
        )
        .join(payloads, payloads.c.digest == capture_facts.c.payload_digest)
        .outerjoin(earlier, earlier.c.id == capture_facts.c.revalidates)
        .where(capture_facts.c.id > after, *_chosen(selection))
        .order_by(capture_facts.c.id)
        .limit(limit)
    )
    unpacker = Unpacker(connection)
    return [_received(row, unpacker) for row in rows]


def _chosen(selection: Selection) -> list[ColumnElement[bool]]:
    at, article = capture_facts.c.captured_at, capture_facts.c.article_id
    chosen: list[ColumnElement[bool]] = []
    if selection.host is not None:
        chosen.append(_on_host(selection.host))
    if selection.channel is not None:
        chosen.append(article.in_(ever_listed_in(selection.channel)))
    if selection.state is not None:
        in_state = select(articles.c.id).where(articles.c.state == selection.state)
        chosen.append(article.in_(in_state))
    if selection.since is not None:
        chosen.append(at >= selection.since)
    if selection.until is not None:
        chosen.append(at <= selection.until)
    return chosen


def _on_host(host: str) -> ColumnElement[bool]:
    url = func.lower(capture_facts.c.url)
    begins = [f"{scheme}://{host.lower()}" for scheme in ("http", "https")]
    return or_(*(url.startswith(f"{begin}/", autoescape=True) for begin in begins), url.in_(begins))


def _received(row: Any, unpacker: Unpacker) -> Received:
    confirms = None
    if row.earlier_id is not None:
        url = row.earlier_final_url or row.earlier_url
        confirms = Confirmed(row.earlier_id, url, row.earlier_at, row.earlier_digest)
    return Received(
        row.id,
        row.url,
        row.final_url,
        row.captured_at,
        row.status,
        row.headers,
        row.payload_digest,
        unpacker.unpack(row),
        confirms,
    )
