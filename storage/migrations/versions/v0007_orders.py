"""Indexes for the orders in which a large archive is read: articles as results show them, versions
as they were first seen, the numbers of documents, and what was never read."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_articles_shown_order", "articles", [sa.text("coalesce(published, '')"), "id"]
    )
    unread = sa.text("versions = 0")
    op.create_index(
        "ix_articles_unread", "articles", ["id"], sqlite_where=unread, postgresql_where=unread
    )
    numbered = sa.text("doc_number IS NOT NULL")
    op.create_index(
        "ix_contents_doc_number",
        "contents",
        ["doc_number"],
        sqlite_where=numbered,
        postgresql_where=numbered,
    )
    op.create_index(
        "ix_version_spans_first_captured_at_id", "version_spans", ["first_captured_at", "id"]
    )
