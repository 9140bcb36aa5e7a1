"""How many bytes an archive takes, table by table, its indexes with it."""

from collections import Counter
from contextlib import closing

from sqlalchemy import create_engine, make_url, text

_ON_SQLITE = """
    SELECT coalesce(m.tbl_name, d.name), sum(d.pgsize)
    FROM dbstat d LEFT JOIN sqlite_master m ON m.name = d.name
    WHERE d.aggregate = TRUE GROUP BY 1"""
_ON_POSTGRESQL = """
    SELECT relname, pg_total_relation_size(oid) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"""

_SEARCHES = ("content_search", "edit_search")


def weigh(url: str) -> Counter[str]:
    """Bytes by table: full pages of what is written, without what waits to be put in its place.
    Raises sqlalchemy.exc.DBAPIError where SQLite was built without dbstat."""
    engine = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    with closing(engine.connect()) as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            connection.execute(text("VACUUM"))
            found = connection.execute(text(_ON_SQLITE)).all()
        else:
            connection.execute(text("VACUUM FULL"))
            found = connection.execute(text(_ON_POSTGRESQL)).all()
    engine.dispose()
    weights: Counter[str] = Counter()
    for name, size in found:
        weights[_table(str(name))] += int(size)
    return weights


def _table(name: str) -> str:
    """The table to which what a database keeps belongs.

    >>> _table("content_search_data"), _table("payloads")
    ('content_search', 'payloads')
    """
    return next((known for known in _SEARCHES if name.startswith(known)), name)
