"""`cunzheng doctor`: whether this machine is fit to keep an archive, and set up as it should be."""

import importlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.filesize import decimal

from cli.context import address, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import clean, print_json
from cli.words import Say

if TYPE_CHECKING:
    from crawler.rules import Rules
    from storage.checkup import Checked

_CODES = {"room": 3, "robots": 8, "site": 9}
"""Exit codes by check where something is bad; 4 (configuration) for all others."""

_SIGNS = {"ok": "✓", "warning": "!", "bad": "✗"}
_REACHABLE = re.compile(r"[^@\s]{1,64}@[^@\s]{1,200}\.[^@\s]{2,}|https?://[^\s]{3,}")
_CLOCK_S = 300


def doctor(
    online: Annotated[bool, typer.Option("--online", help="option.online")] = False,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    from storage.checkup import Verdict, check_archive  # here: `--help` must not wait for them

    say = speaking(lang)
    url = address(archive, say)
    settings = importlib.import_module("settings")
    checked = [*check_archive(url, datetime.now(UTC)), *_set_up(settings, online=online)]
    bad = [each.check for each in checked if each.verdict is Verdict.BAD]
    if as_json:
        print_json({"fit": not bad, "checks": checked})
    else:
        for each in checked:
            typer.echo(_line(each, say))
        typer.echo(say("doctor.unfit", n=len(bad)) if bad else say("doctor.fit"), err=bool(bad))
    if bad:
        raise typer.Exit(_CODES.get(bad[0], 4))


def _set_up(settings: ModuleType, *, online: bool) -> Iterator["Checked"]:
    from crawler.site import SitesFileError, load_sites
    from storage.checkup import Checked, Verdict

    yield from _manners(settings)
    try:
        sites = load_sites(Path(settings.SITES_FILE))
    except SitesFileError as error:
        yield Checked("sites", Verdict.BAD, "unreadable", {"detail": str(error)})
        return
    yield Checked("sites", Verdict.OK, "is", {"n": len(sites)})
    if online and sites:
        for rules in _asked([site.url for site in sites]):
            yield from _answer(rules)


def _manners(settings: ModuleType) -> Iterator["Checked"]:
    from crawler.addresses import Allowed
    from crawler.archiving import MIN_DELAY
    from crawler.turns import Turns
    from storage.checkup import Checked, Verdict

    named = _REACHABLE.search(settings.USER_AGENT) is not None
    verdict = Verdict.OK if named else Verdict.WARNING
    yield Checked("contact", verdict, "is" if named else "none", {"agent": settings.USER_AGENT})
    slow = settings.DOWNLOAD_DELAY >= MIN_DELAY
    said = {"delay": settings.DOWNLOAD_DELAY, "least": MIN_DELAY}
    yield Checked("delay", Verdict.OK if slow else Verdict.BAD, "is" if slow else "none", said)
    try:
        Turns(Path(settings.TURNS_FOLDER))
        Allowed(settings.ALLOW_PRIVATE_ADDRESSES)
    except ValueError as error:
        yield Checked("settings", Verdict.BAD, "unusable", {"detail": str(error)})
    if settings.ALLOW_PRIVATE_ADDRESSES not in ("", "0"):
        yield Checked("settings", Verdict.WARNING, "private", {})
    if settings.CLOCK:
        yield Checked("settings", Verdict.WARNING, "clock", {"clock": settings.CLOCK})


def _asked(urls: list[str]) -> list["Rules"]:
    from scrapy.settings import Settings

    from crawler.rules import rules_of

    settings = Settings()
    settings.setmodule("settings", priority="project")
    return rules_of(urls, settings)


def _answer(rules: "Rules") -> Iterator["Checked"]:
    from storage.checkup import Checked, Verdict

    said = {"url": rules.url, "delay": rules.delay or 0, "detail": rules.detail}
    if rules.allowed is None:
        yield Checked("site", Verdict.BAD, "unreachable", said)
    elif not rules.allowed:
        yield Checked("robots", Verdict.BAD, "forbids", said)
    else:
        yield Checked("robots", Verdict.OK, "allows", said)
    if rules.ahead is not None and abs(rules.ahead) > _CLOCK_S:
        values = {"url": rules.url, "seconds": round(rules.ahead)}
        yield Checked("clock", Verdict.WARNING, "differs", values)


def _line(checked: "Checked", say: Say) -> str:
    values = {
        name: decimal(value) if name in ("free", "needed", "size") and isinstance(value, int)
        else clean(str(value))
        for name, value in checked.values.items()
    }  # fmt: skip
    words = say(f"doctor.{checked.check}.{checked.says}", **values)
    return f"{_SIGNS[checked.verdict]} {words}"
