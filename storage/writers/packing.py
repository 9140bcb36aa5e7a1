"""Packing: a new payload is kept by what it says beyond what is held.

A page says little that another page of its site does not say: a dictionary trained on the first
pages of a site makes the others a fifth of what they are without (see docs/performance.md). A page
that was fetched before says less still: it is kept by what differs from its former bytes, and those
stand whole, so that nothing hangs on a row of others.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select
from zstandard import ZstdError

from storage.packed import Unpacker, dictionary_digest, packed_columns
from storage.payloads import (
    FIRST_DICTIONARY,
    Dictionary,
    alike,
    at_hand,
    compress,
    payload_digest,
    train,
    trained,
)
from storage.schema import articles, capture_facts, capture_readings, dictionaries, payloads

SMALL = 1024
"""Bytes below which a payload is not worth a second look."""
LARGE = 4 * 2**20
"""Bytes above which it is no page; what it has in common with another is mostly out of reach."""
SAMPLES = 64
"""Pages of a site on which its dictionary is trained: of 16 it saves a third less, and 100 save
nothing more."""


Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where bytes were fetched: an address, of an article's page or file, or of no article's."""

    url: str
    article_id: int | None


@dataclass(frozen=True, slots=True)
class _Former:
    """Bytes that were fetched from the same address before, and stand whole."""

    digest: str
    payload: bytes


class Packing:
    """Packs what one transaction writes."""

    def __init__(self, connection: Connection, now: datetime, unpacker: Unpacker) -> None:
        self._connection = connection
        self._now = now
        self._unpacker = unpacker
        self._of_site: dict[int, Dictionary | None] = {}

    def row(self, payload: bytes, digest: str, site_id: int | None, place: Place | None) -> Row:
        """The row of a new payload. `site_id` is that of an article's page, `place` where it may
        have been fetched before; None for none."""
        if not SMALL <= len(payload) <= LARGE:
            site_id = place = None
        dictionary = self._dictionary(site_id) if site_id is not None else None
        data, base_digest = compress(payload, dictionary), None
        former = self._former(place) if place else None
        if former and len(differing := compress(payload, alike(former.payload))) < len(data):
            data, base_digest = differing, former.digest
        return {"digest": digest, "size": len(payload), "data": data, "base_digest": base_digest}

    def _former(self, place: Place) -> _Former | None:
        of = capture_facts.c
        its = of.article_id.is_not_distinct_from(place.article_id)
        row = self._connection.execute(
            select(payloads.c.digest, payloads.c.size, payloads.c.base_digest)
            .join(capture_facts, of.payload_digest == payloads.c.digest)
            .where(of.url == place.url, its)
            .order_by(of.captured_at.desc(), of.id.desc())
            .limit(1)
        ).one_or_none()
        if row is None or not SMALL <= row.size <= LARGE:
            return None
        return self._standing_whole(row.base_digest or row.digest)

    def _standing_whole(self, digest: str) -> _Former | None:
        """These bytes; None where they are damaged, and nothing should hang on them."""
        query = select(*packed_columns).where(payloads.c.digest == digest)
        try:
            payload = self._unpacker.unpack(self._connection.execute(query).one())
        except ZstdError:
            return None
        return _Former(digest, payload) if payload_digest(payload) == digest else None

    def _dictionary(self, site_id: int) -> Dictionary | None:
        if site_id not in self._of_site:
            query = select(func.max(dictionaries.c.id)).where(dictionaries.c.site_id == site_id)
            number = self._connection.scalar(query)
            try:
                made = self._unpacker.dictionary(number) if number else self._trained(site_id)
                made = at_hand(made) if made else None
            except ZstdError:  # it is damaged, or the pages have nothing in common
                made = None
            self._of_site[site_id] = made
        return self._of_site[site_id]

    def _trained(self, site_id: int) -> Dictionary | None:
        """A dictionary made of the site's first pages, once there are enough of them."""
        rows = self._connection.execute(_FIRST_PAGES.where(articles.c.site_id == site_id)).all()
        if len(rows) < SAMPLES:
            return None
        number = self._next_number()
        data = train([self._unpacker.unpack(row) for row in rows], number)
        digest = dictionary_digest(number, site_id, self._now, data)
        values = {"id": number, "site_id": site_id, "made_at": self._now, "digest": digest}
        self._connection.execute(dictionaries.insert().values(values | {"data": data}))
        return trained(data)

    def _next_number(self) -> int:
        latest = self._connection.scalar(select(func.max(dictionaries.c.id)))
        return max(FIRST_DICTIONARY, (latest or 0) + 1)


_FIRST_PAGES = (
    select(*packed_columns)
    .join(capture_facts, capture_facts.c.payload_digest == payloads.c.digest)
    .join(articles, articles.c.id == capture_facts.c.article_id)
    .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
    .where(
        payloads.c.size.between(SMALL, LARGE),
        payloads.c.base_digest.is_(None),
        capture_readings.c.content_id.is_not(None),
    )
    .order_by(capture_facts.c.id)
    .limit(SAMPLES)
)
