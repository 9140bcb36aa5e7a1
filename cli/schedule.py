"""`cunzheng schedule`: what runs by itself and when; shown, put in place, taken away."""

import os
import sys
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import speaking
from cli.options import Json, Lang
from cli.output import at, print_json
from cli.scheduled import StateFolder, declared, folder_of, planned, project
from cli.words import Say

if TYPE_CHECKING:
    from cli.scheduling.installing import Done
    from cli.scheduling.plan import Job

_CONFIGURATION = 4
_UNITS = ".config/systemd/user"


Begins = Annotated[str, typer.Option("--from", metavar="HH:MM", help="option.begins")]
Ends = Annotated[str, typer.Option("--to", metavar="HH:MM", help="option.ends")]
Budget = Annotated[
    int | None, typer.Option("--budget", metavar="N", min=0, help="option.site_budget")
]
Copies = Annotated[Path | None, typer.Option("--backups", metavar="DIR", help="option.backups")]
Keep = Annotated[int, typer.Option("--keep", metavar="N", min=1, help="option.keep")]


class By(StrEnum):
    """What starts the jobs."""

    CRON = "cron"
    SYSTEMD = "systemd"


def schedule(
    install: Annotated[bool, typer.Option("--install", help="option.install")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="option.remove")] = False,
    show: Annotated[bool, typer.Option("--show", help="option.show")] = False,
    by: Annotated[By | None, typer.Option("--by", help="option.scheduler")] = None,
    begins: Begins = "22:00",
    ends: Ends = "05:00",
    budget: Budget = None,
    backups: Copies = None,
    keep: Keep = 4,
    units: Annotated[
        Path | None, typer.Option("--units", metavar="DIR", help="option.units")
    ] = None,
    state: StateFolder = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    say = speaking(lang)
    if install + remove + show > 1:
        raise typer.BadParameter(say("error.one_of", names="--show, --install, --remove"))
    wish: dict[str, object] = {
        "begins": minutes(begins, say),
        "ends": minutes(ends, say),
        "budget": budget,
    }
    wish |= {"keep": keep, "backups": str(backups.resolve()) if backups else None}
    chosen = by or _usual()
    folder, into = folder_of(state), units or Path.home() / _UNITS
    if remove:
        _done(_removed(chosen, into, say), say, as_json=as_json)
        return
    jobs = planned(declared(say), wish, project())
    if not jobs:
        typer.echo(say("schedule.no_sites"), err=True)
        raise typer.Exit(_CONFIGURATION)
    if install:
        _done(_installed(chosen, jobs, wish, folder, into, say), say, as_json=as_json)
    else:
        _show(chosen, jobs, folder, say, as_json=as_json)


def minutes(clock: str, say: Say) -> int:
    """Minutes after midnight. Raises typer.BadParameter for what is no time of the day."""
    hour, _, minute = clock.partition(":")
    if hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60:
        return int(hour) * 60 + int(minute)
    raise typer.BadParameter(say("error.clock", text=clock))


def _usual() -> By:
    """systemd where the machine runs on it, else cron."""
    return By.SYSTEMD if Path("/run/systemd/system").is_dir() else By.CRON


def _call(folder: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", "cli.main", "scheduled", "--state", str(folder))


def _block(jobs: "tuple[Job, ...]", folder: Path) -> str:
    from cli.scheduling.cron import block

    zone = datetime.now(UTC).astimezone().utcoffset() or timedelta(0)
    return block(jobs, project(), _call(folder), zone)


def _show(by: By, jobs: "tuple[Job, ...]", folder: Path, say: Say, *, as_json: bool) -> None:
    now = datetime.now(UTC)
    if as_json:
        told = [
            {
                "name": job.name,
                "command": list(job.command),
                "at": job.at.on_calendar(),
                "next": job.at.next(now),
            }
            for job in jobs
        ]
        print_json({"by": by.value, "jobs": told})
    elif by is By.CRON:
        typer.echo(_block(jobs, folder), nl=False)
    else:
        from cli.scheduling.systemd import units

        for name, text in units(jobs, project(), _call(folder)).items():
            typer.echo(f"# {name}\n{text}")
    if not as_json:
        first = min(jobs, key=lambda job: job.at.next(now))
        typer.echo(say("schedule.next", name=first.name, at=at(first.at.next(now))), err=True)


def _installed(
    by: By,
    jobs: "tuple[Job, ...]",
    wish: dict[str, object],
    folder: Path,
    into: Path,
    say: Say,
) -> "Done":
    from cli.scheduling.installing import NotInstalled, install_cron, install_units
    from cli.scheduling.state import State
    from cli.scheduling.systemd import units

    kept = State(folder)
    kept.keep_settings(os.environ)
    kept.keep_wish(wish)
    for job in jobs:
        if kept.started(job.name) is None:  # what was due before it was planned is not missed
            kept.note_start(job.name, datetime.now(UTC))
    try:
        if by is By.CRON:
            return install_cron(_block(jobs, folder), project())
        return install_units(units(jobs, project(), _call(folder)), into, project())
    except NotInstalled as error:
        raise _refused(error, say) from error


def _removed(by: By, into: Path, say: Say) -> "Done":
    from cli.scheduling.installing import NotInstalled, remove_cron, remove_units

    try:
        return remove_cron(project()) if by is By.CRON else remove_units(into, project())
    except NotInstalled as error:
        raise _refused(error, say) from error


def _refused(error: Exception, say: Say) -> typer.Exit:
    typer.echo(f"cunzheng: {say('error.not_installed', why=error)}", err=True)
    return typer.Exit(_CONFIGURATION)


def _done(done: "Done", say: Say, *, as_json: bool) -> None:
    if as_json:
        print_json(done)
    elif not done.written and not done.removed:
        typer.echo(say("schedule.nothing"))
    for name in () if as_json else done.written:
        typer.echo(say("schedule.written", name=name))
    for name in () if as_json else done.removed:
        typer.echo(say("schedule.removed", name=name))
