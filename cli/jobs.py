"""`cunzheng jobs`: the queue of all machines, shown and altered."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from cli.context import address, errors_told, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import at, cell, console, print_json, table
from cli.scheduled import declared, planned, project
from cli.words import WORDS, Say
from cli.worker import stalled_after_s

if TYPE_CHECKING:
    from cli.cluster.queue import JobHeld, Shown
    from cli.cluster.tables import Jobs
    from cli.scheduling.plan import Job


class Deed(StrEnum):
    """What is done to the queue."""

    ADD = "add"
    RETRY = "retry"
    CANCEL = "cancel"


def jobs(
    deed: Annotated[Deed | None, typer.Argument(metavar="[DEED]", help="argument.deed")] = None,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAMES...]", help="argument.jobs")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="option.all_jobs")] = False,
    snapshots: Annotated[bool, typer.Option("--snapshot", help="option.snapshots")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="option.limit")] = 20,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    say = speaking(lang)
    if (deed is None) != (not names and not everything):
        raise typer.BadParameter(say("error.which_jobs"))
    url = address(archive, say)
    with errors_told(say):
        from cli.cluster.tables import in_our_words, jobs_of

        with jobs_of(url) as tables, in_our_words(url):
            if deed is None:
                _show(tables, say, limit, as_json=as_json)
            else:
                done = _DEEDS[deed](tables, names or [], say, snapshots)
                _told(done, deed, say, as_json=as_json)


def _add(tables: "Jobs", names: Sequence[str], say: Say, snapshots: bool) -> "list[str]":
    from cli.cluster.queue import add

    return add(tables, _chosen(names, say, snapshots))


def _retry(tables: "Jobs", names: Sequence[str], say: Say, _: bool) -> "list[int]":
    from cli.cluster.queue import again

    return again(tables, _numbers(names, say))


def _cancel(tables: "Jobs", names: Sequence[str], say: Say, _: bool) -> "list[int]":
    from cli.cluster.queue import cancel, waiting_ids

    return cancel(tables, _numbers(names, say) or waiting_ids(tables))


_Act = Callable[["Jobs", Sequence[str], Say, bool], "list[str] | list[int]"]
_DEEDS: dict[Deed, _Act] = {Deed.ADD: _add, Deed.RETRY: _retry, Deed.CANCEL: _cancel}


def _chosen(names: Sequence[str], say: Say, snapshots: bool) -> "list[Job]":
    """The jobs of these sites, of all where none is named; a job may be named itself, too."""
    sites = declared(say)
    known = {job.name: job for job in planned(sites, {}, project())}
    kind = "snapshot" if snapshots else "crawl"
    wanted = [
        name if name in known else f"{kind}-{name}"
        for name in names or [site.name for site in sites]
    ]
    if not wanted or set(wanted) - known.keys():
        there = ", ".join(site.name for site in sites)
        raise typer.BadParameter(say("error.which_sites", names=there))
    return [known[name] for name in dict.fromkeys(wanted)]


def _numbers(names: Sequence[str], say: Say) -> list[int]:
    if not all(name.isdigit() for name in names):
        raise typer.BadParameter(say("error.job_number"))
    return [int(name) for name in names]


def _told(done: "list[str] | list[int]", deed: Deed, say: Say, *, as_json: bool) -> None:
    if as_json:
        print_json({deed.value: done})
    else:
        typer.echo(say(f"jobs.{deed.value}", n=len(done), names=", ".join(map(str, done)) or "—"))


def _show(tables: "Jobs", say: Say, limit: int, *, as_json: bool) -> None:
    from cli.cluster.queue import shown

    found = shown(tables, stalled_after_s(), limit)
    if as_json:
        print_json(found)
        return
    screen = console()
    _print_crews(screen, found, say)
    for title in ("running", "waiting", "failed", "ended"):
        _print_jobs(screen, title, getattr(found, title), say)
    if not found.counts:
        screen.print(say("jobs.none"))


def _print_crews(screen: Console, found: "Shown", say: Say) -> None:
    crews = table(say, "head.worker", "head.places", "head.seen", numbers=("head.places",))
    for crew in found.crews:
        seen = at(crew.seen) if crew.alive else say("jobs.silent", at=at(crew.seen))
        crews.add_row(cell(crew.name), cell(f"{crew.running}/{crew.at_once}"), cell(seen))
    screen.print(crews if found.crews else say("jobs.no_worker"))


def _print_jobs(screen: Console, title: str, jobs: "tuple[JobHeld, ...]", say: Say) -> None:
    if not jobs:
        return
    screen.print(f"\n{say(f'jobs.{title}')}", style="bold")
    rows = table(say, "head.number", "head.job", "head.worker", "head.since", "head.ending")
    for job in jobs:
        when = job.scheduled_at if title == "waiting" else job.ended_at or job.began_at
        rows.add_row(
            cell(job.id), cell(job.name), cell(job.worker), cell(at(when)), cell(_ending(job, say))
        )
    screen.print(rows)


def _ending(job: "JobHeld", say: Say) -> str:
    if job.exit_code is None:
        return ""
    from crawler.ending import ExitCode

    key = f"ending.{ExitCode(job.exit_code).name}"
    line = (job.said or "").strip().rpartition("\n")[2]
    told = say(key) if key in WORDS else str(job.exit_code)
    return f"{told}: {line}" if line and job.exit_code else told
