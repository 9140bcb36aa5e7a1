"""`cunzheng events`: what happened, newest first."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.context import Desk, moment, opened
from cli.options import ArchiveUrl, Channel, EventName, Json, Lang, Limit, Since, Site, Until
from cli.output import at, cell, print_json, table
from cli.telling import STYLES, channel_names, details, event_name

if TYPE_CHECKING:
    from storage.consult.events import EventHeld


def events(
    kind: Annotated[list[EventName] | None, typer.Option("--kind", help="option.kind")] = None,
    site: Site = None,
    channel: Channel = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    before: Annotated[
        int | None, typer.Option("--before", metavar="ID", min=1, help="option.before")
    ] = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        from storage.consult.events import EventQuery

        query = EventQuery(
            kinds=tuple(name.value for name in kind or ()),
            host=site,
            channel=channel,
            since=moment(since, desk.say, last=False),
            until=moment(until, desk.say, last=True),
            limit=limit,
            before=before,
        )
        found = desk.archive.events(query)
        if as_json:
            print_json({"events": found})
        else:
            _print_events(desk, found, limit)


def _print_events(desk: Desk, found: list["EventHeld"], limit: int) -> None:
    if not found:
        desk.screen.print(desk.say("events.none"))
        return
    names = channel_names(desk.archive, (event.evidence for event in found))
    shown = table(desk.say, "head.at", "head.event", "head.id", "head.article", "head.changed")
    for event in found:
        shown.add_row(
            cell(at(event.at)),
            Text(event_name(event.kind, desk.say), STYLES.get(event.kind, "")),
            cell(event.article_id),
            cell(event.title or event.url),
            cell(details(event.fields, event.evidence, desk.say, names)),
        )
    desk.screen.print(shown)
    desk.screen.print(desk.say("time.note"))
    if len(found) == limit:
        desk.screen.print(desk.say("page.more", option=f"--before {found[-1].id}"))
