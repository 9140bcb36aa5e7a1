"""The `cunzheng` command: which name runs what."""

import typer

from cli.as_of import as_of
from cli.backup import backup
from cli.changes import changes
from cli.crawl import crawl
from cli.crawls import coverage, crawls
from cli.demo import demo
from cli.diff import diff
from cli.digest import digest
from cli.doctor import doctor
from cli.doubts import doubts
from cli.due import due
from cli.events import events
from cli.export import export
from cli.front import Front, Told
from cli.history import history
from cli.holdings import channels, sites
from cli.jobs import jobs
from cli.metrics import metrics
from cli.migrate import migrate
from cli.move import move
from cli.notify import notify
from cli.probe import probe
from cli.release import release
from cli.report import report
from cli.reread import reread
from cli.schedule import schedule
from cli.scheduled import scheduled
from cli.search import search
from cli.series import series
from cli.serve import serve
from cli.show import show
from cli.silent_edits import silent_edits
from cli.verify import verify
from cli.worker import worker

app = typer.Typer(
    cls=Front,
    help="help.app",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in (
    crawl,
    sites,
    channels,
    crawls,
    report,
    notify,
    metrics,
    coverage,
    search,
    show,
    history,
    diff,
    as_of,
    events,
    silent_edits,
    changes,
    series,
    doctor,
    doubts,
    due,
    export,
    serve,
    verify,
    digest,
    backup,
    migrate,
    move,
    reread,
    release,
    schedule,
    scheduled,
    worker,
    jobs,
    probe,
    demo,
):
    _name = _command.__name__
    app.command(_name.replace("_", "-"), cls=Told, help=f"help.{_name}", epilog=f"example.{_name}")(
        _command
    )

if __name__ == "__main__":
    app()
