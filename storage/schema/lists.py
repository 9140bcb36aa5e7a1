"""Sites, their channels, and what lists say; the crawls and walks by which it was seen."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    func,
    literal_column,
    text,
)

from storage.instant import Instant
from storage.schema.base import metadata
from storage.words import Text

sites = Table(
    "sites",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("host", Text, nullable=False, unique=True),
    Column("name", Text),
    Column("generation", Text),
    Column("first_seen_at", Instant, nullable=False),
    Column("last_crawled_at", Instant),
)

channels = Table(
    "channels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", ForeignKey("sites.id"), nullable=False),
    Column("cms_id", Text, nullable=False),
    Column("name", Text),
    Column("url", Text, nullable=False),
    Column("parent_id", ForeignKey("channels.id")),
    Column("dialect", Text),
    Column("first_seen_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    UniqueConstraint("site_id", "cms_id"),
)

channel_names = Table(
    "channel_names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel_id", ForeignKey("channels.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("first_seen_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Index(None, "channel_id"),
    comment="What a channel's own page called it, and from when to when",
)

name_sightings = Table(
    "name_sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel_id", ForeignKey("channels.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("name", Text, nullable=False),
    Index(None, "channel_id", "at"),
    comment="Every time that a channel's own page said what the channel is called",
)

crawls = Table(
    "crawls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("spider", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("finish_reason", Text),
    Column("held", Boolean, nullable=False),
    Column("stats", JSON, nullable=False),
    Index(None, "spider", "target", "id"),
)

walks = Table(
    "walks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False),
    Column("channel_id", ForeignKey("channels.id"), nullable=False),
    Column("walked_at", Instant, nullable=False),
    Column("claimed_total", Integer),
    Column("entries_seen", Integer, nullable=False),
    Column("articles_seen", Integer, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("off_site", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("stop_reason", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("whole", Boolean, nullable=False),
    Index(None, "channel_id", "walked_at"),
    Index(None, "crawl_id"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("site_id", ForeignKey("sites.id"), nullable=False),
    Column("cms_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text),
    Column("published", Text),
    Column("state", Text, nullable=False),
    Column("first_captured_at", Instant),
    Column("last_captured_at", Instant),
    Column("versions", Integer, nullable=False),
    Column("absent_since", Instant),
    Column("last_sighting_at", Instant),
    UniqueConstraint("site_id", "cms_id"),
    Index(None, "site_id", "id"),
    Index(None, "site_id", "state", "versions"),
    Index(None, "published"),
    Index(None, "url"),
    Index(
        "ix_articles_unread",
        "id",
        sqlite_where=text("versions = 0"),
        postgresql_where=text("versions = 0"),
    ),
)

shown_order = func.coalesce(articles.c.published, literal_column("''"))
"""The order of results, the latest first: by what pages say, those without a date last."""
Index("ix_articles_shown_order", shown_order, articles.c.id)

placements = Table(
    "placements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("channel_id", ForeignKey("channels.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("listed_title", Text, nullable=False),
    Column("listed_on", Text),
    Column("first_listed_at", Instant, nullable=False),
    Column("last_listed_at", Instant, nullable=False),
    Column("left_at", Instant),
    Index(None, "article_id", "channel_id"),
    Index(None, "channel_id", "left_at"),
    Index(None, "url"),
    comment="An entry of one article in one channel, for as long as it stood there unchanged",
)

elsewhere = Table(
    "elsewhere",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel_id", ForeignKey("channels.id"), nullable=False),
    Column("url", Text, nullable=False),
    Column("listed_title", Text, nullable=False),
    Column("listed_on", Text),
    Column("first_listed_at", Instant, nullable=False),
    Column("last_listed_at", Instant, nullable=False),
    UniqueConstraint("channel_id", "url"),
    comment="Entries that lead to other sites: recorded, not crawled",
)
