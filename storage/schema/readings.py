"""Readings: what captures say and what follows from it. They can be made anew from the facts."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    case,
    func,
    select,
    text,
)

from storage.instant import Instant
from storage.schema.base import metadata
from storage.words import Text

DOUBTED = text(
    "(CAST(doubts AS TEXT) <> '[]' OR CAST(origins AS TEXT) <> "
    """replace(CAST(origins AS TEXT), '"body":"walker"', ''))"""
)
"""Contents that were read with doubts, or by our own walker. In the words of their index, so that
the database sees that the index has them: both keep JSON as it was written."""

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
    Column("base_id", ForeignKey("contents.id")),
    Column("base_head", Integer),
    Column("base_tail", Integer),
    Index(
        None,
        "base_id",
        sqlite_where=text("base_id IS NOT NULL"),
        postgresql_where=text("base_id IS NOT NULL"),
    ),
    Index(
        None,
        "doc_number",
        sqlite_where=text("doc_number IS NOT NULL"),
        postgresql_where=text("doc_number IS NOT NULL"),
    ),
    Index(
        "ix_contents_doubted",
        "id",
        sqlite_where=DOUBTED,
        postgresql_where=DOUBTED,
    ),
)

_base = contents.alias("base_content")
whole_body = case(
    (contents.c.base_id.is_(None), contents.c.body),
    # Where a base is lost what is left of the body is read: its digest is another then.
    else_=func.coalesce(
        select(
            func.substr(_base.c.body, 1, contents.c.base_head)
            + contents.c.body
            + func.substr(_base.c.body, contents.c.base_tail)
        )
        .where(_base.c.id == contents.c.base_id)
        .correlate(contents)
        .scalar_subquery(),
        contents.c.body,
    ),
).label("body")
"""The body of a row of `contents`, which that row may hold by difference (`storage.bodies`)."""

whole_contents = (*(each for each in contents.c if each is not contents.c.body), whole_body)
"""The columns of a content, its body whole."""

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
    Column("site_id", ForeignKey("sites.id")),
    Index(None, "article_id", "at"),
    Index(None, "at"),
    Index(None, "kind", "at", "id"),
    Index(None, "site_id", "kind", "at", "id"),
    sqlite_autoincrement=True,  # an id that is given up names nothing else later
)

_SILENT = ("silent", "weight", "version_id", "article_id", "at")

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
    # With all that may be asked of them: those that do not fit are passed over in the index.
    Index("ix_edits_silent", *_SILENT, "kinds").ddl_if(dialect="sqlite"),
    Index("ix_edits_silent", *_SILENT, postgresql_include=["kinds"]).ddl_if(dialect="postgresql"),
    Index(None, "at", "version_id"),
    comment="How a version differs from the one before it: what kind of words changed, how much "
    "that weighs, whether the page said so, and which words came or went",
)
