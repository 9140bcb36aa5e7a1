"""The first schema: facts, readings, and the views of the public contract."""

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant
from storage.migrations.facts import protect
from storage.words import Text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

VIEWS = {
    "captures": """
        SELECT f.id, f.article_id, f.crawl_id, f.url, f.captured_at, f.recorded_at, f.status,
               r.page_kind, r.outcome, f.payload_digest, r.version_id,
               r.absence, r.reason, r.reader, f.headers, f.final_url
        FROM capture_facts f JOIN capture_readings r ON r.capture_id = f.id
    """,
    "versions": """
        SELECT v.id, v.article_id, v.number, v.first_captured_at, v.last_captured_at,
               c.digest, c.title, c.published, c.source, c.author, c.doc_number, c.body,
               c.fields, c.reader, c.images, c.origins, c.doubts, v.content_id,
               v.first_capture_id
        FROM version_spans v JOIN contents c ON c.id = v.content_id
    """,
    "attachments": """
        SELECT v.id AS version_id, a.position, a.name, a.url, a.payload_digest, a.media_type
        FROM version_spans v JOIN content_attachments a ON a.content_id = v.content_id
    """,
}
FACTS = {"payloads": "digest", "capture_facts": "id"}
SEARCH = {
    "sqlite": (
        "CREATE VIRTUAL TABLE content_search USING fts5("
        "tokens, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE content_search (content_id integer NOT NULL REFERENCES contents (id), "
        "part integer NOT NULL, tokens tsvector NOT NULL, "
        "CONSTRAINT pk_content_search PRIMARY KEY (content_id, part))",
        "CREATE INDEX ix_content_search_tokens ON content_search USING gin (tokens)",
        "CREATE INDEX ix_content_search_part ON content_search (part) WHERE part > 0",
    ),
}


def upgrade() -> None:
    _create_tables()
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    for table, key in FACTS.items():
        protect(table, key)
    for statement in SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)


