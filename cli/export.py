"""`cunzheng export`: the archive's rows for other tools."""

import errno
import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from cli.context import Desk, opened
from cli.options import ArchiveUrl, Channel, Json, Lang, Site
from cli.output import print_json, to_json

if TYPE_CHECKING:
    from storage.consult.export import Exported


class Format(StrEnum):
    JSONL = "jsonl"


def export(
    form: Annotated[Format, typer.Option("--format", help="option.format")] = Format.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="option.output")
    ] = None,
    articles: Annotated[bool, typer.Option("--articles", help="option.articles")] = False,
    site: Site = None,
    channel: Channel = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        from storage.consult.export import Selection

        if as_json and output is None:
            raise typer.BadParameter(desk.say("error.json_output"))
        chosen = Selection(site, channel)
        ask = desk.archive.export_articles if articles else desk.archive.export_versions
        if output is None:
            _write(ask(chosen), sys.stdout)
            return
        count = _write_file(desk, ask(chosen), output)
        if as_json:
            print_json({"file": str(output), "format": form.value, "rows": count})
        else:
            desk.screen.print(desk.say("export.done", path=output, n=count), soft_wrap=True)


def _write(rows: Iterable["Exported"], target: TextIO) -> int:
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        target.write(f"{to_json(row, indent=None)}\n")
    return count


def _write_file(desk: Desk, rows: Iterable["Exported"], path: Path) -> int:
    """Write the whole file or none: it takes its name when it is complete."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as target:
            count = _write(rows, target)
        part.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        typer.echo(f"cunzheng: {desk.say('error.output', path=path, reason=reason)}", err=True)
        raise typer.Exit(3 if error.errno == errno.ENOSPC else 4) from error
    return count
