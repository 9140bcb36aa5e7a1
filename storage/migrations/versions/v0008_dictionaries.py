"""What pages of a site have in common, and what a page says beyond its former bytes: payloads may
be packed with either. Those that are held stay as they are."""

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant
from storage.migrations.facts import protect
from storage.words import Text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payloads", sa.Column("base_digest", Text, nullable=True))
    op.create_table(
        "dictionaries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_dictionaries_site_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dictionaries"),
        comment="Append-only. What a site's pages have in common; the frames packed with it name "
        "its id",
    )
    op.create_index("ix_dictionaries_site_id", "dictionaries", ["site_id"])
    protect("dictionaries", "id")
