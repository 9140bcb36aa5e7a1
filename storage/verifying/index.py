"""SQLite's search index against the contents: each must be found by its words, and by no others.

The index keeps no texts, so its terms are read back and added up for each content. A sample is
only asked for, word by word, since adding up means reading the whole index.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, Engine, select, text

from storage.schema import contents, whole_body
from storage.search_index import index_tokens
from storage.verifying.findings import Finding, Looked, Problem, keys, row
from storage.verifying.lexemes import check_lexemes

_CHUNK = 500
_ASKED = 40
"""How many words of a content in a sample are looked up: with damage anywhere, one misses soon."""

_LARGEST = 2**64


def check_index(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Whether every content is in the index with just its words."""
    if engine.dialect.name != "sqlite":
        yield from check_lexemes(engine, sample)
        return
    yield from _whole(engine) if sample is None else _sampled(engine, sample)


def _whole(engine: Engine) -> Iterator[Looked]:
    with engine.connect() as connection:
        sums = dict(_sums(connection))
        rows = connection.execute(
            select(contents.c.id, contents.c.title, whole_body).execution_options(yield_per=_CHUNK)
        )
        for part in rows.partitions():
            found = [_compared(each.id, _sum(each), sums.pop(each.id, None)) for each in part]
            yield Looked("index", len(part), tuple(each for each in found if each))
    alone = (Finding(row("content_search", id_), Problem.INDEXED_ALONE) for id_ in sums)
    yield Looked("index", 0, tuple(alone))


def _sums(connection: Connection) -> Mapping[int, int]:
    """For each content in the index, the sum of its terms' hashes."""
    sums: dict[int, int] = defaultdict(int)
    # Reading the terms takes a table of SQLite's own making, in memory.
    connection.exec_driver_sql("PRAGMA query_only=OFF")
    try:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.index_terms USING fts5vocab(main, content_search, instance)"
        )
        terms = connection.exec_driver_sql(
            "SELECT term, doc FROM temp.index_terms", execution_options={"yield_per": 5000}
        )
        for term, content_id in terms:
            sums[content_id] = (sums[content_id] + hash(term)) % _LARGEST
        connection.exec_driver_sql("DROP TABLE temp.index_terms")
    finally:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    return sums


def _sum(content: object) -> int:
    words = _words(content)
    return sum(hash(word) for word in words) % _LARGEST


def _words(content: object) -> list[str]:
    return index_tokens(content.title, content.body)  # type: ignore[attr-defined]


def _compared(content_id: int, expected: int, indexed: int | None) -> Finding | None:
    if indexed == expected or (indexed is None and expected == 0):
        return None
    problem = Problem.NOT_INDEXED if indexed is None else Problem.INDEXED_OTHERWISE
    return Finding(row("contents", content_id), problem)


def _sampled(engine: Engine, sample: int) -> Iterator[Looked]:
    for ids in keys(engine, contents.c.id, sample, _CHUNK):
        with engine.connect() as connection:
            found = [_asked(connection, each) for each in ids]
        yield Looked("index", len(ids), tuple(each for each in found if each))


def _asked(connection: Connection, content_id: int) -> Finding | None:
    content = connection.execute(
        select(contents.c.title, whole_body).where(contents.c.id == content_id)
    ).one()
    words = _words(content)
    asked = random.sample(words, min(_ASKED, len(words)))
    if not asked:
        return None
    expression = " AND ".join(f'"{word}"' for word in asked)
    query = "SELECT count(*) FROM content_search WHERE content_search MATCH :words AND rowid = :id"
    known = connection.scalar(text(query), {"words": expression, "id": content_id})
    return None if known else Finding(row("contents", content_id), Problem.NOT_INDEXED)
