"""`cunzheng digest`: what stands for all that was recorded, to be kept where no crawler writes."""

import typer

from cli.context import opened
from cli.options import ArchiveUrl, Json, Lang
from cli.output import at, print_json


def digest(as_json: Json = False, archive: ArchiveUrl = None, lang: Lang = None) -> None:
    with opened(archive, lang) as desk:
        newest = desk.archive.newest_anchor()
        if as_json:
            print_json({"newest": newest})
        elif newest is None:
            typer.echo(desk.say("digest.none"), err=True)
        else:
            when = at(newest.finished_at)
            typer.echo(desk.say("digest.of", digest=newest.digest, crawl=newest.crawl_id, at=when))
