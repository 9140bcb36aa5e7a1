"""`cunzheng move`: an archive of SQLite becomes one on PostgreSQL, proved to hold the same."""

from typing import Annotated

import typer

from cli.context import address, errors_told, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import print_json


def move(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="option.to")],
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    say = speaking(lang)
    with errors_told(say):
        from storage.moving import move as moved

        tables = moved(address(archive, say), to)
    if as_json:
        print_json({"tables": tables})
        return
    for table in tables:
        typer.echo(f"{table.rows:>10}  {table.digest[:16]}  {table.name}")
    typer.echo(say("move.done", n=len(tables)))
