"""What every writer needs: the transaction, the crawl, the moment, and who is who."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, Insert, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.article import ArticleKey
from storage.packed import Unpacker
from storage.schema import articles, channels, sites
from storage.values import Captured
from storage.writers.addresses import Addresses
from storage.writers.known import Known, KnownArticle
from storage.writers.packing import Packing
from storage.writers.pending import Ids, Pending


@dataclass
class Scope:
    """One transaction of one crawl. The ids it has looked up stay valid within it.

    Captures are worked off through `known`, `ids` and `pending`. Whatever asks or tells the
    database itself takes `connection`, which first writes what is pending and forgets what is
    known: so both see what the other did.
    """

    _connection: Connection
    crawl_id: int
    recorded_at: datetime
    gone_after: timedelta
    _sites: dict[str, int] = field(default_factory=dict)
    _channels: dict[tuple[int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.known = Known(self._connection)
        self.pending = Pending(self._connection)
        self.ids = Ids(self._connection)
        self.unpacker = Unpacker(self._connection)
        self.packing = Packing(self._connection, self.recorded_at, self.unpacker)
        self.addresses = Addresses(self._connection, self.crawl_id)

    @property
    def connection(self) -> Connection:
        self.write_out()
        self.known.forget()
        self.ids.forget()
        return self._connection

    def write_out(self) -> None:
        """Write what is pending."""
        self.ids.tell()
        self.pending.write()
        self.addresses.write(self.insert)

    def look_ahead(self, captures: Sequence[Captured]) -> None:
        """Look up at once what these captures name."""
        sites = {
            each.key.host: self.site_id(each.key.host, each.captured_at)
            for each in captures
            if each.key
        }
        self.known.look_ahead(captures, sites)

    @property
    def met(self) -> list[int]:
        """The ids of the sites that this transaction met."""
        return sorted(self._sites.values())

    def insert(self, table: Table) -> Any:
        """An INSERT of the database at hand that knows ON CONFLICT."""
        if self._connection.dialect.name == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)

    def new_row(self, statement: Insert) -> int:
        """Execute an INSERT into a table with an integer key; the new row's id."""
        key = self.connection.execute(statement).inserted_primary_key
        assert key is not None
        return cast(int, key[0])

    def site_id(self, host: str, at: datetime) -> int:
        """The site's id; a row is made for one seen for the first time."""
        if host not in self._sites:
            found = self.connection.scalar(select(sites.c.id).where(sites.c.host == host))
            self._sites[host] = found or self.new_row(
                sites.insert().values(host=host, first_seen_at=at)
            )
        return self._sites[host]

    def channel_id(self, host: str, cms_id: str, at: datetime, **known: Any) -> int:
        """The channel's id; a row is made, with what is `known`, for one seen the first time."""
        key = (self.site_id(host, at), cms_id)
        if key not in self._channels:
            found = self.connection.scalar(
                select(channels.c.id).where(
                    channels.c.site_id == key[0], channels.c.cms_id == cms_id
                )
            )
            self._channels[key] = found or self.new_row(
                channels.insert().values(
                    site_id=key[0],
                    cms_id=cms_id,
                    first_seen_at=at,
                    last_seen_at=at,
                    **({"url": ""} | known),
                )
            )
        return self._channels[key]

    def article_id(self, key: ArticleKey, url: str, at: datetime, title: str | None) -> int:
        """The article's id: see `article`."""
        return self.article(key, url, at, title).id

    def article(self, key: ArticleKey, url: str, at: datetime, title: str | None) -> KnownArticle:
        """The article; a row is made for one known only from a list or an address yet."""
        site_id = self.site_id(key.host, at)
        known = self.known.article(site_id, key.cms_id)
        if known is None:
            known = KnownArticle(self.ids.next(articles), url)
            self.known.new_article(site_id, key, known)
            self.pending.insert(articles, _unread(known.id, site_id, key.cms_id, url, title))
        return known


def _unread(
    article_id: int, site_id: int, cms_id: str, url: str, title: str | None
) -> dict[str, Any]:
    return {
        "id": article_id,
        "site_id": site_id,
        "cms_id": cms_id,
        "url": url,
        "title": title,
        "published": None,
        "state": "present",
        "first_captured_at": None,
        "last_captured_at": None,
        "versions": 0,
        "absent_since": None,
        "last_sighting_at": None,
    }


def without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what is known: None never overwrites what an earlier page said."""
    return {name: value for name, value in values.items() if value is not None}
