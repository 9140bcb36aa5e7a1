"""Which bytes a list was read from is kept: where they come again, they are not read anew."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("listing_journal", sa.Column("answer", sa.LargeBinary(), nullable=True))
