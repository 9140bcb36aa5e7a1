"""`cunzheng release`: a crawl that was held is taken into account."""

from typing import Annotated

import typer

from cli.context import address, errors_told, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import print_json

CrawlId = Annotated[int, typer.Argument(metavar="CRAWL", min=1, help="argument.crawl")]


def release(
    crawl: CrawlId, as_json: Json = False, archive: ArchiveUrl = None, lang: Lang = None
) -> None:
    say = speaking(lang)
    with errors_told(say):
        from storage.archive import Archive

        url = address(archive, say)
        Archive.consult(url).close()  # raises NoArchive rather than make one
        opened = Archive.open(url)
        try:
            released = opened.release(crawl)
        finally:
            opened.close()
    if as_json:
        print_json(released)
        return
    hosts = ", ".join(released.hosts)
    typer.echo(say("release.done", crawl=crawl, hosts=hosts, articles=released.articles))
