"""Sites are sealed by sums that name the row which is not what it was, with their articles and all
their events; and the outcome of a capture that is put aside is sealed with what was read of it."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.bodies import let_bodies_differ
from storage.writers.seals import seal_captures, seal_sites

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_ASIDE = """
    SELECT r.capture_id FROM capture_readings r JOIN capture_facts f ON f.id = r.capture_id
    WHERE NOT r.counted AND r.absence IS NULL AND f.article_id IS NOT NULL ORDER BY 1
"""


def upgrade() -> None:
    bind = op.get_bind()
    let_bodies_differ()  # what seals a content reads it as it is kept today
    op.execute("DELETE FROM seals WHERE kind = 'site'")
    seal_captures(bind, list(bind.scalars(sa.text(_ASIDE))))
    seal_sites(bind)
