"""By which plan a database answers: every statement of a question, and what it reads in full."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event

BIG = frozenset(
    {
        "articles", "capture_facts", "capture_readings", "contents", "content_attachments", "edits",
        "events", "frontier", "payloads", "placements", "version_spans", "content_search",
        "edit_search", "capture_chain", "version_chain", "seals",
    }
)  # fmt: skip
"""The tables that grow with what is archived; the others grow with sites, channels and crawls."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A statement, what the database says it will do, and the big tables that it reads in full."""

    statement: str
    steps: tuple[str, ...]
    scanned: frozenset[str]


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed while the block lasts, with what was asked for."""
    heard: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, query: str, values: Any, *_: object) -> None:
        heard.append((query, values))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def plan(connection: Connection, statement: str, values: Any) -> Plan:
    """What the database does for a statement."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        steps = tuple(row[3] for row in rows)
        return Plan(statement, steps, _scanned_by_sqlite(statement, steps))
    row = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    root = (json.loads(row) if isinstance(row, str) else row)[0]["Plan"]
    nodes = list(_nodes(root))
    steps = tuple(f"{node['Node Type']} {node.get('Relation Name', '')}".strip() for node in nodes)
    return Plan(statement, steps, _scanned_by_postgresql(nodes))


_SCAN = re.compile(r"SCAN (\w+)")
_ALIAS = re.compile(r"\b(?:FROM|JOIN|,)\s+\(?\s*(\w+)\s+AS\s+(\w+)", re.IGNORECASE)


def _scanned_by_sqlite(statement: str, steps: tuple[str, ...]) -> frozenset[str]:
    names = {alias: table for table, alias in _ALIAS.findall(statement)}
    scans = (
        step for step in steps if step.startswith("SCAN") and "VIRTUAL TABLE INDEX" not in step
    )
    in_full = (_SCAN.match(step) for step in scans if " INDEX " not in step or "COVERING" in step)
    found = {names.get(match[1], match[1]) for match in in_full if match}
    return frozenset(found & BIG)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _scanned_by_postgresql(nodes: list[dict[str, Any]]) -> frozenset[str]:
    found = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}
    return frozenset(found & BIG)
