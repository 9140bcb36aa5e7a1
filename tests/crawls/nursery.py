"""Commands that begin at once: each is a process of its own, forked from one that has imported
what all of them need. Half of a small crawl's time is otherwise spent on imports."""

import gc
import multiprocessing
import os
import runpy
import signal
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.crawls.ended import Ended

PRELOADED = (
    "alembic.command",
    "cli.backup",
    "cli.crawl",
    "cli.doctor",
    "cli.move",
    "cli.probe",
    "cli.release",
    "cli.reread",
    "cli.scrapy_commands.crawl",
    "crawler.guard",
    "crawler.pipelines",
    "crawler.progress.extension",
    "crawler.report",
    "crawler.robots",
    "crawler.snapshot",
    "crawler.spider",
    "itemadapter",
    "scrapy.commands.crawl",
    "scrapy.commands.shell",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.engine",
    "scrapy.downloadermiddlewares.cookies",
    "scrapy.extensions.telnet",
    "scrapy.extensions.throttle",
    "scrapy.pqueues",
    "scrapy.spidermiddlewares.referer",
    "scrapy.squeues",
    "sqlite3",
    "tldextract.remote",
)
"""Modules that read no setting and begin nothing when they are imported."""

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([*PRELOADED])


def typed(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, limit_s: int = 180
) -> Ended:
    """The same as `run`, where nobody asks what it said after it was told."""
    with tempfile.TemporaryDirectory() as kept:
        return run(arguments, environment, folder, Path(kept), limit_s)


def run(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, kept: Path, limit_s: int
) -> Ended:
    """`python -m` with these arguments, in `folder`; what it says is kept in files in `kept`
    meanwhile. Raises TimeoutError where it takes longer."""
    begun = begin(arguments, environment, folder, kept)
    begun.join(limit_s)
    if begun.exitcode is None:
        begun.kill()
        raise TimeoutError(f"{' '.join(arguments)}: not done within {limit_s} s")
    out, err = ((kept / name).read_text("utf-8", "replace") for name in ("out", "err"))
    return Ended(begun.exitcode, out, err)


def begin(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, kept: Path
) -> ForkServerProcess:
    """The same, and it is under way when this returns."""
    said = kept / "out", kept / "err"
    begun = _FORKING.Process(
        target=_as_program,
        args=(list(arguments), dict(environment), str(folder), *map(str, said)),
        daemon=False,
    )
    begun.start()
    return begun


def _as_program(
    arguments: list[str], environment: dict[str, str], folder: str, out: str, err: str
) -> None:
    gc.freeze()  # what was imported is not looked through again
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for stream, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    warnings.simplefilter(environment.get("PYTHONWARNINGS", "default"))  # type: ignore[arg-type]
    more = environment.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:0] = [folder, *filter(None, more)]
    sys.argv = list(arguments)
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
