"""`cunzheng reread`: all readings made anew from the captures, by the reader of today."""

from dataclasses import dataclass

import typer

from cli.context import address, errors_told, speaking
from cli.options import ArchiveUrl, Json, Lang, Site
from cli.output import print_json
from cli.waiting import waiting
from cli.words import Say


@dataclass(slots=True)
class _Told:
    """What came of it: articles and captures read again, and those that show something else."""

    articles: int = 0
    captures: int = 0
    altered_articles: int = 0
    altered_captures: int = 0


def reread(
    site: Site = None, as_json: Json = False, archive: ArchiveUrl = None, lang: Lang = None
) -> None:
    say = speaking(lang)
    with errors_told(say):
        told = _reread(address(archive, say), site, say)
    if as_json:
        print_json(told)
    elif told.articles == 0:
        typer.echo(say("reread.nothing"))
    else:
        typer.echo(
            say(
                "reread.done",
                articles=told.articles,
                captures=told.captures,
                altered=told.altered_articles,
            )
        )


def _reread(url: str, site: str | None, say: Say) -> _Told:
    """Raises NoArchive rather than make one."""
    from crawler.reading.values import READER
    from crawler.rereading import Rereader
    from storage.archive import Archive

    Archive.consult(url).close()
    archive, told = Archive.open(url), _Told()
    try:
        planned = archive.outdated(READER, host=site)
        with waiting(lambda done, of: say("reread.progress", done=done, of=of)) as tell:
            for mended in archive.reread(Rereader(), READER, host=site):
                told.articles += 1
                told.captures += mended.read
                told.altered_articles += bool(mended.altered)
                told.altered_captures += mended.altered
                tell(told.articles, planned)
    finally:
        archive.close()
    return told
