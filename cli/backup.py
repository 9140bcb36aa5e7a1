"""`cunzheng backup`: a copy of the archive, also while a crawl writes."""

import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.filesize import decimal

from cli.context import address, errors_told, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import BEIJING, print_json

_OURS = re.compile(r"archive-\d{8}-\d{6}\.(?:db|dump)")


def backup(
    path: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="argument.copy")] = None,
    into: Annotated[Path | None, typer.Option("--into", metavar="DIR", help="option.into")] = None,
    keep: Annotated[
        int | None, typer.Option("--keep", metavar="N", min=1, help="option.keep")
    ] = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    say = speaking(lang)
    if (path is None) == (into is None) or (keep and into is None):
        raise typer.BadParameter(say("error.copy_where"))
    url = address(archive, say)
    with errors_told(say):
        from storage.backup import backup as copied

        made = copied(url, path or _named(into or Path(), url))
    removed = _thin_out(into, keep) if into and keep else []
    if as_json:
        print_json({**asdict(made), "removed": removed} if into else made)
    else:
        told = {"articles": made.articles, "captures": made.captures}
        typer.echo(say("backup.done", path=made.path, size=decimal(made.size), **told))
        for old in removed:
            typer.echo(say("backup.removed", path=old))


def _named(folder: Path, url: str) -> Path:
    """A new file in the folder, named by the moment in Beijing."""
    folder.mkdir(parents=True, exist_ok=True)
    ending = "dump" if url.startswith("postgresql") else "db"
    return folder / f"archive-{datetime.now(BEIJING):%Y%m%d-%H%M%S}.{ending}"


def _thin_out(folder: Path, keep: int) -> list[str]:
    """Delete our backups but for the newest; what has another name is not looked at."""
    ours = sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))
    for old in ours[:-keep]:
        old.unlink()
    return [str(old) for old in ours[:-keep]]
