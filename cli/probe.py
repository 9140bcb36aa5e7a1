"""`cunzheng probe`: what a site is, before anything of it is archived."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.text import Text

from cli.context import speaking
from cli.options import Json, Lang
from cli.output import cell, clean, console, print_json, table
from cli.waiting import Told, waiting
from cli.words import Language, Say

if TYPE_CHECKING:
    from crawler.probed import Probe, ProbedChannel
    from crawler.site import Site


def probe(
    url: Annotated[str, typer.Argument(metavar="URL", help="argument.site_url")],
    limit: Annotated[
        int, typer.Option("--channels", metavar="N", min=0, help="option.look_at")
    ] = 12,
    write: Annotated[bool, typer.Option("--write", help="option.write")] = False,
    sites: Annotated[
        Path | None, typer.Option("--sites", metavar="FILE", help="option.sites")
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    say = speaking(lang)
    file = sites or _declared_in(say)
    with _refusals_told(file, say):
        delay = _prepare(file, url, write=write)
    with waiting(lambda looked, of: say("probe.looking", url=clean(url), n=looked, of=of)) as tell:
        seen = _look(url, limit, delay, tell)
    with _refusals_told(file, say):
        written = _write(file, seen) if write else None
    if as_json:
        print_json({"site": seen, "not_looked_at": _left(seen), "written": written})
    elif seen.home is not None:
        _print(seen, written, file, say)
    if seen.problem is not None:
        _end(seen.problem.exit_code, seen.problem.line)


def _declared_in(say: Say) -> Path:
    """The project's own file of sites, wherever the command is typed."""
    try:
        return Path(importlib.import_module("settings").SITES_FILE)
    except ModuleNotFoundError:
        _end(4, say("error.no_settings"))


def _prepare(file: Path, url: str, *, write: bool) -> float | None:
    """The delay that is declared for the site; with `write`, refuses what is declared already."""
    from crawler.declaring import declared_at, is_address, refuse_declared
    from crawler.hanweb import host_of
    from crawler.site import load_sites

    declared = load_sites(file)
    if not is_address(url):
        return None
    if write:
        refuse_declared(file.name, declared, host_of(url))
    site = declared_at(declared, host_of(url))
    return site.delay if site is not None else None


def _look(url: str, limit: int, delay: float | None, tell: Told) -> "Probe":
    from scrapy.settings import Settings  # here: `--help` must not wait for Scrapy

    from crawler.probing import probe as look

    settings = Settings()
    settings.setmodule("settings", priority="project")
    if delay is not None:
        settings.set("DOWNLOAD_DELAY", delay, priority="cmdline")
        settings.set("AUTOTHROTTLE_START_DELAY", delay, priority="cmdline")
    return look(url, settings, limit=limit, tell=tell)


def _write(file: Path, seen: "Probe") -> "Site | None":
    from crawler.declaring import declare

    if seen.home is None or seen.problem is not None:
        return None
    return declare(file, seen.home, seen.name)


@contextmanager
def _refusals_told(file: Path, say: Say) -> Iterator[None]:
    """What the file of sites does not allow becomes one line and an exit code."""
    from crawler.declaring import AlreadyDeclared
    from crawler.site import SitesFileError

    try:
        yield
    except AlreadyDeclared as error:
        _end(2, str(error))
    except SitesFileError as error:
        _end(4, str(error))
    except UnicodeDecodeError as error:
        _end(4, say("error.sites_file", file=file, reason=error.reason))
    except OSError as error:
        _end(4, say("error.sites_file", file=file, reason=error.strerror))


def _end(code: int, line: str) -> NoReturn:
    typer.echo(f"cunzheng: {clean(line)}".replace("\n", " "), err=True)
    raise typer.Exit(code)


def _left(seen: "Probe") -> int:
    return sum(1 for channel in seen.channels if not channel.looked)


def _print(seen: "Probe", written: "Site | None", file: Path, say: Say) -> None:
    screen, left, number = console(), _left(seen), len(seen.channels)
    screen.print(Text(clean(seen.name or seen.home or ""), "bold"))
    generation = seen.generation or say("probe.no_generation")
    for label, value in (
        ("label.url", seen.home),
        ("label.cms", say("probe.cms", generation=generation)),
        ("label.channels", say("probe.channels", n=number, looked=number - left)),
    ):
        colon = "：" if say.language is Language.ZH else ": "
        screen.print(
            Text(say(label) + colon, "cyan").append(clean(value or ""), "default"), soft_wrap=True
        )
    if seen.channels:
        screen.print()
        _print_channels(seen, say)
        screen.print()
    for sentence in _sentences(seen, written, file, say):
        screen.print(Text(sentence), soft_wrap=True)


def _print_channels(seen: "Probe", say: Say) -> None:
    shown = table(
        say,
        "head.id",
        "head.channel",
        "head.parent",
        "head.dialect",
        "head.claimed",
        "head.note",
        numbers=("head.claimed",),
    )
    for channel in seen.channels:
        shown.add_row(
            cell(channel.cms_id),
            cell(channel.name),
            cell(channel.parent_id),
            cell(channel.dialect),
            cell(channel.claimed_total),
            Text(clean(_note(channel, say))),
        )
    console().print(shown)


def _note(channel: "ProbedChannel", say: Say) -> str:
    if channel.problem:
        return channel.problem
    if not channel.looked:
        return say("probe.not_looked")
    if channel.lists == 0:
        return say("probe.no_list")
    return say("probe.lists", n=channel.lists) if channel.lists > 1 else ""


def _sentences(seen: "Probe", written: "Site | None", file: Path, say: Say) -> Iterator[str]:
    number, left = len(seen.channels), _left(seen)
    if number == 0:
        yield say("probe.none")
    elif left:
        yield say("probe.left", n=left, all=number)
    if written is not None:
        yield say("probe.written", name=written.name, file=file)
        yield say("probe.crawl", name=written.name)
    elif seen.problem is None:
        yield say("probe.archive", url=seen.home)
        yield say("probe.declare")
