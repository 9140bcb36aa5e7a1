"""Pages that are no article's (channels, lists) are found by their address: what a crawl knows of
them from the nights before."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    of_no_article = sa.text("article_id IS NULL")
    op.create_index(
        "ix_capture_facts_page",
        "capture_facts",
        ["url", "captured_at"],
        sqlite_where=of_no_article,
        postgresql_where=of_no_article,
    )
