"""A body may be kept by difference with another; the contract's view gives it whole."""

from alembic import op

from storage.migrations.bodies import let_bodies_differ

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BODY = """
    CASE WHEN c.base_id IS NULL THEN c.body
         ELSE coalesce((SELECT substr(b.body, 1, c.base_head) || c.body
                               || substr(b.body, c.base_tail)
                        FROM contents b WHERE b.id = c.base_id), c.body) END
"""
TYPED = f"(SELECT {BODY} UNION ALL SELECT body FROM contents WHERE id = 0)"  # noqa: S608
"""On SQLite, which names no type for what is put together: programs may take that for bytes."""
VERSIONS = """
    SELECT v.id, v.article_id, v.number, v.first_captured_at, v.last_captured_at,
           c.digest, c.title, c.published, c.source, c.author, c.doc_number, {body} AS body,
           c.fields, c.reader, c.images, c.origins, c.doubts, v.content_id,
           v.first_capture_id, c.subtitle, c.videos, c.notes, c.links
    FROM version_spans v JOIN contents c ON c.id = v.content_id
"""


def upgrade() -> None:
    let_bodies_differ()
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP VIEW versions")
        op.execute(f"CREATE VIEW versions AS {VERSIONS.format(body=TYPED)}")
    else:  # which keeps what was granted on it
        op.execute(f"CREATE OR REPLACE VIEW versions AS {VERSIONS.format(body=BODY)}")
