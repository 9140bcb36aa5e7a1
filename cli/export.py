"""`cunzheng export`: the archive's rows and captures for other tools."""

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from cli.context import Desk, moment, opened
from cli.options import ArchiveUrl, Channel, Json, Lang, Since, Site, StateName, Until
from cli.output import print_json, to_json

if TYPE_CHECKING:
    from storage.consult.export import Selection


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    WARC = "warc"


class TableName(StrEnum):
    """What is a row of an export."""

    VERSIONS = "versions"
    ARTICLES = "articles"
    EVENTS = "events"


Write = Callable[[BinaryIO], int]
"""Writes all of an export into a file; how many rows or captures there were."""


def export(
    form: Annotated[Format, typer.Option("--format", help="option.format")] = Format.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="option.output")
    ] = None,
    table: Annotated[TableName, typer.Option("--table", help="option.table")] = TableName.VERSIONS,
    articles: Annotated[bool, typer.Option("--articles", help="option.articles")] = False,
    site: Site = None,
    channel: Channel = None,
    state: Annotated[StateName | None, typer.Option("--state", help="option.state")] = None,
    since: Since = None,
    until: Until = None,
    dictionary: Annotated[bool, typer.Option("--dictionary", help="option.dictionary")] = False,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    name = TableName.ARTICLES if articles else table
    if dictionary:
        _describe(name, as_json)
        return
    with opened(archive, lang) as desk:
        from storage.consult.export import Selection

        if output is None and (as_json or not _fits_screen(form)):
            key = "error.json_output" if as_json else "error.needs_output"
            raise typer.BadParameter(desk.say(key))
        chosen = Selection(
            host=site,
            channel=channel,
            state=state.value if state else None,
            since=moment(since, desk.say, last=False),
            until=moment(until, desk.say, last=True),
        )
        write = _writer(desk, form, name.value, chosen)
        if output is None:
            write(sys.stdout.buffer)
            sys.stdout.flush()
            return
        count = _write_file(desk, write, output)
        if as_json:
            print_json({"file": str(output), "format": form.value, "rows": count})
        else:
            desk.screen.print(desk.say("export.done", path=output, n=count), soft_wrap=True)


def _fits_screen(form: Format) -> bool:
    # A cell of CSV may hold what takes a terminal over; a pipe takes anything.
    return form is Format.JSONL or (form is Format.CSV and not sys.stdout.isatty())


def _writer(desk: Desk, form: Format, table: str, chosen: "Selection") -> Write:
    from storage.consult.export_files import write_csv, write_jsonl, write_parquet
    from storage.consult.export_warc import write_warc

    match form:
        case Format.JSONL:
            line = partial(to_json, indent=None)
            return lambda target: write_jsonl(desk.archive.export(table, chosen), target, line)
        case Format.CSV:
            return lambda target: write_csv(table, desk.archive.export(table, chosen), target)
        case Format.PARQUET:
            return lambda target: write_parquet(table, desk.archive.export(table, chosen), target)
        case Format.WARC:
            return lambda target: write_warc(desk.archive.export_captures(chosen), target)


def _describe(table: TableName, as_json: bool) -> None:
    """What the fields of a table mean, as a table of Markdown or as JSON."""
    from storage.consult.export_fields import TABLES

    fields = TABLES[table.value]
    if as_json:
        told = [{"name": f.name, "kind": f.kind.value, "zh": f.zh, "en": f.en} for f in fields]
        print_json({"table": table.value, "fields": told})
        return
    typer.echo(f"# {table.value}\n\n| field | kind | 含义 | meaning |\n|---|---|---|---|")
    for f in fields:
        typer.echo(f"| `{f.name}` | {f.kind.value} | {f.zh} | {f.en} |")


def _write_file(desk: Desk, write: Write, path: Path) -> int:
    """Write the whole file or none: it takes its name when it is complete."""
    part = path.with_name(f"{path.name}.part")
    with _told(desk, path):
        try:
            with part.open("wb") as target:
                count = write(target)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return count


@contextmanager
def _told(desk: Desk, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        typer.echo(f"cunzheng: {desk.say('error.output', path=path, reason=reason)}", err=True)
        raise typer.Exit(3 if error.errno == errno.ENOSPC else 4) from error
