"""What a check finds, and how far it has come."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError, NoResultFound
from zstandard import ZstdError

UNREADABLE = (
    AssertionError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    DBAPIError,
    NoResultFound,
    ZstdError,
)
"""What a damaged row, or one that names another in vain, may raise while it is read."""


class Problem(StrEnum):
    """What is wrong with a row. Each has its words."""

    DATABASE = "database"
    STOPPED = "stopped"
    UNREADABLE = "unreadable"
    DANGLING = "dangling"
    NEIGHBOUR = "neighbour"
    DAMAGED = "damaged"
    DIGEST = "digest"
    SIZE = "size"
    NOT_INDEXED = "not-indexed"
    INDEXED_OTHERWISE = "indexed-otherwise"
    INDEXED_ALONE = "indexed-alone"
    NO_SUCH_VERSION = "no-such-version"
    VERSION_DIFFERS = "version-differs"
    VERSION_LACKING = "version-lacking"
    NO_SUCH_EVENT = "no-such-event"
    EVENT_LACKING = "event-lacking"
    OUTCOME_DIFFERS = "outcome-differs"
    STANDING_DIFFERS = "standing-differs"
    EDIT_DIFFERS = "edit-differs"
    CHAIN = "chain"
    UNCHAINED = "unchained"
    SEAL = "seal"
    ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: in which row (its table and key), what, and what was expected."""

    row: str
    problem: Problem
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """Some rows that a check has looked at, and what it found in them."""

    check: str
    rows: int
    findings: tuple[Finding, ...] = ()


Check = Callable[[Engine, int | None], Iterator[Looked]]
"""One kind of check over a whole archive, or over so many rows taken by chance."""


def keys(engine: Engine, key: Column[Any], sample: int | None, chunk: int) -> Iterator[list[Any]]:
    """A table's keys in order, `chunk` at a time; or `sample` of them, taken by chance."""
    if sample is not None:
        taken = _taken(engine, key, sample)
        yield from (taken[at : at + chunk] for at in range(0, len(taken), chunk))
        return
    found = _after(engine, key, None, chunk)
    while found:
        yield found
        found = _after(engine, key, found[-1], chunk)


def _taken(engine: Engine, key: Column[Any], sample: int) -> list[Any]:
    with engine.connect() as connection:
        query = select(key).order_by(func.random()).limit(sample)
        return list(connection.scalars(query))


def _after(engine: Engine, key: Column[Any], last: Any, chunk: int) -> list[Any]:
    query = select(key).order_by(key).limit(chunk)
    with engine.connect() as connection:
        return list(connection.scalars(query if last is None else query.where(key > last)))


Look = Callable[[Connection, Any], Iterable[Finding]]
"""What is found in one row, by its key."""


def look_through(
    engine: Engine, check: str, key: Column[Any], sample: int | None, chunk: int, look: Look
) -> Iterator[Looked]:
    """Look at every row of a table, or at `sample` of them; `chunk` rows a transaction."""
    for some in keys(engine, key, sample, chunk):
        yield Looked(check, len(some), tuple(in_all(engine, key.table.name, some, look)))


def in_all(engine: Engine, table: str, some: Iterable[Any], look: Look) -> list[Finding]:
    """What is found in some rows, in one transaction. One that cannot be read is a finding."""
    with engine.connect() as connection:
        return [problem for key in some for problem in _guarded(connection, table, key, look)]


def _guarded(connection: Connection, table: str, key: Any, look: Look) -> Iterable[Finding]:
    try:
        return list(look(connection, key))
    except UNREADABLE as error:
        connection.rollback()
        return [Finding(row(table, key), Problem.UNREADABLE, told(error))]


def told(error: Exception) -> str:
    """What was raised while a damaged row was read, in one line.

    >>> told(ValueError("no date\\nat all")), told(AssertionError())
    ('no date', 'AssertionError')
    """
    return next(iter(str(error).splitlines()), "") or type(error).__name__


def row(table: str, *key: object) -> str:
    """How a row is named to a person.

    >>> row("content_attachments", 3, 1)
    'content_attachments 3/1'
    """
    return f"{table} {'/'.join(str(part) for part in key)}"
