"""Pending: rows that wait to be written together, a table at a time.

A statement for each row costs ten times what the row does. Rows are gathered here while a batch is
worked off, with ids that the database gave or will not give to others, and written in the order in
which tables refer to each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    cast,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import REGCLASS

from storage import fulltext
from storage.schema import (
    articles,
    capture_facts,
    capture_readings,
    content_attachments,
    contents,
    events,
    payloads,
    placements,
    version_files,
    version_spans,
)

Row = dict[str, Any]

_ORDER = (
    articles, placements, payloads, contents, content_attachments, capture_facts, version_spans,
    capture_readings, events,
)  # fmt: skip
_COUNTED_UP = frozenset({"version_spans", "events"})
"""Tables of which SQLite remembers the highest id that was ever given."""


class Ids:
    """Ids for rows that are not written yet. Whoever writes is alone (`storage.engine`), and may
    count on from the highest one; the sequences of PostgreSQL are told how far."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        self._given: dict[Table, int] = {}
        self._untold: set[Table] = set()

    def next(self, table: Table) -> int:
        if table not in self._given:
            self._given[table] = self._highest(table)
        self._given[table] += 1
        self._untold.add(table)
        return self._given[table]

    def tell(self) -> None:
        """Let the database go on behind what was given."""
        for table in self._untold if not self._sqlite else ():
            self._connection.scalar(select(func.setval(_sequence(table), self._given[table])))
        self._untold.clear()

    def forget(self) -> None:
        """Rows may have been written past these."""
        self._given.clear()

    def _highest(self, table: Table) -> int:
        if not self._sqlite:
            query = select(func.pg_sequence_last_value(cast(_sequence(table), REGCLASS)))
            return self._connection.scalar(query) or 0
        there = self._connection.scalar(select(func.max(table.c.id))) or 0
        return max(there, self._ever(table))

    def _ever(self, table: Table) -> int:
        if table.name not in _COUNTED_UP:
            return 0
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return self._connection.scalar(query, {"name": table.name}) or 0


def _sequence(table: Table) -> ColumnElement[str]:
    return func.pg_get_serial_sequence(table.name, "id")


@dataclass
class Pending:
    """What waits. A row that is new and altered before it is written is written once."""

    connection: Connection
    _new: dict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))
    _by_id: dict[tuple[Table, int], Row] = field(default_factory=dict)
    _altered: dict[tuple[Table, int], Row] = field(default_factory=dict)
    _tokens: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    _files: dict[int, list[Row]] = field(default_factory=dict)
    _after: dict[Any, Callable[[Connection], None]] = field(default_factory=dict)

    def insert(self, table: Table, row: Row) -> None:
        """A new row. All rows of a table name the same columns."""
        self._new[table].append(row)
        if (id_ := row.get(_key(table).name)) is not None:
            self._by_id[table, id_] = row

    def update(self, table: Table, id_: int, values: Mapping[str, Any]) -> None:
        """Other values for the row with this key."""
        row = self._by_id.get((table, id_))
        if row is None:
            row = self._altered.setdefault((table, id_), {})
        row.update(values)

    def index(self, content_id: int, tokens: Sequence[str]) -> None:
        """The words by which a new content is found."""
        self._tokens.append((content_id, tokens))

    def files(self, version_id: int, rows: list[Row]) -> None:
        """The files of a version, in the place of those that it had."""
        self._files[version_id] = rows

    def then(self, name: Any, write: Callable[[Connection], None]) -> None:
        """Something to do once the rows stand; once for each name."""
        self._after[name] = write

    def write(self) -> None:
        """Write all that waits."""
        for table in _ORDER:
            if rows := self._new.pop(table, None):
                self.connection.execute(table.insert(), rows)
        self._by_id.clear()
        self._write_altered()
        self._write_files()
        if self._tokens:
            fulltext.write_all(self.connection, self._tokens)
            self._tokens.clear()
        after, self._after = self._after, {}
        for write in after.values():
            write(self.connection)

    def _write_altered(self) -> None:
        alike: dict[tuple[Table, tuple[str, ...]], list[Row]] = defaultdict(list)
        for (table, id_), values in self._altered.items():
            alike[table, tuple(values)].append(values | {"this": id_})
        self._altered.clear()
        for (table, _), rows in alike.items():
            self.connection.execute(update(table).where(_key(table) == bindparam("this")), rows)

    def _write_files(self) -> None:
        if not self._files:
            return
        replaced = delete(version_files).where(version_files.c.version_id == bindparam("this"))
        self.connection.execute(replaced, [{"this": id_} for id_ in self._files])
        if rows := _flat(self._files.values()):
            self.connection.execute(version_files.insert(), rows)
        self._files.clear()


def _key(table: Table) -> Column[Any]:
    return next(iter(table.primary_key))


def _flat(lists: Iterable[list[Row]]) -> list[Row]:
    return [row for rows in lists for row in rows]
