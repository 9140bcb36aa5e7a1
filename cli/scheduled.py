"""`cunzheng scheduled`: what the schedule calls. It runs a job where it is due, once."""

import importlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.context import speaking
from cli.options import Lang
from cli.words import Say

if TYPE_CHECKING:
    from cli.scheduling.plan import Job
    from crawler.site import Site

_USAGE, _CONFIGURATION, _LOCKED = 2, 4, 5

StateFolder = Annotated[Path | None, typer.Option("--state", metavar="DIR", help="option.state_in")]


def scheduled(
    name: Annotated[str | None, typer.Argument(metavar="[JOB]", help="argument.job")] = None,
    missed: Annotated[bool, typer.Option("--missed", help="option.missed")] = False,
    force: Annotated[bool, typer.Option("--force", help="option.force")] = False,
    state: StateFolder = None,
    lang: Lang = None,
) -> None:
    from cli.scheduling.running import Runner
    from cli.scheduling.state import State

    say = speaking(lang)
    kept = State(folder_of(state))
    os.environ.update(kept.settings())  # before the settings are read
    jobs = {job.name: job for job in planned(declared(say), kept.wish(), project())}
    runner = Runner(kept, project(), lambda: datetime.now(UTC), dict(os.environ))
    if missed and name is None:
        codes = runner.run_missed(jobs.values())
        if codes:
            _measure(kept.folder)
        raise typer.Exit(next((code for code in codes.values() if code), 0))
    if name not in jobs or missed:
        typer.echo(say("error.no_job", name=name or "", names=", ".join(jobs)), err=True)
        raise typer.Exit(_USAGE)
    code = runner.run(jobs[name], force=force)
    if code == _LOCKED:
        typer.echo(say("scheduled.runs", name=name), err=True)
    else:
        _measure(kept.folder)
    raise typer.Exit(code if code >= 0 else 128 - code)


def _measure(folder: Path) -> None:
    """Renew the file of figures, where the settings name one. What goes wrong with it is told by
    that program, and is no failure of the job."""
    from cli.programs import started

    if path := importlib.import_module("settings").METRICS_FILE:
        command = ("cunzheng", "metrics", "--output", path, "--state", str(folder))
        started(command, project(), os.environ).wait()


def project() -> Path:
    """The checkout."""
    return Path(importlib.import_module("settings").ROOT)


def folder_of(state: Path | None) -> Path:
    """Where the state of the schedule is kept."""
    return (state or Path(importlib.import_module("settings").STATE_FOLDER)).resolve()


def declared(say: Say) -> "tuple[Site, ...]":
    """The declared sites; one line and exit code 4 where the file cannot be read."""
    from crawler.site import SitesFileError, load_sites

    try:
        return load_sites(Path(importlib.import_module("settings").SITES_FILE))
    except SitesFileError as error:
        typer.echo(f"cunzheng: {say('doctor.sites.unreadable', detail=str(error))}", err=True)
        raise typer.Exit(_CONFIGURATION) from error


def planned(sites: "tuple[Site, ...]", wish: Mapping[str, Any], root: Path) -> "tuple[Job, ...]":
    """The jobs as they were wished for."""
    from cli.scheduling.plan import Night, plan

    usual = Night()
    night = Night(begins=wish.get("begins", usual.begins), ends=wish.get("ends", usual.ends))
    copies = Path(wish.get("backups") or root / "var" / "backup")
    keep = int(wish.get("keep", 4))
    told = bool(importlib.import_module("settings").NOTIFY.strip())
    return plan(sites, copies, night=night, budget=wish.get("budget"), keep=keep, notify=told)
