"""Addresses of the frontier that wait to be written: those decided on, and those that ended."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, bindparam, update

from storage.schema import frontier

Row = dict[str, Any]


@dataclass
class Addresses:
    """What waits, of one crawl. Of one address the first of each stands."""

    connection: Connection
    crawl_id: int
    _wanted: dict[str, Row] = field(default_factory=dict)
    _ended: dict[str, Row] = field(default_factory=dict)

    def want(self, url: str, row: Row, insert: Callable[[Table], Any]) -> None:
        """Decide on an address. One that ended before that, undecided on, has no outcome by it."""
        if url in self._ended:
            self.write(insert)
        self._wanted.setdefault(url, {"crawl_id": self.crawl_id, "url": url} | row)

    def end(self, url: str, row: Row) -> None:
        self._ended.setdefault(url, {"its_crawl": self.crawl_id, "its_url": url} | row)

    def write(self, insert: Callable[[Table], Any]) -> None:
        """Write all that waits; `insert` makes a statement that knows ON CONFLICT."""
        if self._wanted:
            new = insert(frontier).on_conflict_do_nothing()
            self.connection.execute(new, list(self._wanted.values()))
            self._wanted.clear()
        if self._ended:
            self.connection.execute(_END, list(self._ended.values()))
            self._ended.clear()


_END = update(frontier).where(
    frontier.c.crawl_id == bindparam("its_crawl"),
    frontier.c.url == bindparam("its_url"),
    frontier.c.outcome.is_(None),
)
