"""PostgreSQL's search index against the contents: each has its tokens, and no others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, Engine, bindparam, select, text

from storage.fulltext import parts
from storage.schema import contents, whole_body
from storage.search_index import index_tokens
from storage.verifying.findings import Finding, Looked, Problem, keys, row

_CHUNK = 200

_Parts = Mapping[int, frozenset[str]]

_INDEXED = text(
    "SELECT content_id, part, tsvector_to_array(tokens) FROM content_search "
    "WHERE content_id IN :ids"
).bindparams(bindparam("ids", expanding=True))

_ALONE = text(
    "SELECT DISTINCT content_id FROM content_search s "
    "WHERE NOT EXISTS (SELECT 1 FROM contents c WHERE c.id = s.content_id) ORDER BY content_id"
)


def check_lexemes(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Whether every content is in the index with just its tokens; or `sample` of them."""
    for ids in keys(engine, contents.c.id, sample, _CHUNK):
        with engine.connect() as connection:
            found = list(_compared(connection, ids))
        yield Looked("index", len(ids), tuple(found))
    if sample is None:
        with engine.connect() as connection:
            alone = connection.scalars(_ALONE).all()
        found = [Finding(row("content_search", id_), Problem.INDEXED_ALONE) for id_ in alone]
        yield Looked("index", 0, tuple(found))


def _compared(connection: Connection, ids: Sequence[int]) -> Iterator[Finding]:
    indexed = _indexed(connection, ids)
    query = select(contents.c.id, contents.c.title, whole_body).where(contents.c.id.in_(ids))
    for content in connection.execute(query.order_by(contents.c.id)):
        found = indexed.get(content.id, {})
        if found == _expected(content.title, content.body):
            continue
        problem = Problem.INDEXED_OTHERWISE if found else Problem.NOT_INDEXED
        yield Finding(row("contents", content.id), problem)


def _expected(title: str, body: str) -> _Parts:
    return {part: frozenset(some) for part, some in parts(index_tokens(title, body))}


def _indexed(connection: Connection, ids: Sequence[int]) -> Mapping[int, _Parts]:
    found: dict[int, dict[int, frozenset[str]]] = defaultdict(dict)
    for content_id, part, lexemes in connection.execute(_INDEXED, {"ids": ids}):
        found[content_id][part] = frozenset(lexemes)
    return found
