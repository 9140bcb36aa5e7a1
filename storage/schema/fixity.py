"""Chains and seals, by which it is known that nothing was altered behind the archive's back."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, LargeBinary, Table

from storage.schema.base import metadata
from storage.words import Text

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
