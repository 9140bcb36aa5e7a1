"""Files and further pages: the bytes of attachments and what they say, articles on several pages,
captures that a server confirmed, and the fields that the reader learnt to read since."""

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant
from storage.migrations.facts import protect
from storage.words import Text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CONFIRMED = "Append-only. revalidates names the capture whose bytes the server confirmed by 304"
VIEWS = {
    "captures": """
        SELECT f.id, f.article_id, f.crawl_id, f.url, f.captured_at, f.recorded_at, f.status,
               r.page_kind, r.outcome, f.payload_digest, r.version_id,
               r.absence, r.reason, r.reader, f.headers, f.final_url, f.revalidates
        FROM capture_facts f JOIN capture_readings r ON r.capture_id = f.id
    """,
    "versions": """
        SELECT v.id, v.article_id, v.number, v.first_captured_at, v.last_captured_at,
               c.digest, c.title, c.published, c.source, c.author, c.doc_number, c.body,
               c.fields, c.reader, c.images, c.origins, c.doubts, v.content_id,
               v.first_capture_id, c.subtitle, c.videos, c.notes, c.links
        FROM version_spans v JOIN contents c ON c.id = v.content_id
    """,
    "attachments": """
        SELECT v.id AS version_id, a.position, a.name, a.url, f.payload_digest, a.media_type,
               d.format, d.text, d.pages, d.scanned, d.unreadable
        FROM version_spans v
        JOIN content_attachments a ON a.content_id = v.content_id
        LEFT JOIN version_files f ON f.version_id = v.id AND f.position = a.position
        LEFT JOIN document_texts d ON d.payload_digest = f.payload_digest
    """,
}


def upgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    _widen_contents()
    _create_tables()
    op.add_column("capture_facts", sa.Column("revalidates", sa.Integer(), nullable=True))
    if op.get_bind().dialect.supports_comments:
        op.create_table_comment("capture_facts", CONFIRMED)
    protect("capture_parts", "capture_id", "position")
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def _widen_contents() -> None:
    op.add_column("contents", sa.Column("subtitle", Text, nullable=True))
    for name in ("videos", "notes", "links"):
        op.add_column("contents", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("content_attachments") as table:
        table.drop_column("payload_digest")


def _create_tables() -> None:
    op.create_table(
        "capture_parts",
        sa.Column("capture_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["capture_facts.id"], name="fk_capture_parts_capture_id"
        ),
        sa.ForeignKeyConstraint(["part_id"], ["capture_facts.id"], name="fk_capture_parts_part_id"),
        sa.PrimaryKeyConstraint("capture_id", "position", name="pk_capture_parts"),
        comment="The further pages that were read together with a page as one article",
    )
    op.create_table(
        "document_texts",
        sa.Column("payload_digest", Text, nullable=False),
        sa.Column("format", Text, nullable=True),
        sa.Column("text", Text, nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("scanned", sa.Boolean(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("unreadable", Text, nullable=True),
        sa.Column("reader", Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["payload_digest"], ["payloads.digest"], name="fk_document_texts_payload_digest"
        ),
        sa.PrimaryKeyConstraint("payload_digest", name="pk_document_texts"),
        comment="What the bytes of a file say; unreadable tells why nothing could be read",
    )
    op.create_table(
        "version_files",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("payload_digest", Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["payload_digest"], ["payloads.digest"], name="fk_version_files_payload_digest"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version_spans.id"], name="fk_version_files_version_id"
        ),
        sa.PrimaryKeyConstraint("version_id", "position", name="pk_version_files"),
        comment="The bytes that lay at the address of a version's attachment",
    )
    op.create_table(
        "withdrawn_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("first_captured_at", Instant(), nullable=False),
        sa.Column("last_captured_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_withdrawn_versions_article_id"
        ),
        sa.ForeignKeyConstraint(
            ["content_id"], ["contents.id"], name="fk_withdrawn_versions_content_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_withdrawn_versions"),
        comment="Versions that stood once and were read otherwise since: by a better reader, or "
        "with a capture that came late",
    )
    op.create_index("ix_withdrawn_versions_article_id", "withdrawn_versions", ["article_id"])
