"""`cunzheng reread`: all readings made anew from the captures, by the reader of today."""

from dataclasses import dataclass, field

import typer

from cli.context import address, errors_told, settings_named, speaking
from cli.options import ArchiveUrl, Json, Lang, Site
from cli.output import print_json
from cli.waiting import waiting
from cli.words import Say


@dataclass(slots=True)
class _Told:
    """What came of it: articles and captures read again, and those that show something else; the
    crawls that were held and are no longer, and those that still are."""

    articles: int = 0
    captures: int = 0
    altered_articles: int = 0
    altered_captures: int = 0
    released: list[int] = field(default_factory=list)
    still_held: list[int] = field(default_factory=list)


def reread(
    site: Site = None, as_json: Json = False, archive: ArchiveUrl = None, lang: Lang = None
) -> None:
    say = speaking(lang)
    with errors_told(say):
        told = _reread(address(archive, say), site, say)
    if as_json:
        print_json(told)
    else:
        _say(told, say)


def _say(told: _Told, say: Say) -> None:
    if told.articles == 0:
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
    for crawl in told.released:
        typer.echo(say("reread.released", crawl=crawl))
    for crawl in told.still_held:
        typer.echo(say("reread.still_held", crawl=crawl))


def _reread(url: str, site: str | None, say: Say) -> _Told:
    """Raises NoArchive rather than make one."""
    from crawler.guarding import guard_from
    from crawler.reading.values import READER
    from crawler.rereading import Rereader
    from storage.archive import Archive

    Archive.consult(url).close()
    archive, told = Archive.open(url, guard=guard_from(settings_named())), _Told()
    try:
        held = archive.held_crawls()
        planned = archive.outdated(READER, host=site)
        with waiting(lambda done, of: say("reread.progress", done=done, of=of)) as tell:
            for mended in archive.reread(Rereader(), READER, host=site):
                told.articles += 1
                told.captures += mended.read
                told.altered_articles += bool(mended.altered)
                told.altered_captures += mended.altered
                tell(told.articles, planned)
        told.still_held = archive.held_crawls()
        told.released = [crawl for crawl in held if crawl not in told.still_held]
    finally:
        archive.close()
    return told
