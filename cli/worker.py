"""`cunzheng worker`: runs the jobs of all declared sites on this machine, beside other machines."""

import asyncio
import importlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import address, errors_told, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import clean, to_json
from cli.schedule import Begins, Budget, Copies, Ends, Keep, minutes
from cli.scheduled import planned, project
from cli.words import Say

if TYPE_CHECKING:
    from cli.cluster.crew import JobEnded
    from cli.scheduling.plan import Job


def worker(
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, help="option.jobs")
    ] = None,
    begins: Begins = "22:00",
    ends: Ends = "05:00",
    budget: Budget = None,
    upkeep: Annotated[bool, typer.Option("--upkeep", help="option.upkeep")] = False,
    backups: Copies = None,
    keep: Keep = 4,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    say = speaking(lang)
    wish: dict[str, object] = {
        "begins": minutes(begins, say),
        "ends": minutes(ends, say),
        "budget": budget,
        "backups": str(backups.resolve()) if backups else None,
        "keep": keep,
    }
    with errors_told(say):
        _work(address(archive, say), wish, jobs, say, upkeep=upkeep, as_json=as_json)


def _work(
    url: str, wish: dict[str, object], jobs: int | None, say: Say, *, upkeep: bool, as_json: bool
) -> None:
    from cli.cluster.tables import conninfo, jobs_of

    conninfo(url)  # says what is missing, before anything is loaded that would not be there
    from cli.cluster.crew import Bearings, Crew, quiet
    from cli.fleet import means_of_this_machine
    from storage.archive import Archive

    Archive.open(url).close()
    with jobs_of(url):
        pass
    quiet()
    declared = _Declared(wish, url, upkeep, say)
    telling = _Telling(say, as_json)
    bearings = Bearings(
        url=url,
        root=project(),
        environment=os.environ | {"ARCHIVE_URL": url, "CUNZHENG_PROGRESS": "none"},
        at_once=jobs or means_of_this_machine(),
        upkeep=upkeep,
        stalled_after_s=stalled_after_s(),
        jobs=declared.jobs,
        plan=declared.plan,
        tell=telling.ended,
        lost=telling.lost,
    )
    name = bearings.name
    telling.line(say("worker.begin", name=name, jobs=bearings.at_once), name=name)
    asyncio.run(Crew(bearings).work())
    telling.line(say("worker.end", name=name), name=name)


def stalled_after_s() -> float:
    """Seconds without a sign of life after which a worker is taken to be dead."""
    return float(importlib.import_module("settings").WORKER_STALLED_AFTER)


@dataclass
class _Declared:
    """The jobs of the sites that this machine's sites.toml declares, at each moment."""

    wish: dict[str, object]
    url: str
    upkeep: bool
    say: Say
    _last: Mapping[str, "Job"] = field(default_factory=dict, init=False)

    def jobs(self) -> Mapping[str, "Job"]:
        """By name. A file that cannot be read is told, and the last that could be is kept."""
        from crawler.site import SitesFileError, load_sites

        try:
            sites = load_sites(Path(importlib.import_module("settings").SITES_FILE))
        except SitesFileError as error:
            line = self.say("doctor.sites.unreadable", detail=clean(str(error)))
            typer.echo(f"cunzheng: {line}", err=True)
        else:
            self._last = {job.name: job for job in planned(sites, self.wish, project())}
        return self._last

    def plan(self) -> None:
        """Queue what is due."""
        from cli.cluster.planning import SITES, queue_of
        from cli.cluster.queue import add_due
        from cli.cluster.tables import jobs_of

        known = self.jobs().values()
        mine = [job for job in known if self.upkeep or queue_of(job) == SITES]
        with jobs_of(self.url) as tables:
            add_due(tables, mine, datetime.now(UTC))


@dataclass(frozen=True)
class _Telling:
    """One line for what happens: words, or JSON."""

    say: Say
    as_json: bool

    def ended(self, job: "JobEnded") -> None:
        ending = self.say(f"ending.{job.code.name}")
        numbers = {"id": job.id, "seconds": round(job.seconds)}
        line = self.say("worker.ended", name=job.name, ending=ending, **numbers)
        told = {"job": job.id, "name": job.name, "exit_code": int(job.code)}
        self.line(line, **told, seconds=round(job.seconds, 3), said=job.said)
        for said in [] if self.as_json or not job.code else job.said.splitlines():
            typer.echo(f"    {clean(said)}", err=True)

    def lost(self, why: str) -> None:
        self.line(f"cunzheng: {self.say('worker.lost', why=clean(why))}", lost=why)

    def line(self, text: str, **told: object) -> None:
        if self.as_json:
            sys.stdout.write(f"{to_json({'at': datetime.now(UTC)} | told, indent=None)}\n")
            sys.stdout.flush()
        else:
            typer.echo(text, err=True)
