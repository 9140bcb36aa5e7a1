"""`cunzheng silent-edits`: edits that no page tells of, the gravest first."""

from typing import Annotated

import typer

from cli.context import opened
from cli.edits import After, Kinds, edit_query, print_edit
from cli.options import ArchiveUrl, Channel, Json, Lang, Limit, Since, Site, Until
from cli.output import print_json


def silent_edits(
    kind: Kinds = None,
    typos: Annotated[bool, typer.Option("--typos", help="option.typos")] = False,
    site: Site = None,
    channel: Channel = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 20,
    after: After = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        query = edit_query(
            desk.say,
            kinds=kind,
            typos=typos,
            site=site,
            channel=channel,
            since=since,
            until=until,
            limit=limit,
            after=after,
        )
        found = desk.archive.silent_edits(query)
        following = str(found.next) if found.next else None
        if as_json:
            print_json({"edits": found.edits, "total": found.total, "next": following})
            return
        for edit in found.edits:
            print_edit(desk, edit, (f"edit.kind.{name.value}" for name in edit.kinds))
        if not found.edits:
            desk.screen.print(desk.say("silent_edits.none"))
            return
        many = found.total is None
        desk.screen.print(
            desk.say("silent_edits.many" if many else "silent_edits.total", n=found.total)
        )
        desk.screen.print(desk.say("time.note"))
        if following:
            desk.screen.print(desk.say("page.more", option=f"--after {following}"))
