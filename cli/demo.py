"""`cunzheng demo`: a small site on this machine, archived over three simulated days."""

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.text import Text

from cli.context import speaking
from cli.crawls import coverage
from cli.diff import diff
from cli.events import events
from cli.options import EventName, Lang
from cli.output import console
from cli.words import Say

if TYPE_CHECKING:
    from storage.consult.events import EventHeld

DAYS = (1, 2, 3)
_CRAWL_AT, _SNAPSHOT_AT = "02:00", "06:00"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the demo plays: the checkout, its own archive, the site's port, the terminal."""

    root: Path
    archive: Path
    port: str
    say: Say
    screen: Console

    @property
    def url(self) -> str:
        return f"sqlite:///{self.archive}"


def demo(lang: Lang = None) -> None:
    say, screen = speaking(lang), console()
    root = Path(importlib.import_module("settings").ROOT)
    stage = Stage(root, _new_archive(root), _free_port(), say, screen)
    screen.print(say("demo.begin"))
    for day in DAYS:
        _play(stage, day)
    _tell(stage)


def _new_archive(root: Path) -> Path:
    folder = root / "var" / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("archive.db*"):
        old.unlink()
    return folder / "archive.db"


def _free_port() -> str:
    import socket  # here: no other command needs it

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return str(taken.getsockname()[1])


def _play(stage: Stage, day: int) -> None:
    """One simulated day: the site as it stands then, its nightly crawl, and from the second day
    on a snapshot of all that is held."""
    with _site(stage, day) as address:
        if day == DAYS[0]:
            stage.screen.print(stage.say("demo.site", url=address))
        _crawl(stage, _clock(day, _CRAWL_AT), "hanweb", "-a", f"url={address}")
        if day != DAYS[0]:
            _crawl(stage, _clock(day, _SNAPSHOT_AT), "snapshot", "-a", "due=all")
    happened = _happened(stage, since=_clock(day, "00:00"))
    counts = {name: sum(e.kind == name for e in happened) for name in EventName}
    line = stage.say("demo.day", day=day, **{name.value: counts[name] for name in EventName})
    stage.screen.print(Text(line, "bold"))


@contextmanager
def _site(stage: Stage, day: int) -> Iterator[str]:
    command = [sys.executable, "-m", "replica", "--day", str(day), "--port", stage.port]
    with subprocess.Popen(command, cwd=stage.root, stdout=subprocess.PIPE, text=True) as site:
        try:
            said = site.stdout.readline() if site.stdout else ""
            if not said:
                raise typer.Exit(1)
            yield said.split()[0]
        finally:
            site.terminate()


def _crawl(stage: Stage, clock: str, *command: str) -> None:
    environment = os.environ | {
        "ARCHIVE_URL": stage.url,
        "ALLOW_PRIVATE_ADDRESSES": "1",
        "CUNZHENG_DELAY": "0.001",
        "CLOCK": clock,
    }
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", *command],
        cwd=stage.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        typer.echo(done.stdout + done.stderr, err=True)
        raise typer.Exit(done.returncode)


def _clock(day: int, hour: str) -> str:
    return f"2022-03-{day:02}T{hour}:00+08:00"


def _happened(stage: Stage, since: str) -> "list[EventHeld]":
    from storage import Consultation
    from storage.consult.events import EventQuery
    from storage.consult.moments import first_moment

    archive = Consultation.open(stage.url)
    try:
        return archive.events(EventQuery(since=first_moment(since), limit=1000))
    finally:
        archive.close()


def _tell(stage: Stage) -> None:
    """The closing screen: what the archive can tell of the three days, and what to type next."""
    language = stage.say.language
    _head(stage, "demo.edits")
    events(kind=[EventName.EDITED], limit=8, archive=stage.url, lang=language)
    most = _most_edited(stage)
    if most is not None:
        _head(stage, "demo.diff", command=f"cunzheng diff {most} 1..2")
        diff(str(most), "1..2", archive=stage.url, lang=language)
    _head(stage, "demo.vanished")
    kinds = [EventName.MISSING, EventName.GONE, EventName.RESTORED, EventName.MOVED]
    events(kind=kinds, limit=20, archive=stage.url, lang=language)
    _head(stage, "demo.coverage")
    coverage(archive=stage.url, lang=language)
    _head(stage, "demo.next")
    stage.screen.print(stage.say("demo.commands", url=stage.url, id=most or 1), soft_wrap=True)


def _most_edited(stage: Stage) -> int | None:
    edited = [
        event.article_id
        for event in _happened(stage, since="2022-03-01")
        if event.kind == EventName.EDITED and list(event.fields) == ["body"]
    ]
    return max(edited, key=lambda id_: (edited.count(id_), -id_), default=None)


def _head(stage: Stage, key: str, **values: str) -> None:
    stage.screen.print(Text(f"\n{stage.say(key, **values)}", "bold cyan"))
