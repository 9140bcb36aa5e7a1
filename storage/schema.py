"""The tables. Facts are append-only; readings can be rebuilt from them.

The names that researchers use are the contract of docs/sql.md: some are these tables, others are
the views of `storage.contract`, which join a fact with the readings made of it.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from storage.instant import Instant
from storage.words import Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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
    Index(None, "site_id", "state"),
    Index(None, "published"),
    Index(None, "url"),
    Index("ix_articles_shown_order", text("coalesce(published, '')"), "id"),
    Index(
        "ix_articles_unread",
        "id",
        sqlite_where=text("versions = 0"),
        postgresql_where=text("versions = 0"),
    ),
)

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

payloads = Table(
    "payloads",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

capture_facts = Table(
    "capture_facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False),
    Column("article_id", ForeignKey("articles.id")),
    Column("url", Text, nullable=False),
    Column("captured_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("final_url", Text),
    Column("payload_digest", ForeignKey("payloads.digest"), nullable=False),
    Column("revalidates", Integer),
    Index(None, "article_id", "captured_at"),
    Index(None, "crawl_id"),
    Index(
        "ix_capture_facts_page",
        "url",
        "captured_at",
        sqlite_where=text("article_id IS NULL"),
        postgresql_where=text("article_id IS NULL"),
    ),
    comment="Append-only. revalidates names the capture whose bytes the server confirmed by 304",
)

capture_parts = Table(
    "capture_parts",
    metadata,
    Column("capture_id", ForeignKey("capture_facts.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("part_id", ForeignKey("capture_facts.id"), nullable=False),
    comment="The further pages that were read together with a page as one article",
)

contents = Table(
    "contents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("published", Text),
    Column("source", Text),
    Column("author", Text),
    Column("doc_number", Text),
    Column("body", Text, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("images", JSON, nullable=False),
    Column("subtitle", Text),
    Column("videos", JSON, nullable=False, server_default="[]"),
    Column("notes", JSON, nullable=False, server_default="[]"),
    Column("links", JSON, nullable=False, server_default="[]"),
    Column("field_digests", JSON, nullable=False),
    Column("origins", JSON, nullable=False),
    Column("doubts", JSON, nullable=False),
    Column("reader", Text, nullable=False),
    Index(
        None,
        "doc_number",
        sqlite_where=text("doc_number IS NOT NULL"),
        postgresql_where=text("doc_number IS NOT NULL"),
    ),
)

content_attachments = Table(
    "content_attachments",
    metadata,
    Column("content_id", ForeignKey("contents.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("media_type", Text),
)

document_texts = Table(
    "document_texts",
    metadata,
    Column("payload_digest", ForeignKey("payloads.digest"), primary_key=True),
    Column("format", Text),
    Column("text", Text),
    Column("pages", Integer),
    Column("scanned", Boolean, nullable=False),
    Column("doubts", JSON, nullable=False),
    Column("unreadable", Text),
    Column("reader", Text, nullable=False),
    comment="What the bytes of a file say; unreadable tells why nothing could be read",
)

version_spans = Table(
    "version_spans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content_id", ForeignKey("contents.id"), nullable=False),
    Column("first_capture_id", ForeignKey("capture_facts.id"), nullable=False),
    Column("first_captured_at", Instant, nullable=False),
    Column("last_captured_at", Instant, nullable=False),
    Index(None, "article_id", "number"),
    Index(None, "content_id"),
    Index(None, "first_captured_at", "id"),
    sqlite_autoincrement=True,  # an id that is given up names nothing else later
)

version_files = Table(
    "version_files",
    metadata,
    Column("version_id", ForeignKey("version_spans.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("payload_digest", ForeignKey("payloads.digest"), nullable=False),
    comment="The bytes that lay at the address of a version's attachment",
)

withdrawn_versions = Table(
    "withdrawn_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version_id", Integer, nullable=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content_id", ForeignKey("contents.id"), nullable=False),
    Column("first_captured_at", Instant, nullable=False),
    Column("last_captured_at", Instant, nullable=False),
    Column("withdrawn_at", Instant, nullable=False),
    Index(None, "article_id"),
    comment="Versions that stood once and were read otherwise since: by a better reader, or with "
    "a capture that came late",
)

capture_readings = Table(
    "capture_readings",
    metadata,
    Column("capture_id", ForeignKey("capture_facts.id"), primary_key=True),
    Column("page_kind", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("content_id", ForeignKey("contents.id")),
    Column("version_id", ForeignKey("version_spans.id")),
    Column("absence", Text),
    Column("counted", Boolean, nullable=False),
    Column("reader", Text, nullable=False),
    Column("skeleton", Text),
    Index(None, "skeleton"),
)

holds = Table(
    "holds",
    metadata,
    Column("crawl_id", ForeignKey("crawls.id"), primary_key=True),
    Column("site_id", ForeignKey("sites.id"), primary_key=True),
    Column("whole", Boolean, nullable=False),
    Column("because", JSON, nullable=False),
    Column("held_at", Instant, nullable=False),
    Column("released_at", Instant),
    Column("released_by", Text),
    comment="What of a crawl is put aside at a site: all of it where whole, else its signs of "
    "absence; until it is released",
)

listing_journal = Table(
    "listing_journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False),
    Column("channel_id", ForeignKey("channels.id"), nullable=False),
    Column("walk_id", ForeignKey("walks.id")),
    Column("at", Instant, nullable=False),
    Column("told", JSON, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Index(None, "channel_id"),
    Index(None, "crawl_id"),
    sqlite_autoincrement=True,  # the order of its ids is the order in which things were told
    comment="What lists said in crawls that are not settled or are held, and what stood before: so "
    "that it can be taken back. NULL where it is not taken in",
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version_id", ForeignKey("version_spans.id")),
    Column("previous_version_id", ForeignKey("version_spans.id")),
    Column("fields", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("capture_id", ForeignKey("capture_facts.id")),
    Index(None, "article_id", "at"),
    Index(None, "at"),
    sqlite_autoincrement=True,  # an id that is given up names nothing else later
)

edits = Table(
    "edits",
    metadata,
    Column("version_id", ForeignKey("version_spans.id"), primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("before_content_id", ForeignKey("contents.id"), nullable=False),
    Column("content_id", ForeignKey("contents.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("tokens", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Index(None, "article_id"),
    Index(None, "silent", "weight", "version_id"),
    Index(None, "at"),
    comment="How a version differs from the one before it: what kind of words changed, how much "
    "that weighs, whether the page said so, and which words came or went",
)

capture_chain = Table(
    "capture_chain",
    metadata,
    Column("capture_id", ForeignKey("capture_facts.id"), primary_key=True, autoincrement=False),
    Column("digest", LargeBinary, nullable=False),
    comment="Append-only. Each capture digested with the one that was recorded before it: of its "
    "article, or of its address where that is no article's",
)

version_chain = Table(
    "version_chain",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False),
    Column("version_id", Integer, nullable=False),
    Column("first_capture_id", ForeignKey("capture_facts.id"), nullable=False),
    Column("number", Integer),
    Column("content_digest", Text),
    Column("digest", LargeBinary, nullable=False),
    Index(None, "article_id"),
    Index(None, "version_id"),
    comment="Append-only. What was said of each version, digested with what was said of its "
    "article's versions before; without a number where it was given up",
)

crawl_seals = Table(
    "crawl_seals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False, unique=True),
    Column("version_links", Integer, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    comment="Append-only. All that a crawl wrote, digested as it ended with the seal of the crawl "
    "that ended before",
)

seals = Table(
    "seals",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("seal", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
    comment="What rows that may be altered say, digested by whoever altered them last",
)

frontier = Table(
    "frontier",
    metadata,
    Column("crawl_id", ForeignKey("crawls.id"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("cms_id", Text),
    Column("listed_title", Text),
    Column("outcome", Text),
    Column("detail", Text),
    Column("added_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(None, "crawl_id", "outcome"),
)

leases = Table(
    "leases",
    metadata,
    Column("host", Text, primary_key=True),
    Column("crawl_id", Integer, nullable=False),
    Column("holder", Text, nullable=False),
    Column("renewed_at", Instant, nullable=False),
)
