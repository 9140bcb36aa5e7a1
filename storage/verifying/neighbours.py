"""Rows against their neighbours, where no foreign key says what must hold between them."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Engine, text

from storage.verifying.findings import Finding, Looked, Problem, row

NEIGHBOURS: Mapping[tuple[str, str], str] = {
    ("capture_facts", "unread"): """
        SELECT f.id FROM capture_facts f
        WHERE NOT EXISTS (SELECT 1 FROM capture_readings r WHERE r.capture_id = f.id)""",
    ("capture_facts", "confirms-other-bytes"): """
        SELECT f.id FROM capture_facts f LEFT JOIN capture_facts c ON c.id = f.revalidates
        WHERE f.revalidates IS NOT NULL
          AND (c.id IS NULL OR c.payload_digest <> f.payload_digest)""",
    ("payloads", "never-received"): """
        SELECT digest FROM payloads WHERE digest NOT IN (SELECT payload_digest FROM capture_facts)
        """,
    ("capture_readings", "shows-uncounted"): """
        SELECT capture_id FROM capture_readings
        WHERE (NOT counted AND version_id IS NOT NULL)
           OR (NOT counted AND outcome IN ('new', 'changed', 'unchanged'))
           OR (NOT counted AND absence IS NOT NULL AND outcome <> 'gone-signal')
           OR (content_id IS NOT NULL AND absence IS NOT NULL)""",
    ("crawls", "held-or-not"): """
        SELECT c.id FROM crawls c
        WHERE c.held <> EXISTS (SELECT 1 FROM holds h
                                WHERE h.crawl_id = c.id AND h.released_at IS NULL)""",
    ("tellings", "told-by-no-list"): """
        SELECT t.id FROM tellings t
        WHERE NOT EXISTS (SELECT 1 FROM listing_journal j WHERE j.telling_id = t.id)""",
    ("version_spans", "captured-elsewhere"): """
        SELECT v.id FROM version_spans v JOIN capture_facts f ON f.id = v.first_capture_id
        WHERE f.article_id IS NULL OR f.article_id <> v.article_id""",
    ("capture_parts", "not-of-its-crawl"): """
        SELECT p.capture_id, p.position FROM capture_parts p
        JOIN capture_facts whole ON whole.id = p.capture_id
        JOIN capture_facts part ON part.id = p.part_id
        WHERE part.crawl_id <> whole.crawl_id OR part.id >= whole.id""",
    ("version_files", "of-no-attachment"): """
        SELECT f.version_id, f.position FROM version_files f
        JOIN version_spans v ON v.id = f.version_id
        WHERE NOT EXISTS (SELECT 1 FROM content_attachments a
                          WHERE a.content_id = v.content_id AND a.position = f.position)""",
    ("edits", "of-other-versions"): """
        SELECT e.version_id FROM edits e JOIN version_spans v ON v.id = e.version_id
        LEFT JOIN version_spans b ON b.article_id = v.article_id AND b.number = v.number - 1
        WHERE b.id IS NULL OR b.content_id <> e.before_content_id
           OR v.content_id <> e.content_id OR v.article_id <> e.article_id
           OR v.first_captured_at <> e.at""",
    ("version_spans", "edit-unweighed"): """
        SELECT v.id FROM version_spans v
        WHERE v.number > 1 AND NOT EXISTS (SELECT 1 FROM edits e WHERE e.version_id = v.id)""",
    ("events", "of-another-site"): """
        SELECT e.id FROM events e JOIN articles a ON a.id = e.article_id
        WHERE e.site_id IS NULL OR e.site_id <> a.site_id""",
    ("articles", "at-no-known-address"): """
        SELECT a.id FROM articles a
        WHERE a.versions > 0 AND a.url <> ''
          AND NOT EXISTS (SELECT 1 FROM capture_facts f WHERE f.article_id = a.id
                          AND (f.url = a.url OR f.final_url = a.url))
          AND NOT EXISTS (SELECT 1 FROM placements p WHERE p.article_id = a.id AND p.url = a.url)
        """,
    ("placements", "of-another-site"): """
        SELECT p.id FROM placements p JOIN articles a ON a.id = p.article_id
        JOIN channels c ON c.id = p.channel_id WHERE a.site_id <> c.site_id""",
    ("placements", "times-out-of-order"): """
        SELECT id FROM placements
        WHERE last_listed_at < first_listed_at OR left_at < last_listed_at""",
    ("placements", "stands-twice"): """
        SELECT max(id) FROM placements WHERE left_at IS NULL
        GROUP BY article_id, channel_id HAVING count(*) > 1""",
    ("channels", "of-another-site"): """
        SELECT c.id FROM channels c JOIN channels up ON up.id = c.parent_id
        WHERE up.site_id <> c.site_id""",
}
"""Queries for the keys of rows that do not stand with their neighbours, by table and reason."""


def check_neighbours(engine: Engine, _sample: int | None) -> Iterator[Looked]:
    """Rows that contradict the rows beside them."""
    for (table, reason), query in NEIGHBOURS.items():
        with engine.connect() as connection:
            odd = connection.execute(text(query))
            found = [Finding(row(table, *key), Problem.NEIGHBOUR, reason) for key in odd]
        yield Looked("neighbours", 1, tuple(found))
