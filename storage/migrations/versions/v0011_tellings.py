"""What lists said is kept, the same words once, and how channels were called, each time: so that
what comes late takes its place. What lists said in crawls that were settled before is not known."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

from storage.instant import Instant
from storage.links import stated
from storage.words import Text
from storage.writers.seals import seal_sites

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NAMES = """
    INSERT INTO name_sightings (channel_id, at, name)
    SELECT channel_id, first_seen_at, name FROM channel_names
    UNION SELECT channel_id, last_seen_at, name FROM channel_names ORDER BY 2, 1
"""
"""When channels were called so, as far as it is known."""


def upgrade() -> None:
    _create_sightings()
    _create_tellings()
    former = op.get_bind().execute(sa.text("SELECT * FROM listing_journal ORDER BY id")).all()
    for column in ("channel_id", "crawl_id"):
        op.drop_index(f"ix_listing_journal_{column}", "listing_journal")
    op.drop_table("listing_journal")
    _create_journal()
    for row in former:
        _keep(row)
    seal_sites(op.get_bind())


def _create_sightings() -> None:
    op.create_table(
        "name_sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_name_sightings_channel_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_name_sightings"),
        comment="Every time that a channel's own page said what the channel is called",
    )
    op.create_index("ix_name_sightings_channel_id_at", "name_sightings", ["channel_id", "at"])
    op.execute(NAMES)


def _create_tellings() -> None:
    op.create_table(
        "tellings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tellings"),
        sa.UniqueConstraint("digest", name="uq_tellings_digest"),
        comment="What pages of lists and walks over them said: the same once, however often it is "
        "said",
    )


def _create_journal() -> None:
    op.create_table(
        "listing_journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("walk_id", sa.Integer(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("telling_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_listing_journal_crawl_id"),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_listing_journal_channel_id"
        ),
        sa.ForeignKeyConstraint(["walk_id"], ["walks.id"], name="fk_listing_journal_walk_id"),
        sa.ForeignKeyConstraint(
            ["telling_id"], ["tellings.id"], name="fk_listing_journal_telling_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_listing_journal"),
        comment="What lists said, page by page and walk by walk, and, in crawls that are not "
        "settled or are held, what stood before: so that it can be taken back",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_listing_journal_channel_id_at", "listing_journal", ["channel_id", "at"])
    op.create_index("ix_listing_journal_crawl_id", "listing_journal", ["crawl_id"])


def _keep(row: sa.Row) -> None:  # type: ignore[type-arg]
    """A row of the former journal, which had its words in itself."""
    bind = op.get_bind()
    told = json.loads(row.told) if isinstance(row.told, str) else row.told
    digest = hashlib.sha256(stated([told])).digest()
    find = sa.text("SELECT id FROM tellings WHERE digest = :digest")
    if (telling_id := bind.scalar(find, {"digest": digest})) is None:
        bind.execute(
            sa.text("INSERT INTO tellings (digest, told) VALUES (:digest, :told)"),
            {"digest": digest, "told": json.dumps(told, ensure_ascii=False)},
        )
        telling_id = bind.scalar(find, {"digest": digest})
    before = (
        row.before if row.before is None or isinstance(row.before, str) else json.dumps(row.before)
    )
    bind.execute(
        sa.text(
            "INSERT INTO listing_journal (crawl_id, channel_id, walk_id, at, telling_id, before) "
            "VALUES (:crawl_id, :channel_id, :walk_id, :at, :telling_id, :before)"
        ),
        {
            "crawl_id": row.crawl_id,
            "channel_id": row.channel_id,
            "walk_id": row.walk_id,
            "at": row.at,
            "telling_id": telling_id,
            "before": before,
        },
    )
