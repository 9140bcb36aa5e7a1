"""What the database itself can tell: its pages, its foreign keys, the types of its values.

PostgreSQL enforces types, and has its own checksums: those are for SQLite's file. Its keys can be
switched off, and a copy restored without them, so that they are looked at there too.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    Select,
    Table,
    exists,
    literal_column,
    select,
)

from storage.instant import Instant
from storage.schema import metadata
from storage.verifying.findings import Finding, Looked, Problem, row

_DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
_INSTANT = f"{_DAY}T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z"


def check_database(engine: Engine, _sample: int | None) -> Iterator[Looked]:
    """SQLite's own checks of its file, and all foreign keys."""
    if engine.dialect.name != "sqlite":
        yield from _keys(engine)
        return
    with engine.connect() as connection:
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        pages = [Finding("database", Problem.DATABASE, each) for each in said if each != "ok"]
        yield Looked("database", 1, tuple(pages))
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        found = tuple(_dangling(connection, *each[:3]) for each in loose)
        yield Looked("database", 1, found)


def _keys(engine: Engine) -> Iterator[Looked]:
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            with engine.connect() as connection:
                loose = connection.execute(_loose(table, key)).all()
            parent = key.referred_table.name
            found = (Finding(row(table.name, *each), Problem.DANGLING, parent) for each in loose)
            yield Looked("database", 1, tuple(found))


def _loose(table: Table, key: ForeignKeyConstraint) -> Select[Any]:
    """The keys of the rows that name a row which is not there."""
    parent = key.referred_table.alias()
    (column,) = key.columns
    same = parent.c[key.elements[0].column.name] == column
    there = exists().where(same).correlate(table)
    return select(*table.primary_key.columns).where(column.is_not(None), ~there)


def _dangling(connection: Connection, table: str, rowid: int | None, parent: str) -> Finding:
    key = list(metadata.tables[table].primary_key.columns) if table in metadata.tables else []
    number: list[Any] = [rowid]
    if rowid is not None and key:
        query = select(*key).where(literal_column("rowid") == rowid)
        number = list(connection.execute(query).one())
    return Finding(row(table, *number), Problem.DANGLING, parent)


def check_values(engine: Engine, _sample: int | None) -> Iterator[Looked]:
    """Values that are not of their column's type, which SQLite would keep all the same."""
    if engine.dialect.name != "sqlite":
        return
    for table in metadata.sorted_tables:
        with engine.connect() as connection:
            _teach(connection)
            yield Looked("values", 1, tuple(_odd_rows(connection, table)))


def _teach(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.create_function("is_utf8", 1, _is_utf8, deterministic=True)
    driver.create_function("as_utf8", 1, _as_utf8, deterministic=True)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(raw: bytes) -> str:
    return raw.decode(errors="replace")


def _odd_rows(connection: Connection, table: Table) -> Iterator[Finding]:
    key = list(table.primary_key.columns)
    odd = [f"CASE WHEN {_odd(column)} THEN '{column.name}' END" for column in table.columns]
    names = ", ".join([*map(_readable, key), *odd])
    some = " OR ".join(_odd(column) for column in table.columns)
    query = f"SELECT {names} FROM {table.name} WHERE {some}"  # noqa: S608
    for found in connection.exec_driver_sql(query):
        columns = ", ".join(name for name in found[len(key) :] if name is not None)
        yield Finding(row(table.name, *found[: len(key)]), Problem.UNREADABLE, columns)


def _readable(key: Column[Any]) -> str:
    """A column of a key as it can be read, whatever is in it."""
    words = f'as_utf8(CAST("{key.name}" AS BLOB))'
    return f"""CASE typeof("{key.name}") WHEN 'text' THEN {words} ELSE "{key.name}" END"""


def _odd(column: Column[Any]) -> str:
    """The condition under which a value is not one of its column; NULL has constraints already."""
    name = f'"{column.name}"'
    match column.type:
        case JSON():
            odd = f"(NOT is_utf8(CAST({name} AS BLOB)) OR NOT json_valid({name}))"
        case Instant():
            odd = f"({name} NOT GLOB '{_INSTANT}' OR julianday({name}) IS NULL)"
        case Boolean():
            odd = f"{name} NOT IN (0, 1)"
        case Integer():
            odd = f"typeof({name}) <> 'integer'"
        case LargeBinary():
            odd = f"typeof({name}) <> 'blob'"
        case _:
            odd = f"(typeof({name}) <> 'text' OR NOT is_utf8(CAST({name} AS BLOB)))"
    return f"({name} IS NOT NULL AND {odd})"
