"""Bodies may be kept by difference with those of other contents (`storage.bodies`)."""

import sqlalchemy as sa
from alembic import op


def let_bodies_differ() -> None:
    """Give contents their base, where they have none yet: those that are held stay whole."""
    if any(each["name"] == "base_id" for each in sa.inspect(op.get_bind()).get_columns("contents")):
        return
    # In plain words: alembic would make the table anew on SQLite to say what the column refers to.
    op.execute(
        "ALTER TABLE contents ADD COLUMN base_id INTEGER "
        "CONSTRAINT fk_contents_base_id REFERENCES contents (id)"
    )
    for name in ("base_head", "base_tail"):
        op.add_column("contents", sa.Column(name, sa.Integer(), nullable=True))
    based = sa.text("base_id IS NOT NULL")
    op.create_index(
        "ix_contents_base_id", "contents", ["base_id"], sqlite_where=based, postgresql_where=based
    )
