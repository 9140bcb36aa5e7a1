"""The search index of each database: FTS5 without texts on SQLite, a `tsvector` with GIN on
PostgreSQL. Both hold the same tokens of `storage.search_index`, and find the same by them: contents
by their words, edits by the words that came or went.

PostgreSQL bounds a token (2,046 bytes) and a row (1 MB). A longer token is known by its beginning,
there and in a search; one of more tokens has several rows, its parts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Connection,
    SelectBase,
    Text,
    bindparam,
    cast,
    column,
    delete,
    distinct,
    func,
    insert,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from storage.search_index import Term

_LONGEST = 500
"""Characters of a token on PostgreSQL. Only Latin letters and digits come in longer runs."""

_ROOM = 1_000_000
"""Bytes of all tokens of a row on PostgreSQL."""

_WHOLE, _FIRST = 0, 1


@dataclass(frozen=True, slots=True)
class Index:
    """One index: its table, and on PostgreSQL the column that names what is indexed."""

    name: str
    key: str


CONTENTS = Index("content_search", "content_id")
EDITS = Index("edit_search", "edit_id")


def write(connection: Connection, id_: int, tokens: Sequence[str], index: Index = CONTENTS) -> None:
    """Index what is not in the index."""
    write_all(connection, [(id_, tokens)], index)


def write_all(
    connection: Connection, new: Iterable[tuple[int, Sequence[str]]], index: Index = CONTENTS
) -> None:
    """Index many at once: the id of each, and its tokens."""
    if connection.dialect.name == "sqlite":
        fts5 = table(index.name, column("rowid"), column("tokens"))
        texts = [{"rowid": id_, "tokens": " ".join(tokens)} for id_, tokens in new]
        connection.execute(insert(fts5), texts)
        return
    gin = table(index.name, column(index.key), column("part"), column("tokens"))
    lexemes = func.array_to_tsvector(cast(bindparam("tokens"), ARRAY(Text)))
    rows = [
        {"id": id_, "part": part, "tokens": some}
        for id_, tokens in new
        for part, some in parts(tokens)
    ]
    named = {index.key: bindparam("id"), "part": bindparam("part"), "tokens": lexemes}
    connection.execute(insert(gin).values(named), rows)


def forget(
    connection: Connection, id_: int, tokens: Sequence[str], index: Index = CONTENTS
) -> None:
    """Take what stands in the index with these tokens out of it."""
    if connection.dialect.name != "sqlite":
        gone = table(index.name, column(index.key))
        connection.execute(delete(gone).where(gone.c[index.key] == id_))
        return
    fts5 = table(index.name, column(index.name), column("rowid"), column("tokens"))
    row = {index.name: "delete", "rowid": id_, "tokens": " ".join(tokens)}
    connection.execute(insert(fts5).values(row))


def parts(tokens: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a content on PostgreSQL: part 0 alone where one is enough, else 1, 2, …"""
    known = list(dict.fromkeys(token[:_LONGEST] for token in tokens))
    rows: list[list[str]] = [[]]
    taken = 0
    for token in known:
        size = len(token.encode())
        if taken + size > _ROOM:
            rows.append([])
            taken = 0
        rows[-1].append(token)
        taken += size
    yield from enumerate(rows, _WHOLE if len(rows) == 1 else _FIRST)


def matching(connection: Connection, terms: Sequence[Term], index: Index = CONTENTS) -> SelectBase:
    """A query for the ids of what holds all these terms."""
    if connection.dialect.name == "sqlite":
        expression = " AND ".join(f'"{term.token}"{"*" * term.prefix}' for term in terms)
        fts5 = table(index.name, column("rowid"), column(index.name))
        return select(fts5.c.rowid).where(fts5.c[index.name].op("MATCH")(expression))
    return _on_postgresql([_tsquery(term) for term in terms], index)


def _tsquery(term: Term) -> str:
    # A token holds letters, digits and the title's mark only: nothing in it ends the quotes.
    cut = len(term.token) > _LONGEST
    return f"'{term.token[:_LONGEST]}'{':*' * (term.prefix or cut)}"


def _on_postgresql(terms: Sequence[str], index: Index) -> SelectBase:
    gin = table(index.name, column(index.key), column("part"), column("tokens"))
    id_, tokens = gin.c[index.key], gin.c.tokens
    in_one_row = select(id_).where(tokens.op("@@")(cast(" & ".join(terms), TSQUERY)))
    asked = func.unnest(cast(list(terms), ARRAY(Text))).table_valued("term").render_derived()
    in_its_parts = (
        select(id_)
        .select_from(gin.join(asked, tokens.op("@@")(cast(asked.c.term, TSQUERY))))
        .where(gin.c.part >= _FIRST)
        .group_by(id_)
        .having(func.count(distinct(asked.c.term)) == len(terms))
    )
    return in_one_row.union_all(in_its_parts)
