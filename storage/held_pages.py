"""Pages that are no article's, as held: what a channel's page or a list said when it was fetched
last, so that it need not be asked again, or only whether it has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, func, select

from storage.confirming import Known, known
from storage.packed import packed_columns, unpack
from storage.schema import capture_facts, capture_readings, channels, payloads, sites


@dataclass(frozen=True, slots=True)
class HeldPage:
    """A page as its server sent it last. `known` is its newest capture, which may be the server's
    word that the page is still the same; `headers` are those that came with the bytes."""

    url: str
    known: Known
    headers: Mapping[str, str]
    payload: bytes


@dataclass(frozen=True, slots=True)
class HeldChannel:
    """A channel of a site as it is known from earlier crawls."""

    cms_id: str
    name: str | None
    url: str


def held_page(connection: Connection, url: str, kinds: Iterable[str]) -> HeldPage | None:
    """The newest capture of the page at `url` that was read as one of `kinds`, with its bytes."""
    newest = connection.execute(
        select(capture_facts)
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .where(
            capture_facts.c.article_id.is_(None),
            capture_facts.c.url == url,
            capture_facts.c.status.in_((200, 304)),
            capture_readings.c.page_kind.in_(list(kinds)),
        )
        .order_by(capture_facts.c.captured_at.desc(), capture_facts.c.id.desc())
        .limit(1)
    ).one_or_none()
    if newest is None:
        return None
    whole = connection.execute(
        select(capture_facts.c.headers, *packed_columns)
        .join(payloads, payloads.c.digest == capture_facts.c.payload_digest)
        .where(capture_facts.c.id == (newest.revalidates or newest.id))
    ).one()
    page_url = newest.final_url or newest.url
    return HeldPage(page_url, known(newest), whole.headers, unpack(connection, whole))


def standing_channels(connection: Connection, host: str, within: timedelta) -> list[HeldChannel]:
    """The channels of a site that were seen not long before it was crawled last: those that only
    an article, or a page that is not fetched every night, mentions are among them."""
    ours = sites.c.host == host
    last = connection.scalar(
        select(func.max(channels.c.last_seen_at))
        .join(sites, sites.c.id == channels.c.site_id)
        .where(ours)
    )
    if last is None:
        return []
    rows = connection.execute(
        select(channels.c.cms_id, channels.c.name, channels.c.url)
        .join(sites, sites.c.id == channels.c.site_id)
        .where(ours, channels.c.url != "", channels.c.last_seen_at >= last - within)
        .order_by(channels.c.id)
    )
    return [HeldChannel(*row) for row in rows]
