"""`cunzheng changes`: edits in which words came or went."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import Desk, opened
from cli.edits import After, Kinds, edit_query, print_edit
from cli.options import ArchiveUrl, Channel, Json, Lang, Limit, Since, Site, Until
from cli.output import print_json

if TYPE_CHECKING:
    from storage.consult.word_changes import WordChanges

Words = Annotated[list[str], typer.Argument(metavar="WORDS...", help="argument.changed_words")]


def changes(
    words: Words,
    added: Annotated[
        bool | None, typer.Option("--added/--removed", help="option.way", show_default=False)
    ] = None,
    kind: Kinds = None,
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
        from storage.comparing.changed_words import Way

        query = edit_query(
            desk.say,
            kinds=kind,
            site=site,
            channel=channel,
            since=since,
            until=until,
            limit=limit,
            after=after,
        )
        way = None if added is None else Way.ADDED if added else Way.REMOVED
        found = desk.archive.word_changes(*words, way=way, query=query)
        if as_json:
            following = str(found.next) if found.next else None
            print_json({"changes": found.changes, "at_most": found.at_most, "next": following})
        else:
            _print(desk, found)


def _print(desk: Desk, found: "WordChanges") -> None:
    if not found.changes:
        desk.screen.print(desk.say("changes.none"))
        return
    for change in found.changes:
        print_edit(desk, change.edit, (f"way.{way.value}" for way in change.ways))
    desk.screen.print(desk.say("changes.at_most", n=found.at_most))
    desk.screen.print(desk.say("time.note"))
    if found.next:
        desk.screen.print(desk.say("page.more", option=f"--after {found.next}"))