def _create_tables() -> None:
    op.create_table(
        "contents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("title", Text, nullable=False),
        sa.Column("published", Text, nullable=True),
        sa.Column("source", Text, nullable=True),
        sa.Column("author", Text, nullable=True),
        sa.Column("doc_number", Text, nullable=True),
        sa.Column("body", Text, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("images", sa.JSON(), nullable=False),
        sa.Column("field_digests", sa.JSON(), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("reader", Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_contents")),
        sa.UniqueConstraint("digest", name=("uq_contents_digest")),
    )
    op.create_table(
        "crawls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spider", Text, nullable=False),
        sa.Column("target", Text, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("finish_reason", Text, nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("stats", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=("pk_crawls")),
    )
    op.create_index(
        ("ix_crawls_spider_target_id"), "crawls", ["spider", "target", "id"], unique=False
    )
    op.create_table(
        "leases",
        sa.Column("host", Text, nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("holder", Text, nullable=False),
        sa.Column("renewed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=("pk_leases")),
    )
    op.create_table(
        "payloads",
        sa.Column("digest", Text, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=("pk_payloads")),
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host", Text, nullable=False),
        sa.Column("name", Text, nullable=True),
        sa.Column("generation", Text, nullable=True),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.Column("last_crawled_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=("pk_sites")),
        sa.UniqueConstraint("host", name=("uq_sites_host")),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("cms_id", Text, nullable=False),
        sa.Column("url", Text, nullable=False),
        sa.Column("title", Text, nullable=True),
        sa.Column("published", Text, nullable=True),
        sa.Column("state", Text, nullable=False),
        sa.Column("first_captured_at", Instant(), nullable=True),
        sa.Column("last_captured_at", Instant(), nullable=True),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("absent_since", Instant(), nullable=True),
        sa.Column("last_sighting_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=("fk_articles_site_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_articles")),
        sa.UniqueConstraint("site_id", "cms_id", name=("uq_articles_site_id_cms_id")),
    )
    op.create_index(("ix_articles_published"), "articles", ["published"], unique=False)
    op.create_index(("ix_articles_site_id_state"), "articles", ["site_id", "state"], unique=False)
    op.create_index(("ix_articles_url"), "articles", ["url"], unique=False)
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("cms_id", Text, nullable=False),
        sa.Column("name", Text, nullable=True),
        sa.Column("url", Text, nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("dialect", Text, nullable=True),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["channels.id"], name=("fk_channels_parent_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=("fk_channels_site_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_channels")),
        sa.UniqueConstraint("site_id", "cms_id", name=("uq_channels_site_id_cms_id")),
    )
    op.create_table(
        "content_attachments",
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("url", Text, nullable=False),
        sa.Column("payload_digest", Text, nullable=True),
        sa.Column("media_type", Text, nullable=True),
        sa.ForeignKeyConstraint(
            ["content_id"], ["contents.id"], name=("fk_content_attachments_content_id")
        ),
        sa.ForeignKeyConstraint(
            ["payload_digest"], ["payloads.digest"], name=("fk_content_attachments_payload_digest")
        ),
        sa.PrimaryKeyConstraint("content_id", "position", name=("pk_content_attachments")),
    )
    op.create_table(
        "frontier",
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("url", Text, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("cms_id", Text, nullable=True),
        sa.Column("listed_title", Text, nullable=True),
        sa.Column("outcome", Text, nullable=True),
        sa.Column("detail", Text, nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name=("fk_frontier_crawl_id")),
        sa.PrimaryKeyConstraint("crawl_id", "url", name=("pk_frontier")),
    )
    op.create_index(
        ("ix_frontier_crawl_id_outcome"), "frontier", ["crawl_id", "outcome"], unique=False
    )
    op.create_table(
        "capture_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("url", Text, nullable=False),
        sa.Column("captured_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("final_url", Text, nullable=True),
        sa.Column("payload_digest", Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=("fk_capture_facts_article_id")
        ),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name=("fk_capture_facts_crawl_id")),
        sa.ForeignKeyConstraint(
            ["payload_digest"], ["payloads.digest"], name=("fk_capture_facts_payload_digest")
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_capture_facts")),
    )
    op.create_index(
        ("ix_capture_facts_article_id_captured_at"),
        "capture_facts",
        ["article_id", "captured_at"],
        unique=False,
    )
    op.create_index(("ix_capture_facts_crawl_id"), "capture_facts", ["crawl_id"], unique=False)
    op.create_table(
        "channel_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name=("fk_channel_names_channel_id")
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_channel_names")),
        comment="What a channel's own page called it, and from when to when",
    )
    op.create_index(("ix_channel_names_channel_id"), "channel_names", ["channel_id"], unique=False)
    op.create_table(
        "elsewhere",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("url", Text, nullable=False),
        sa.Column("listed_title", Text, nullable=False),
        sa.Column("listed_on", Text, nullable=True),
        sa.Column("first_listed_at", Instant(), nullable=False),
        sa.Column("last_listed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=("fk_elsewhere_channel_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_elsewhere")),
        sa.UniqueConstraint("channel_id", "url", name=("uq_elsewhere_channel_id_url")),
        comment="Entries that lead to other sites: recorded, not crawled",
    )
    op.create_table(
        "placements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("url", Text, nullable=False),
        sa.Column("listed_title", Text, nullable=False),
        sa.Column("listed_on", Text, nullable=True),
        sa.Column("first_listed_at", Instant(), nullable=False),
        sa.Column("last_listed_at", Instant(), nullable=False),
        sa.Column("left_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=("fk_placements_article_id")),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=("fk_placements_channel_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_placements")),
        comment="An entry of one article in one channel, for as long as it stood there unchanged",
    )
    op.create_index(
        ("ix_placements_article_id_channel_id"),
        "placements",
        ["article_id", "channel_id"],
        unique=False,
    )
    op.create_index(
        ("ix_placements_channel_id_left_at"), "placements", ["channel_id", "left_at"], unique=False
    )
    op.create_index(("ix_placements_url"), "placements", ["url"], unique=False)
    op.create_table(
        "walks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("walked_at", Instant(), nullable=False),
        sa.Column("claimed_total", sa.Integer(), nullable=True),
        sa.Column("entries_seen", sa.Integer(), nullable=False),
        sa.Column("articles_seen", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("off_site", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("stop_reason", Text, nullable=False),
        sa.Column("verdict", Text, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name=("fk_walks_channel_id")),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name=("fk_walks_crawl_id")),
        sa.PrimaryKeyConstraint("id", name=("pk_walks")),
    )
    op.create_index(
        ("ix_walks_channel_id_walked_at"), "walks", ["channel_id", "walked_at"], unique=False
    )
    op.create_index(("ix_walks_crawl_id"), "walks", ["crawl_id"], unique=False)
    op.create_table(
        "version_spans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("first_capture_id", sa.Integer(), nullable=False),
        sa.Column("first_captured_at", Instant(), nullable=False),
        sa.Column("last_captured_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=("fk_version_spans_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["content_id"], ["contents.id"], name=("fk_version_spans_content_id")
        ),
        sa.ForeignKeyConstraint(
            ["first_capture_id"], ["capture_facts.id"], name=("fk_version_spans_first_capture_id")
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_version_spans")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        ("ix_version_spans_article_id_number"),
        "version_spans",
        ["article_id", "number"],
        unique=False,
    )
    op.create_index(("ix_version_spans_content_id"), "version_spans", ["content_id"], unique=False)
    op.create_table(
        "capture_readings",
        sa.Column("capture_id", sa.Integer(), nullable=False),
        sa.Column("page_kind", Text, nullable=False),
        sa.Column("outcome", Text, nullable=False),
        sa.Column("reason", Text, nullable=True),
        sa.Column("content_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("absence", Text, nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("reader", Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["capture_facts.id"], name=("fk_capture_readings_capture_id")
        ),
        sa.ForeignKeyConstraint(
            ["content_id"], ["contents.id"], name=("fk_capture_readings_content_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version_spans.id"], name=("fk_capture_readings_version_id")
        ),
        sa.PrimaryKeyConstraint("capture_id", name=("pk_capture_readings")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("previous_version_id", sa.Integer(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("capture_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=("fk_events_article_id")),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["capture_facts.id"], name=("fk_events_capture_id")
        ),
        sa.ForeignKeyConstraint(
            ["previous_version_id"], ["version_spans.id"], name=("fk_events_previous_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version_spans.id"], name=("fk_events_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=("pk_events")),
        sqlite_autoincrement=True,
    )
    op.create_index(("ix_events_article_id_at"), "events", ["article_id", "at"], unique=False)
    op.create_index(("ix_events_at"), "events", ["at"], unique=False)
