"""Facts: what was fetched, append-only."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, LargeBinary, Table, text

from storage.instant import Instant
from storage.schema.base import metadata
from storage.words import Text

payloads = Table(
    "payloads",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("base_digest", Text),
)
"""`data` is one zstd frame: packed with the dictionary that it names, or with the payload that
`base_digest` names, which stands whole (`storage.packed`)."""

dictionaries = Table(
    "dictionaries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("site_id", ForeignKey("sites.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("digest", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index(None, "site_id"),
    comment="Append-only. What a site's pages have in common; the frames packed with it name "
    "its id",
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
