"""`cunzheng notify`: the night and what needs a person, sent to whoever should know."""

import importlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.filesize import decimal

from cli.context import EXIT_CODES, Desk, opened, speaking
from cli.options import ArchiveUrl, Json, Lang
from cli.output import clean, print_json
from cli.report_lines import lines_of
from cli.words import Language, Say

if TYPE_CHECKING:
    from cli.notifying.sending import Delivery
    from storage.consult.alarms import Alarm
    from storage.consult.nights import Night

_CONFIGURATION, _INCOMPLETE = 4, 6


def notify(
    only_alarms: Annotated[bool, typer.Option("--alarms", help="option.only_alarms")] = False,
    trial: Annotated[bool, typer.Option("--test", help="option.notify_test")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="option.dry_run")] = False,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    from cli.notifying.told import Told, news

    say, settings = speaking(lang), importlib.import_module("settings")
    if trial:
        _send(say("notify.title"), say("notify.trial"), say, settings.NOTIFY)
        return
    told = Told(Path(settings.STATE_FOLDER))
    known = told.read()
    with opened(archive, lang) as desk:
        from storage.consult.alarms import alarms
        from storage.consult.nights import night

        found = desk.archive.ask(night)
        standing = [*desk.archive.ask(alarms), *_held(found), *_room(desk.archive.url)]
        fresh = news(standing, known)
        lines = _lines(desk, found, fresh.begun, [known[key] for key in fresh.over], only_alarms)
    title = say("notify.alarms", n=len(fresh.begun)) if fresh.begun else say("notify.title")
    sent: tuple[Delivery, ...] = ()
    if lines and not dry_run:
        sent = _send(title, "\n".join(lines), say, settings.NOTIFY)
        if any(each.arrived for each in sent):  # else they are news the next time too
            told.keep({each.key: known.get(each.key) or line_of(each, say) for each in standing})
    if as_json:
        print_json(
            {
                "title": title,
                "lines": lines,
                "standing": standing,
                "new": [alarm.key for alarm in fresh.begun],
                "over": fresh.over,
                "sent": sent,
            }
        )
    elif dry_run or not lines:
        typer.echo("\n".join([title, *lines]) if lines else say("notify.nothing"))
    if sent and not all(each.arrived for each in sent):
        raise typer.Exit(_INCOMPLETE)


def _lines(
    desk: Desk,
    found: "Night",
    begun: "tuple[Alarm, ...]",
    over: list[str],
    only_alarms: bool,
) -> list[str]:
    """Alarms first, then what is over, then the night."""
    lines = [f"✗ {line_of(alarm, desk.say)}" for alarm in begun]
    lines += [desk.say("notify.over", line=line) for line in over]
    if only_alarms:
        return lines
    return [*lines, *([""] if lines else []), *lines_of(found, desk.say)]


def line_of(alarm: "Alarm", say: Say) -> str:
    """An alarm in one line."""
    of = "".join((alarm.host, f" {alarm.name or alarm.channel}" if alarm.channel else ""))
    values = {**alarm.values}
    if isinstance(names := values.get("channels"), list):
        values["channels"] = ("、" if say.language is Language.ZH else ", ").join(names)
    key = alarm.kind
    if key == "dead" and values["status"] is None:
        key = "dead_list"
    return clean(say(f"alarm.{key}", of=of, **values))


def _held(found: "Night") -> list["Alarm"]:
    from storage.consult.alarms import Alarm

    return [
        Alarm("held", hold.host, values={"crawl": crawl})
        for crawl, held in found.held.items()
        for hold in held
    ]


def _room(url: str) -> list["Alarm"]:
    """The disk, where it has too little room for a crawl or for a backup."""
    from storage.checkup import Verdict, check_archive
    from storage.consult.alarms import Alarm

    return [
        Alarm("disk", "localhost", values={"free": decimal(int(str(each.values["free"])))})
        for each in check_archive(url, datetime.now(UTC))
        if each.check == "room" and each.verdict is not Verdict.OK
    ]


def _send(title: str, body: str, say: Say, setting: str) -> "tuple[Delivery, ...]":
    """Send it; one line for each address that it did not reach."""
    from cli.notifying.sending import NoAddress, addresses_of, send
    from storage.errors import ExtraMissing

    addresses = addresses_of(setting)
    if not addresses:
        typer.echo(f"cunzheng: {say('error.no_addresses')}", err=True)
        raise typer.Exit(_CONFIGURATION)
    try:
        sent = send(addresses, title, body)
    except NoAddress as error:
        typer.echo(f"cunzheng: {say('error.notify_address', n=error.place)}", err=True)
        raise typer.Exit(_CONFIGURATION) from error
    except ExtraMissing as error:
        typer.echo(f"cunzheng: {say('error.ExtraMissing')} ({error})", err=True)
        raise typer.Exit(EXIT_CODES["ExtraMissing"]) from error
    for each in sent:
        if not each.arrived:
            line = say("error.not_delivered", n=each.place, service=each.service)
            typer.echo(f"cunzheng: {line}", err=True)
    return sent
