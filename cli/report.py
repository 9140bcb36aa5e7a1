"""`cunzheng report`: what came of a night's crawls, on one screen."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.context import Desk, moment, opened
from cli.options import ArchiveUrl, Json, Lang
from cli.output import print_json
from cli.report_lines import lines_of

if TYPE_CHECKING:
    from storage.consult.nights import Night

_STYLES = {"✗": "bold red", "!": "yellow", "✓": "green"}


def report(
    crawl: Annotated[
        int | None, typer.Argument(metavar="[CRAWL]", min=1, help="argument.report_crawl")
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="option.last")] = False,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="option.report_since")
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="option.exit_code")] = False,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        from crawler.nights import ending_of, worst
        from storage.consult.nights import night

        begun = moment(since, desk.say, last=False)
        found = desk.archive.ask(night, crawl, begun, newest=last)
        if as_json:
            print_json(document(found))
        else:
            print_night(desk, found)
    code = worst(ending_of(each) for each in found.crawls)
    if exit_code and code:
        raise typer.Exit(code)


def print_night(desk: Desk, found: "Night") -> None:
    """One screen: what needs a person first, then what happened, then what is held."""
    for line in lines_of(found, desk.say):
        desk.screen.print(Text(line, _STYLES.get(line[:1], "")), soft_wrap=True)


def document(found: "Night") -> dict[str, object]:
    """The night as one JSON document, each crawl with its exit code and what is odd about it."""
    from crawler.nights import ending_of, worst
    from storage.consult.plain import plain

    crawls = []
    for each in found.crawls:
        code = ending_of(each)
        odd = [usual.figure for usual in each.usual if usual.odd]
        crawls.append({**plain(each), "exit_code": int(code), "ending": code.name, "odd": odd})
    return {
        "crawls": crawls,
        "held": found.held,
        "exit_code": int(worst(ending_of(each) for each in found.crawls)),
    }
