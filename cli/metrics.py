"""`cunzheng metrics`: the archive's figures as Prometheus reads them, printed or in a file."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import errors_told, opened, speaking
from cli.files import write_whole
from cli.options import ArchiveUrl, Lang
from cli.scheduled import StateFolder, folder_of

if TYPE_CHECKING:
    from reading_room.metrics import Gauge
    from storage.consult.measures import Measures


def metrics(
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="option.metrics_file")
    ] = None,
    state: StateFolder = None,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    from reading_room.metrics import exposition
    from storage.consult.measures import measures

    with errors_told(speaking(lang)):
        with opened(archive, lang) as desk:
            found = desk.archive.ask(measures)
        text = exposition(figures(found, folder_of(state)))
    if output is None:
        sys.stdout.write(text.decode())
    else:
        write_whole(output, text, mode=0o644)


def figures(found: "Measures", folder: Path) -> "list[Gauge]":
    """What is known of the archive, and of the scheduled jobs of this machine."""
    from reading_room.metrics import gauges

    return [*gauges(found), *_of_jobs(folder)]


def _of_jobs(folder: Path) -> "Iterable[Gauge]":
    from cli.scheduling.state import State
    from reading_room.metrics import Gauge

    ended = State(folder).endings() if folder.is_dir() else {}
    at = tuple(((name,), when.timestamp()) for name, (when, _) in sorted(ended.items()))
    codes = tuple(((name,), float(code)) for name, (_, code) in sorted(ended.items()))
    yield Gauge(
        "cunzheng_job_ended_timestamp_seconds", "When a scheduled job ended last.", ("job",), at
    )
    yield Gauge(
        "cunzheng_job_exit_code",
        "With which exit code it ended (docs/operating.md).",
        ("job",),
        codes,
    )
