"""A feed and its entries, before they take a form; and where feeds are. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from reading_room.here import Here

_FED = re.compile(r"/events|/search|/sites/[^/]+|/(?:channels|articles)/[0-9]{1,9}")
_SETTLED = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `id` stays the same whatever becomes of the archive; `original` is
    the address on the site, None where it is no address of the web."""

    id: str
    at: datetime
    title: str
    address: str
    original: str | None
    summary: str
    host: str
    kind: str
    kind_said: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of a feed, the newest entry first. `place` is the page that shows the same, within
    the reading room at `room`; `after` continues, None at the end."""

    room: str
    place: Here
    title: str
    maker: str
    language: str
    entries: tuple[Entry, ...]
    after: str | None = None

    @property
    def updated(self) -> datetime:
        """When its newest entry happened; long ago where there is none."""
        return max((entry.at for entry in self.entries), default=_SETTLED)

    @property
    def home(self) -> str:
        """The page that shows the same."""
        return f"{self.room}{self.place.asking(after=None)}"

    def at(self, form: str, after: str | None = None) -> str:
        """The address of this feed in a form, `atom` or `json`; or of a later page of it."""
        return f"{self.room}{feed_at(self.place, form, after=after, lang=self.language)}"


def is_fed(place: Here) -> bool:
    """Whether what a page shows is there as a feed; a search only when it asks for something.

    >>> [is_fed(Here(path)) for path in ("/sites/a.gov.cn", "/articles/7/captures", "/search")]
    [True, False, False]
    """
    return bool(_FED.fullmatch(place.path)) and (place.path != "/search" or bool(place.query))


def feed_at(place: Here, form: str, **changes: str | None) -> str:
    """The path and query of the feed of a page, from its beginning.

    >>> feed_at(Here("/events", (("after", "x"), ("kind", "gone"))), "json")
    '/events.feed.json?kind=gone'
    """
    ending = ".atom" if form == "atom" else ".feed.json"
    return Here(f"{place.path}{ending}", place.query).asking(**{"after": None, **changes})


def tag(host: str, at: datetime, *parts: str | int) -> str:
    """A name for something of a site that happened at a moment: a tag URI (RFC 4151). It says
    nothing of the archive's own numbers, which a better reader may give anew.

    >>> tag("www.a.gov.cn:8080", datetime(2026, 3, 2, 2, 1, tzinfo=UTC), "1001", "gone")
    'tag:www.a.gov.cn,2026-03-02:cunzheng/www.a.gov.cn:8080/1001/gone/20260302T020100.000000Z'
    """
    moment = at.astimezone(UTC)
    named = "/".join(quote(str(part), safe="") for part in parts)
    name = host.rpartition(":")[0] or host
    return (
        f"tag:{quote(name, safe='')},{moment:%Y-%m-%d}:cunzheng/{quote(host, safe=':')}/{named}/"
        f"{moment:%Y%m%dT%H%M%S.%fZ}"
    )
