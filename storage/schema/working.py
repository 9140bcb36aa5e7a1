"""What a crawl works with: its addresses, its hold on sites, and what is put aside."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table

from storage.instant import Instant
from storage.schema.base import metadata
from storage.words import Text

frontier = Table(
    "frontier",
    metadata,
    Column("crawl_id", ForeignKey("crawls.id"), primary_key=True),
    Column("url", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("cms_id", Text),
    Column("listed_title", Text),
    Column("outcome", Text),
    Column("detail", Text),
    Column("added_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(None, "crawl_id", "outcome"),
)

leases = Table(
    "leases",
    metadata,
    Column("host", Text, primary_key=True),
    Column("crawl_id", Integer, nullable=False),
    Column("holder", Text, nullable=False),
    Column("renewed_at", Instant, nullable=False),
)

holds = Table(
    "holds",
    metadata,
    Column("crawl_id", ForeignKey("crawls.id"), primary_key=True),
    Column("site_id", ForeignKey("sites.id"), primary_key=True),
    Column("whole", Boolean, nullable=False),
    Column("because", JSON, nullable=False),
    Column("held_at", Instant, nullable=False),
    Column("released_at", Instant),
    Column("released_by", Text),
    comment="What of a crawl is put aside at a site: all of it where whole, else its signs of "
    "absence; until it is released",
)

listing_journal = Table(
    "listing_journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("crawl_id", ForeignKey("crawls.id"), nullable=False),
    Column("channel_id", ForeignKey("channels.id"), nullable=False),
    Column("walk_id", ForeignKey("walks.id")),
    Column("at", Instant, nullable=False),
    Column("telling_id", ForeignKey("tellings.id"), nullable=False),
    Column("answer", LargeBinary),
    Column("before", JSON(none_as_null=True)),
    Index(None, "channel_id", "at"),
    Index(None, "crawl_id"),
    sqlite_autoincrement=True,  # the order of its ids is the order in which things were told
    comment="What lists said, page by page and walk by walk, and, in crawls that are not settled "
    "or are held, what stood before: so that it can be taken back",
)
"""`answer` names the bytes from which a page was read, where they are the whole list."""


tellings = Table(
    "tellings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("told", JSON, nullable=False),
    comment="What pages of lists and walks over them said: the same once, however often it is said",
)
