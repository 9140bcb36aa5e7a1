"""Orders in which large archives are asked: the articles of a site, its events and those of a kind,
and what was read with doubts. An event names its site itself: whoever writes it need not know."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAMES_ITS_SITE = {
    "sqlite": (
        "CREATE TRIGGER events_name_their_site AFTER INSERT ON events WHEN NEW.site_id IS NULL "
        "BEGIN UPDATE events SET site_id = (SELECT site_id FROM articles "
        "WHERE id = NEW.article_id) WHERE id = NEW.id; END",
    ),
    "postgresql": (
        "CREATE FUNCTION events_name_their_site() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN NEW.site_id := (SELECT site_id FROM articles WHERE id = NEW.article_id); "
        "RETURN NEW; END$$",
        "CREATE TRIGGER events_name_their_site BEFORE INSERT ON events FOR EACH ROW "
        "WHEN (NEW.site_id IS NULL) EXECUTE FUNCTION events_name_their_site()",
    ),
}


def upgrade() -> None:
    op.create_index("ix_articles_site_id_id", "articles", ["site_id", "id"])
    op.create_index(
        "ix_articles_site_id_state_versions", "articles", ["site_id", "state", "versions"]
    )
    op.drop_index("ix_articles_site_id_state", "articles")
    _events()
    doubted = sa.text(
        "(CAST(doubts AS TEXT) <> '[]' OR CAST(origins AS TEXT) <> "
        """replace(CAST(origins AS TEXT), '"body":"walker"', ''))"""
    )
    op.create_index(
        "ix_contents_doubted", "contents", ["id"], sqlite_where=doubted, postgresql_where=doubted
    )


def _events() -> None:
    # In plain words: alembic would make the table anew on SQLite to say what the column refers to.
    op.execute(
        "ALTER TABLE events ADD COLUMN site_id INTEGER "
        "CONSTRAINT fk_events_site_id REFERENCES sites (id)"
    )
    op.execute(
        "UPDATE events SET site_id = "
        "(SELECT site_id FROM articles WHERE articles.id = events.article_id)"
    )
    op.create_index("ix_events_kind_at_id", "events", ["kind", "at", "id"])
    op.create_index("ix_events_site_id_kind_at_id", "events", ["site_id", "kind", "at", "id"])
    for statement in NAMES_ITS_SITE[op.get_bind().dialect.name]:
        op.execute(statement)
