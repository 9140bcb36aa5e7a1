"""`cunzheng backup`: a copy of the archive, also while a crawl writes."""

from pathlib import Path
from typing import Annotated

import typer
from rich.filesize import decimal

from cli.context import address, errors_told, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import print_json


def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="argument.copy")],
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    say = speaking(lang)
    with errors_told(say):
        from storage.backup import backup as copied

        made = copied(address(archive, say), path)
    if as_json:
        print_json(made)
    else:
        told = {"articles": made.articles, "captures": made.captures}
        typer.echo(say("backup.done", path=made.path, size=decimal(made.size), **told))
