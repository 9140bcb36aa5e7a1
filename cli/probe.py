"""`cunzheng probe`: what a site is, before anything of it is archived."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.context import speaking
from cli.options import Json, Lang
from cli.output import cell, clean, console, print_json, table
from cli.waiting import waiting
from cli.words import Language, Say

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from crawler.probed import Probe, ProbedChannel
    from crawler.site import Site


def probe(
    url: Annotated[str, typer.Argument(metavar="URL", help="argument.site_url")],
    limit: Annotated[
        int, typer.Option("--channels", metavar="N", min=0, help="option.look_at")
    ] = 12,
    write: Annotated[bool, typer.Option("--write", help="option.write")] = False,
    sites: Annotated[Path | None, typer.Option("--sites", metavar="FILE", help="option.sites")] = (
        None
    ),
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    from crawler.probing import probe as look  # here: `--help` must not wait for Scrapy

    say = speaking(lang)
    settings = _settings(say)
    file = sites or Path(settings["SITES_FILE"])
    with _refusals_told(file, say):
        _prepare(settings, file, url, write=write)
    with waiting(lambda looked, planned: _looking(say, url, looked, planned)) as tell:
        seen = look(url, settings, limit=limit, tell=tell)
    declared = None
    if write and seen.problem is None:
        with _refusals_told(file, say):
            declared = _declared(file, seen)
    _print(say, seen, declared, file, as_json=as_json)
    if seen.problem is not None:
        _end(seen.problem.exit_code, seen.problem.line)


def _settings(say: Say) -> "Settings":
    """The project's settings, wherever the command is typed."""
    from scrapy.settings import Settings

    settings = Settings()
    try:
        settings.setmodule("settings", priority="project")
    except ModuleNotFoundError as error:
        _end(4, say("error.no_settings"), error)
    return settings


def _prepare(settings: "Settings", file: Path, url: str, *, write: bool) -> None:
    """Keep the manners that are declared for the site; with `write`, refuse what is declared."""
    from crawler.declaring import refuse_declared
    from crawler.probed import is_address
    from crawler.site import load_sites, site_of

    declared = load_sites(file)
    if not is_address(url):
        return
    site = site_of(declared, url)
    if site is not None and site.delay is not None:
        settings.set("DOWNLOAD_DELAY", site.delay, priority="cmdline")
        settings.set("AUTOTHROTTLE_START_DELAY", site.delay, priority="cmdline")
