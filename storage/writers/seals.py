"""Seals: what rows that may be altered say, digested by whoever altered them last, so that what a
disk does to them is found. They prove nothing against people: a seal is made anew as they are.

Readings, contents and the texts of files are sealed one by one. A site's lists, its channels and
what lists showed are sealed together when no crawl is at them: a crawl breaks the seals of the
sites that it meets, and they are made anew when it ends.
"""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Select, delete, select, text

from storage.links import sealed
from storage.locating import Said, summed
from storage.schema import (
    capture_facts,
    capture_readings,
    content_attachments,
    contents,
    document_texts,
    seals,
    sites,
    whole_contents,
    withdrawn_versions,
)
from storage.values import ATTACHMENT

READING, CONTENT, DOCUMENT, WITHDRAWN = "reading", "content", "document", "withdrawn"
SITE = "site"
"""The kinds of seals of one row, and that of a site."""

_CHUNK = 500


def seal_captures(connection: Connection, capture_ids: Collection[int]) -> None:
    """Seal what was read of these captures, and what that names and is not sealed yet."""
    ids = sorted(capture_ids)
    for at in range(0, len(ids), _CHUNK):
        some = connection.execute(_readings(ids[at : at + _CHUNK])).all()
        put(connection, READING, {str(row.capture_id): _reading_seal(row) for row in some})
        _seal_contents(connection, {row.content_id for row in some if row.content_id})
        files = {row.payload_digest for row in some if row.page_kind == ATTACHMENT}
        put(connection, DOCUMENT, documents_of(connection, files))


def unseal_content(connection: Connection, content_id: int) -> None:
    """A content is told anew: it is sealed again with the capture that tells it."""
    which = (seals.c.kind == CONTENT) & (seals.c.key == str(content_id))
    connection.execute(delete(seals).where(which))


def readings_of(connection: Connection, capture_ids: Collection[int]) -> dict[str, bytes]:
    """What the seals of these readings should be, by key."""
    rows = connection.execute(_readings(capture_ids))
    return {str(row.capture_id): _reading_seal(row) for row in rows}


def _readings(capture_ids: Collection[int]) -> Select[Any]:
    return (
        select(capture_readings, capture_facts.c.payload_digest, capture_facts.c.article_id)
        .join(capture_facts, capture_facts.c.id == capture_readings.c.capture_id)
        .where(capture_readings.c.capture_id.in_(capture_ids))
    )


def _reading_seal(row: Any) -> bytes:
    """Over what is read alone: what follows from it (the outcome, the version, whether it counts)
    is held against the history."""
    told = (row.capture_id, row.page_kind, row.reason, row.content_id, row.absence)
    # Of a page that is no article's, and of a capture that is put aside, no history tells these.
    untold = row.article_id is None or (not row.counted and row.absence is None)
    alone = [row.outcome, bool(row.counted), row.version_id] if untold else None
    return sealed([*told, row.reader, row.skeleton, alone])


def _content_seal(row: Any, attached: Iterable[Any]) -> bytes:
    """Over the exact words of a content, where its digests are of their comparable form."""
    files = [[each.position, each.name, each.url, each.media_type] for each in attached]
    return sealed([*(getattr(row, name) for name in _CONTENT), files])


def _document_seal(row: Any) -> bytes:
    return sealed([getattr(row, name) for name in _DOCUMENT])


_CONTENT = (
    "id", "digest", "title", "published", "source", "author", "doc_number", "body", "fields",
    "images", "subtitle", "videos", "notes", "links", "field_digests", "origins", "doubts",
    "reader",
)  # fmt: skip
_DOCUMENT = (
    "payload_digest", "format", "text", "pages", "scanned", "doubts", "unreadable", "reader",
)  # fmt: skip


def contents_of(connection: Connection, ids: Collection[int]) -> dict[str, bytes]:
    """What the seals of these contents should be, by key."""
    attached: dict[int, list[Any]] = {}
    its = content_attachments
    query = select(its).where(its.c.content_id.in_(ids))
    for file in connection.execute(query.order_by(its.c.content_id, its.c.position)):
        attached.setdefault(file.content_id, []).append(file)
    rows = connection.execute(select(*whole_contents).where(contents.c.id.in_(ids)))
    return {str(row.id): _content_seal(row, attached.get(row.id, ())) for row in rows}


def documents_of(connection: Connection, digests: Collection[str]) -> dict[str, bytes]:
    """What the seals of these files' texts should be, by key."""
    its = document_texts
    rows = connection.execute(select(its).where(its.c.payload_digest.in_(digests)))
    return {row.payload_digest: _document_seal(row) for row in rows}


def seal_withdrawn(connection: Connection, article_id: int) -> None:
    """Seal the versions of an article that stood once."""
    its = withdrawn_versions.c
    ids = connection.scalars(select(its.id).where(its.article_id == article_id)).all()
    put(connection, WITHDRAWN, withdrawn_of(connection, ids))


def withdrawn_of(connection: Connection, ids: Collection[int]) -> dict[str, bytes]:
    """What the seals of these versions that stood once should be, by key."""
    rows = connection.execute(select(withdrawn_versions).where(withdrawn_versions.c.id.in_(ids)))
    return {str(row.id): sealed([getattr(row, name) for name in _WITHDRAWN]) for row in rows}


