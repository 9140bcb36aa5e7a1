"""How the terminal shows edits, and the options that ask for some of them."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.context import Desk, moment
from cli.output import at, clean
from cli.words import Say

if TYPE_CHECKING:
    from storage.comparing.substance import Weighed
    from storage.consult.edits import EditCursor, EditHeld, EditQuery

_PLACES = 3
_WIDTH = 48


class EditKindName(StrEnum):
    """The archive's kinds of edits, named here so that `--help` need not load the archive."""

    NEGATION = "negation"
    OBLIGATION = "obligation"
    MONEY = "money"
    DOC_NUMBER = "doc-number"
    DATE = "date"
    FIGURE = "figure"
    NAME = "name"
    REMOVED = "removed"
    ADDED = "added"
    FILE = "file"
    ORIGIN = "origin"
    WORDING = "wording"
    MOVED = "moved"
    IMAGE = "image"
    TYPO = "typo"


Kinds = Annotated[list[EditKindName] | None, typer.Option("--kind", help="option.edit_kind")]
After = Annotated[str | None, typer.Option("--after", help="option.after")]


def edit_query(
    say: Say,
    *,
    kinds: list[EditKindName] | None,
    typos: bool = False,
    site: str | None,
    channel: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    after: str | None,
) -> "EditQuery":
    """Which edits the options ask for. Raises typer.BadParameter."""
    from storage.comparing.substance import EditKind
    from storage.consult.edits import EditQuery

    return EditQuery(
        kinds=tuple(EditKind(name) for name in kinds or ()),
        typos=typos,
        host=site,
        channel=channel,
        since=moment(since, say, last=False),
        until=moment(until, say, last=True),
        limit=limit,
        after=_edit_cursor(after, say),
    )


def _edit_cursor(text: str | None, say: Say) -> "EditCursor | None":
    """What the page before gave to go on with. Raises typer.BadParameter."""
    from storage.consult.edits import EditCursor

    if text is None:
        return None
    try:
        return EditCursor.parse(text)
    except ValueError as error:
        raise typer.BadParameter(say("error.cursor", text=clean(text))) from error


def print_edit(desk: Desk, edit: "EditHeld", told: Iterable[str]) -> None:
    """One edit: what it is called, when it happened, and its sharpest places. `told` are keys of
    the catalogue."""
    say = desk.say
    heading = Text(f"[{edit.article.id}] ", "bold cyan")
    desk.screen.print(heading.append(clean(edit.article.title or edit.article.url), "bold"))
    when = say(
        "edit.between",
        previous=edit.previous,
        version=edit.version,
        last=at(edit.last_seen),
        first=at(edit.first_seen),
    )
    what = " · ".join([*(say(key) for key in told), edit.article.host])
    desk.screen.print(Text(f"    {clean(what)}", "yellow"))
    desk.screen.print(Text(f"    {when}", "dim"))
    for place in edit.places[:_PLACES]:
        desk.screen.print(_marked(place), soft_wrap=True)
    if (more := len(edit.places) - _PLACES) > 0:
        desk.screen.print(Text(f"    {say('edit.more', n=more)}", "dim"))
    see = say("edit.see", id=edit.article.id, previous=edit.previous, version=edit.version)
    desk.screen.print(Text(f"    {see}\n", "dim"), soft_wrap=True)


def _marked(place: "Weighed") -> Text:
    passage = place.passage
    line = Text(f"    {_line(passage.lead)}")
    if passage.before and not passage.moved:
        line.append(f"[-{_cut(passage.before)}-]", "red")
    if passage.after:
        line.append(f"[+{_cut(passage.after)}+]", "green")
    return line.append(_line(passage.tail))


def _cut(text: str) -> str:
    line = _line(text)
    return line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…"


def _line(text: str) -> str:
    return clean(text).replace("\n", " ").replace("\t", " ")
