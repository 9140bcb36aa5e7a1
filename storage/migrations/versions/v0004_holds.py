"""Held crawls: what is put aside of a crawl and why, what its lists said meanwhile, and the
structure of pages, by which a redesign is known."""

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant
from storage.words import Text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

EARLIER = """
    INSERT INTO holds (crawl_id, site_id, whole, because, held_at)
    SELECT crawl_id, site_id, false, '[]', held_at FROM (
        SELECT DISTINCT c.id AS crawl_id, a.site_id, c.finished_at AS held_at
        FROM crawls c
        JOIN capture_facts f ON f.crawl_id = c.id
        JOIN capture_readings r ON r.capture_id = f.id
        JOIN articles a ON a.id = f.article_id
        WHERE c.held AND c.finished_at IS NOT NULL AND r.absence IS NOT NULL AND NOT r.counted
    ) AS earlier
"""
"""Crawls held before this step: only their signs of absence were put aside."""


def upgrade() -> None:
    op.add_column("capture_readings", sa.Column("skeleton", Text, nullable=True))
    op.create_index("ix_capture_readings_skeleton", "capture_readings", ["skeleton"])
    _create_holds()
    _create_journal()
    op.execute(EARLIER)


def _create_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("because", sa.JSON(), nullable=False),
        sa.Column("held_at", Instant(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("released_by", Text, nullable=True),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_holds_crawl_id"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_holds_site_id"),
        sa.PrimaryKeyConstraint("crawl_id", "site_id", name="pk_holds"),
        comment="What of a crawl is put aside at a site: all of it where whole, else its signs of "
        "absence; until it is released",
    )


def _create_journal() -> None:
    op.create_table(
        "listing_journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("walk_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_listing_journal_crawl_id"),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_listing_journal_channel_id"
        ),
        sa.ForeignKeyConstraint(["walk_id"], ["walks.id"], name="fk_listing_journal_walk_id"),
        sa.PrimaryKeyConstraint("id", name="pk_listing_journal"),
        comment="What lists said in crawls that are not settled or are held, and what stood "
        "before: so that it can be taken back. NULL where it is not taken in",
        sqlite_autoincrement=True,
    )
    for column in ("channel_id", "crawl_id"):
        op.create_index(f"ix_listing_journal_{column}", "listing_journal", [column])