_WITHDRAWN = (
    "id", "version_id", "article_id", "number", "content_id", "first_captured_at",
    "last_captured_at", "withdrawn_at",
)  # fmt: skip


def kept(connection: Connection, kind: str, keys: Collection[str]) -> dict[str, bytes]:
    """The seals that there are, by key."""
    which = (seals.c.kind == kind) & seals.c.key.in_(keys)
    rows = connection.execute(select(seals.c.key, seals.c.seal).where(which))
    return {row.key: row.seal for row in rows}


def _seal_contents(connection: Connection, ids: Collection[int]) -> None:
    known = kept(connection, CONTENT, {str(id_) for id_ in ids})
    new = [id_ for id_ in ids if str(id_) not in known]
    if new:
        put(connection, CONTENT, contents_of(connection, new))


def unseal_sites(connection: Connection, site_ids: Collection[int]) -> None:
    """A crawl meets these sites: until it ends, what their lists say is on the way."""
    keys = [site_key(id_, table) for id_ in site_ids for table in STATE]
    if keys:
        connection.execute(delete(seals).where((seals.c.kind == SITE) & seals.c.key.in_(keys)))


def seal_sites(connection: Connection) -> None:
    """Seal every site whose seals were broken."""
    known = set(connection.scalars(select(seals.c.key).where(seals.c.kind == SITE)))
    for site_id in connection.scalars(select(sites.c.id)).all():
        broken = [table for table in STATE if site_key(site_id, table) not in known]
        new = {site_key(site_id, each): site_seal(connection, site_id, each) for each in broken}
        put(connection, SITE, new)


def site_key(site_id: int, table: str) -> str:
    return f"{site_id}/{table}"


def site_seal(connection: Connection, site_id: int, table: str) -> bytes:
    """The sums over all that a table says of a site."""
    return bytes(summed(site_rows(connection, site_id, table)))


def site_rows(connection: Connection, site_id: int, table: str) -> list[Said]:
    """All that a table says of a site, row by row, as the database itself puts it into words."""
    quote = "quote({})" if connection.dialect.name == "sqlite" else "quote_nullable({}::text)"
    columns, rows = STATE[table]
    key, *_ = names = columns.split()
    said = " || ',' || ".join(quote.format(name) for name in names)
    query = text(f"SELECT {key}, {said} FROM {rows}")  # noqa: S608
    return [(row[0], row[1]) for row in connection.execute(query, {"site": site_id})]


def unseal_histories(connection: Connection, site_id: int) -> None:
    """An article's history is made anew: until the site is sealed again, its events are not."""
    keys = [site_key(site_id, table) for table in HISTORIES]
    connection.execute(delete(seals).where((seals.c.kind == SITE) & seals.c.key.in_(keys)))


_CHANNELS = "IN (SELECT id FROM channels WHERE site_id = :site)"
_ARTICLES = "IN (SELECT id FROM articles WHERE site_id = :site)"
STATE = {
    "sites": (
        "id host name generation first_seen_at last_crawled_at",
        "sites WHERE id = :site",
    ),
    "channels": (
        "id cms_id name url parent_id dialect first_seen_at last_seen_at",
        "channels WHERE site_id = :site",
    ),
    "channel_names": (
        "id channel_id name first_seen_at last_seen_at",
        f"channel_names WHERE channel_id {_CHANNELS}",
    ),
    "name_sightings": (
        "id channel_id at name",
        f"name_sightings WHERE channel_id {_CHANNELS}",
    ),
    "listing_journal": (
        "id crawl_id channel_id walk_id at telling_id",
        f"listing_journal WHERE channel_id {_CHANNELS}",
    ),
    "placements": (
        "id article_id channel_id url listed_title listed_on "
        "first_listed_at last_listed_at left_at",
        f"placements WHERE channel_id {_CHANNELS}",
    ),
    "elsewhere": (
        "id channel_id url listed_title listed_on first_listed_at last_listed_at",
        f"elsewhere WHERE channel_id {_CHANNELS}",
    ),
    "walks": (
        "id crawl_id channel_id walked_at claimed_total entries_seen articles_seen repeats "
        "off_site pages whole verdict stop_reason",
        f"walks WHERE channel_id {_CHANNELS}",
    ),
    "holds": (
        "crawl_id site_id whole because held_at released_at released_by",
        "holds WHERE site_id = :site",
    ),
    "events": (
        "id article_id at kind version_id previous_version_id fields evidence capture_id",
        f"events WHERE article_id {_ARTICLES}",
    ),
    "articles": (
        "id site_id cms_id url",
        "articles WHERE site_id = :site",
    ),
}
"""What site seals cover: columns, of which the first is the key, and rows, by table."""

HISTORIES = ("events", "articles")
"""Those that are also altered where no crawl is at the site."""


def put(connection: Connection, kind: str, new: dict[str, bytes]) -> None:
    """Set these seals, in the place of earlier ones."""
    if not new:
        return
    which = (seals.c.kind == kind) & seals.c.key.in_(list(new))
    connection.execute(delete(seals).where(which))
    rows = [{"kind": kind, "key": key, "seal": seal} for key, seal in new.items()]
    connection.execute(seals.insert(), rows)
