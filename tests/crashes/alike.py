"""What an archive holds, without what differs from one run to the next: ids and instants."""

from collections import Counter
from typing import Any

from tests.places import Place

Rows = list[tuple[Any, ...]]

_WHICH = "(SELECT count(*) FROM crawls before WHERE before.id <= {}) AS which"
"""Of the how manyeth crawl. PostgreSQL gives the number of one that was killed as it began to
nobody else."""

_HOLDS = {
    "articles": """
        SELECT cms_id, state, versions, title, published,
               first_captured_at IS NULL, absent_since IS NULL FROM articles""",
    "versions": """
        SELECT a.cms_id, v.number, v.digest
        FROM versions v JOIN articles a ON a.id = v.article_id""",
    "captures of articles": f"""
        SELECT {_WHICH.format("c.crawl_id")}, a.cms_id, c.status, c.outcome, c.absence,
               v.number, v.digest
        FROM captures c JOIN articles a ON a.id = c.article_id
        LEFT JOIN versions v ON v.id = c.version_id""",
    "events": """
        SELECT a.cms_id, e.kind, new.number, old.number, e.fields
        FROM events e JOIN articles a ON a.id = e.article_id
        LEFT JOIN version_spans new ON new.id = e.version_id
        LEFT JOIN version_spans old ON old.id = e.previous_version_id""",
    "lists": """
        SELECT c.cms_id, a.cms_id, p.listed_title, p.listed_on, p.left_at IS NULL
        FROM placements p JOIN articles a ON a.id = p.article_id
        JOIN channels c ON c.id = p.channel_id""",
    "channels": "SELECT cms_id, name, dialect FROM channels",
    "addresses": f"""
        SELECT {_WHICH.format("frontier.crawl_id")}, kind, cms_id, outcome, count(*)
        FROM frontier WHERE kind <> 'listing' GROUP BY 1, 2, 3, 4""",
    "crawls": f"SELECT {_WHICH.format('crawls.id')}, finish_reason, held FROM crawls",
    "edits": """
        SELECT a.cms_id, v.number, e.silent, e.weight, e.kinds, e.tokens
        FROM edits e JOIN version_spans v ON v.id = e.version_id
        JOIN articles a ON a.id = v.article_id""",
}


def holds(place: Place) -> dict[str, Rows]:
    """Archives that hold the same are equal. Captures are told one by one: none twice."""
    return {name: sorted(place.ask(query), key=repr) for name, query in _HOLDS.items()}


def differing(one: dict[str, Rows], other: dict[str, Rows]) -> dict[str, list[str]]:
    """What one of the two holds and the other does not, by what it is of."""
    counted = {name: (_counted(one[name]), _counted(other[name])) for name in _HOLDS}
    found = {
        name: [f"+ {row}" for row in here - there] + [f"- {row}" for row in there - here]
        for name, (here, there) in counted.items()
    }
    return {name: rows for name, rows in found.items() if rows}


def _counted(rows: Rows) -> Counter[str]:
    return Counter(map(repr, rows))
