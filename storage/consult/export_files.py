"""Exported rows as files: a JSON object a line, CSV, Parquet."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from storage.consult.export import Exported
from storage.consult.export_fields import TABLES, Field, Kind
from storage.errors import ExtraMissing

if TYPE_CHECKING:
    import pyarrow

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell for a formula by (OWASP, CSV injection)."""
_GROUP = 500
"""Rows of a group in a Parquet file: a few megabytes of texts."""


def write_jsonl(
    rows: Iterable[Exported], target: BinaryIO, line: Callable[[Exported], str] | None = None
) -> int:
    """A JSON object a line, as `line` writes it; the number of rows."""
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        text = line(row) if line else json.dumps(row, ensure_ascii=False)
        target.write(text.encode("utf-8", "replace") + b"\n")
    return count


def write_csv(table: str, rows: Iterable[Exported], target: BinaryIO) -> int:
    """CSV (RFC 4180) in UTF-8 with a mark by which spreadsheets know it; the number of rows.

    A text that a spreadsheet would run as a formula has an apostrophe before it.
    """
    text = io.TextIOWrapper(target, "utf-8-sig", errors="replace", newline="", write_through=True)
    lines = csv.writer(text)
    lines.writerow([field.name for field in TABLES[table]])
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        lines.writerow([_cell(field, row[field.name]) for field in TABLES[table]])
    text.detach()
    return count


def write_parquet(table: str, rows: Iterable[Exported], target: BinaryIO) -> int:
    """Parquet, zstd within; the number of rows. What a field means stands in its metadata.

    Raises ExtraMissing where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ExtraMissing("Parquet needs pyarrow: pip install pyarrow") from error
    schema, count = _schema(pyarrow, table), 0
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for group in _groups(rows):
            values = {f.name: [_value(f, row[f.name]) for row in group] for f in TABLES[table]}
            writer.write_table(pyarrow.Table.from_pydict(values, schema))
            count += len(group)
    return count


def _groups(rows: Iterable[Exported]) -> Iterator[list[Exported]]:
    source = iter(rows)
    while group := list(islice(source, _GROUP)):
        yield group


def _cell(field: Field, value: Any) -> Any:
    if value is None or field.kind in (Kind.INTEGER, Kind.INSTANT):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _schema(pyarrow: Any, table: str) -> "pyarrow.Schema":
    kinds = {
        Kind.INTEGER: pyarrow.int64(),
        Kind.TEXT: pyarrow.string(),
        Kind.INSTANT: pyarrow.timestamp("us", tz="UTC"),
        Kind.TEXTS: pyarrow.list_(pyarrow.string()),
        Kind.JSON: pyarrow.string(),
    }
    return pyarrow.schema(
        pyarrow.field(field.name, kinds[field.kind], metadata={"zh": field.zh, "en": field.en})
        for field in TABLES[table]
    )


def _value(field: Field, value: Any) -> Any:
    if value is None:
        return None
    match field.kind:
        case Kind.INSTANT:
            return datetime.fromisoformat(value)
        case Kind.JSON:
            return json.dumps(value, ensure_ascii=False)
        case _:
            return value
