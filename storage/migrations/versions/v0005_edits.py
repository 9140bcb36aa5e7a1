"""Edits: how each version differs from the one before it, weighed, and indexed by the words that
came or went. Those of earlier versions are weighed after the step (`Archive.weigh_edits`)."""

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant
from storage.words import Text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SEARCH = {
    "sqlite": (
        "CREATE VIRTUAL TABLE edit_search USING fts5("
        "tokens, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE edit_search (edit_id integer NOT NULL REFERENCES edits (version_id), "
        "part integer NOT NULL, tokens tsvector NOT NULL, "
        "CONSTRAINT pk_edit_search PRIMARY KEY (edit_id, part))",
        "CREATE INDEX ix_edit_search_tokens ON edit_search USING gin (tokens)",
        "CREATE INDEX ix_edit_search_part ON edit_search (part) WHERE part > 0",
    ),
}


def upgrade() -> None:
    op.create_table(
        "edits",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("before_content_id", sa.Integer(), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("tokens", Text, nullable=False),
        sa.Column("rule", Text, nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["version_spans.id"], name="fk_edits_version_id"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_edits_article_id"),
        sa.ForeignKeyConstraint(
            ["before_content_id"], ["contents.id"], name="fk_edits_before_content_id"
        ),
        sa.ForeignKeyConstraint(["content_id"], ["contents.id"], name="fk_edits_content_id"),
        sa.PrimaryKeyConstraint("version_id", name="pk_edits"),
        comment="How a version differs from the one before it: what kind of words changed, how "
        "much that weighs, whether the page said so, and which words came or went",
    )
    op.create_index("ix_edits_article_id", "edits", ["article_id"])
    op.create_index(
        "ix_edits_silent_weight_version_id", "edits", ["silent", "weight", "version_id"]
    )
    op.create_index("ix_edits_at", "edits", ["at"])
    for statement in SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)
