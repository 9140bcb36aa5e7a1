"""Edits in the orders in which they are asked for: the heaviest that were made in silence, with all
that may be asked of them; and the newest."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ["silent", "weight", "version_id", "article_id", "at"]
    if op.get_bind().dialect.name == "sqlite":
        op.create_index("ix_edits_silent", "edits", [*columns, "kinds"])
    else:  # which orders no JSON
        op.create_index("ix_edits_silent", "edits", columns, postgresql_include=["kinds"])
    op.drop_index("ix_edits_silent_weight_version_id", "edits")
    op.create_index("ix_edits_at_version_id", "edits", ["at", "version_id"])
    op.drop_index("ix_edits_at", "edits")
