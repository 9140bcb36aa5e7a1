"""`cunzheng history`: what became of an article."""

from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text

from cli.context import Desk, moment, opened
from cli.options import ArchiveUrl, ArticleName, AsOf, Json, Lang
from cli.output import at, cell, clean, print_json, table
from cli.telling import STYLES, channel_names, details, event_name, field_names

if TYPE_CHECKING:
    from storage.consult.articles import ArticleHeld
    from storage.consult.histories import History

_LOOKS = 20
"""How many of the newest looks are printed; `--json` has them all."""


def history(
    article: ArticleName,
    as_of: AsOf = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        instant = moment(as_of, desk.say, last=True)
        known = _known(desk, article, instant)
        if as_json:
            print_json(known)
        else:
            _print_history(desk, known, _state(desk, known.article, instant))


def _known(desk: Desk, article: str, instant: datetime | None) -> "History":
    from storage.consult.known_then import known_then

    known = desk.archive.history(desk.find(article))
    return known if instant is None else known_then(known, instant)


def _state(desk: Desk, held: "ArticleHeld", instant: datetime | None) -> str:
    if instant is not None:
        return desk.archive.show_as_of(held, instant).state
    return held.state if held.versions else "unknown"


def _print_history(desk: Desk, known: "History", state: str) -> None:
    held, say = known.article, desk.say
    desk.screen.print(Text(clean(held.title or held.url), "bold"))
    desk.screen.print(Text(clean(held.url)), soft_wrap=True)
    desk.screen.print(f"{held.id} · {say(f'state.{state}')}")
    if known.versions:
        _print_versions(desk, known)
    if known.events:
        _print_events(desk, known)
    if known.captures:
        _print_captures(desk, known)
    if known.placements:
        _print_placements(desk, known)
    desk.screen.print(say("time.note"))


def _heading(desk: Desk, key: str) -> None:
    desk.screen.print(Text(f"\n{desk.say(key)}", "bold cyan"))


def _print_versions(desk: Desk, known: "History") -> None:
    _heading(desk, "title.versions")
    shown = table(desk.say, "head.version", "head.first", "head.last", "head.changed")
    for version in known.versions:
        shown.add_row(
            cell(version.number),
            cell(at(version.first_captured_at)),
            cell(at(version.last_captured_at)),
            cell(field_names(version.fields, desk.say)),
        )
    desk.screen.print(shown)


def _print_events(desk: Desk, known: "History") -> None:
    _heading(desk, "title.events")
    names = channel_names(desk.archive, (event.evidence for event in known.events))
    for event in known.events:
        line = Text(f"{at(event.at)}  ").append(
            event_name(event.kind, desk.say), STYLES.get(event.kind, "")
        )
        if told := details(event.fields, event.evidence, desk.say, names):
            line.append(f"  {told}")
        desk.screen.print(line)


def _print_captures(desk: Desk, known: "History") -> None:
    _heading(desk, "title.captures")
    if len(known.captures) > _LOOKS:
        desk.screen.print(desk.say("history.earlier", n=len(known.captures) - _LOOKS))
    for look in known.captures[-_LOOKS:]:
        said = desk.say(f"outcome.{look.outcome}")
        version = desk.say("show.version", n=look.version, of=known.article.versions)
        which = version if look.version else look.absence or ""
        desk.screen.print(Text(clean(f"{at(look.captured_at)}  {look.status}  {said}  {which}")))


def _print_placements(desk: Desk, known: "History") -> None:
    _heading(desk, "title.placements")
    shown = table(desk.say, "head.channel", "head.article", "head.first", "head.left")
    for placed in known.placements:
        shown.add_row(
            cell(f"{placed.channel} ({placed.channel_cms_id})"),
            cell(placed.listed_title),
            cell(at(placed.first_listed_at)),
            cell(at(placed.left_at)),
        )
    desk.screen.print(shown)
