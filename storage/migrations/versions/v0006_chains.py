"""Chains: captures and versions digested one after the other, article by article, crawls as they
end, and what may be altered by whoever altered it last. What is held already is digested now."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.bodies import let_bodies_differ
from storage.migrations.facts import protect
from storage.words import Text
from storage.writers.books import seal_all

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_chains()
    _create_seals()
    for table, key in (("capture_chain", "capture_id"), ("version_chain", "id")):
        protect(table, key)
    protect("crawl_seals", "id")
    let_bodies_differ()  # what seals a content reads it as it is kept today
    seal_all(op.get_bind())


def _create_chains() -> None:
    op.create_table(
        "capture_chain",
        sa.Column("capture_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["capture_facts.id"], name="fk_capture_chain_capture_id"
        ),
        sa.PrimaryKeyConstraint("capture_id", name="pk_capture_chain"),
        comment="Append-only. Each capture digested with the one that was recorded before it: of "
        "its article, or of its address where that is no article's",
    )
    op.create_table(
        "version_chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("first_capture_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("content_digest", Text, nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_version_chain_article_id"
        ),
        sa.ForeignKeyConstraint(
            ["first_capture_id"], ["capture_facts.id"], name="fk_version_chain_first_capture_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_version_chain"),
        comment="Append-only. What was said of each version, digested with what was said of its "
        "article's versions before; without a number where it was given up",
    )
    for column in ("article_id", "version_id"):
        op.create_index(f"ix_version_chain_{column}", "version_chain", [column])


def _create_seals() -> None:
    op.create_table(
        "crawl_seals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("version_links", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_crawl_seals_crawl_id"),
        sa.PrimaryKeyConstraint("id", name="pk_crawl_seals"),
        sa.UniqueConstraint("crawl_id", name="uq_crawl_seals_crawl_id"),
        comment="Append-only. All that a crawl wrote, digested as it ended with the seal of the "
        "crawl that ended before",
    )
    op.create_table(
        "seals",
        sa.Column("kind", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_seals"),
        sqlite_with_rowid=False,
        comment="What rows that may be altered say, digested by whoever altered them last",
    )
