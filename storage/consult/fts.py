"""The only module of consulting that speaks SQLite's full-text search.

Another database gives the same answer from its own index: the ids of the contents that may hold
all tokens of an expression made by `storage.search_index`.
"""

from typing import Any

from sqlalchemy import Select, column, select, table

_index = table("content_search", column("rowid"), column("content_search"))


def contents_matching(expression: str) -> Select[Any]:
    """A query for the ids of the contents that may match, to be checked on their texts."""
    return select(_index.c.rowid).where(_index.c.content_search.op("MATCH")(expression))
