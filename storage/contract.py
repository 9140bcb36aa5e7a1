"""The views of the public SQL contract, as this program reads them. Their SQL stands in the
migrations, their meaning in docs/sql.md; a test holds the three together."""

from sqlalchemy import JSON, Boolean, Column, Integer, MetaData, Table

from storage.instant import Instant
from storage.words import Text

_views = MetaData()

captures = Table(
    "captures",
    _views,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer),
    Column("crawl_id", Integer),
    Column("url", Text),
    Column("captured_at", Instant),
    Column("recorded_at", Instant),
    Column("status", Integer),
    Column("page_kind", Text),
    Column("outcome", Text),
    Column("payload_digest", Text),
    Column("version_id", Integer),
    Column("absence", Text),
    Column("reason", Text),
    Column("reader", Text),
    Column("headers", JSON),
    Column("final_url", Text),
    Column("revalidates", Integer),
)

versions = Table(
    "versions",
    _views,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer),
    Column("number", Integer),
    Column("first_captured_at", Instant),
    Column("last_captured_at", Instant),
    Column("digest", Text),
    Column("title", Text),
    Column("published", Text),
    Column("source", Text),
    Column("author", Text),
    Column("doc_number", Text),
    Column("body", Text),
    Column("fields", JSON),
    Column("reader", Text),
    Column("images", JSON),
    Column("origins", JSON),
    Column("doubts", JSON),
    Column("content_id", Integer),
    Column("first_capture_id", Integer),
    Column("subtitle", Text),
    Column("videos", JSON),
    Column("notes", JSON),
    Column("links", JSON),
)

attachments = Table(
    "attachments",
    _views,
    Column("version_id", Integer),
    Column("position", Integer),
    Column("name", Text),
    Column("url", Text),
    Column("payload_digest", Text),
    Column("media_type", Text),
    Column("format", Text),
    Column("text", Text),
    Column("pages", Integer),
    Column("scanned", Boolean),
    Column("unreadable", Text),
)
