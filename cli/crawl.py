"""`cunzheng crawl`: many declared sites side by side, with one report."""

import os
import signal
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.context import Desk, address, opened, speaking
from cli.options import ArchiveUrl, Json, Lang, ProgressName
from cli.output import print_json
from cli.scheduled import declared, project
from cli.words import Language, Say

if TYPE_CHECKING:
    from cli.fleet import SiteEnded
    from crawler.site import Site
    from storage.consult.nights import Night

_DOWN = "site_down"
"""The reason with which a crawl closes whose site does not answer."""


def crawl(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SITES...]", help="argument.sites")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="option.all_sites")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, help="option.jobs")
    ] = None,
    progress: Annotated[
        ProgressName, typer.Option("--progress", help="option.progress")
    ] = ProgressName.AUTO,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    from cli.fleet import means_of_this_machine
    from crawler.nights import worst

    say = speaking(lang)
    chosen = _chosen(names or [], say, everything=everything)
    at_once = jobs or means_of_this_machine()
    url = address(archive, say)
    quiet = as_json and progress is ProgressName.AUTO
    way = ProgressName.NONE if quiet else progress
    given = os.environ | {"ARCHIVE_URL": url, "CUNZHENG_LANG": say.language.value}
    ended = _run(_well_first(chosen, url), at_once, given, say, way)
    code = worst(each.code for each in ended)
    _tell(ended, url, say.language, as_json=as_json)
    if code:
        raise typer.Exit(int(code))


def _chosen(names: Sequence[str], say: Say, *, everything: bool) -> "list[Site]":
    sites = {site.name: site for site in declared(say)}
    unknown = [name for name in names if name not in sites]
    if everything == bool(names) or unknown or not sites:
        raise typer.BadParameter(say("error.which_sites", names=", ".join(sites)))
    return list(sites.values()) if everything else [sites[name] for name in dict.fromkeys(names)]


def _well_first(sites: "Sequence[Site]", url: str) -> "list[Site]":
    """Sites that were down the last time come last: what never answers keeps no place meanwhile
    from what does."""
    from storage import Consultation
    from storage.consult.last_crawls import last_ended
    from storage.errors import ArchiveError

    try:
        archive = Consultation.open(url)
        last = archive.ask(last_ended, 1)
        archive.close()
    except ArchiveError:  # there is none yet, or each crawl tells what is wrong with it
        return list(sites)
    down = {row.spider for row in last if row.finish_reason == _DOWN}
    return sorted(sites, key=lambda site: site.name in down)


def _run(
    sites: "Sequence[Site]", jobs: int, environment: dict[str, str], say: Say, way: ProgressName
) -> "list[SiteEnded]":
    from cli.fleet import Fleet
    from cli.fleet_progress import shown

    with shown(way, [site.name for site in sites], min(jobs, len(sites)), say) as board:
        fleet = Fleet(project(), environment, board.watch)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: fleet.end())
        ended: list[SiteEnded] = []
        for each in fleet.run(sites, jobs):
            ended.append(each)
            board.ended(each)
    return ended


def _tell(ended: "Sequence[SiteEnded]", url: str, language: Language, *, as_json: bool) -> None:
    """The report of all crawls that the archive knows of."""
    from cli.report import document, print_night
    from crawler.ending import ExitCode
    from crawler.nights import worst

    unknown = {ExitCode.LOCKED, ExitCode.CONFIGURATION, ExitCode.INTERNAL}
    names = [each.name for each in ended if each.code not in unknown]
    told: dict[str, Any] = {
        "sites": [{**_plain(each), "ending": each.code.name} for each in ended],
        "exit_code": int(worst(each.code for each in ended)),
        "report": None,
    }
    if names:
        with opened(url, language) as desk:
            found = _night(desk, names)
            told["report"] = document(found)
            if not as_json:
                print_night(desk, found)
    if as_json:
        print_json(told)


def _night(desk: Desk, names: Sequence[str]) -> "Night":
    from storage.consult.nights import night

    return desk.archive.ask(night, of=names)


def _plain(each: "SiteEnded") -> dict[str, object]:
    return {
        "name": each.name,
        "exit_code": int(each.code),
        "seconds": round(each.seconds, 3),
        "said": each.err.strip(),
    }
