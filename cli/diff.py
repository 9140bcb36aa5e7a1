"""`cunzheng diff`: what changed between two versions, marked so that it survives without colour."""

import re
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.context import Desk, opened
from cli.options import ArchiveUrl, ArticleName, Json, Lang
from cli.output import at, clean, print_json
from cli.words import Say

if TYPE_CHECKING:
    from storage.comparing.diff import FieldDiff, ParagraphDiff
    from storage.consult.articles import ArticleHeld
    from storage.consult.consultation import Comparison

_SIGNS = {"added": ("[+", "+]", "green"), "removed": ("[-", "-]", "red")}
_PAIR = re.compile(r"(\d{1,9})\.\.(\d{1,9})", re.ASCII)


class Fineness(StrEnum):
    """The archive's `By`, named here so that `--help` need not load the archive."""

    WORD = "word"
    CHARACTER = "character"


def diff(
    article: ArticleName,
    pair: Annotated[str | None, typer.Argument(metavar="[A..B]", help="argument.pair")] = None,
    by: Annotated[Fineness, typer.Option("--by", help="option.by")] = Fineness.WORD,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        from storage.comparing.spans import By

        held = desk.find(article)
        numbers = _numbers(pair, held, desk.say)
        compared = desk.archive.compare(held, *numbers, By(by)) if numbers else None
        if as_json:
            print_json(compared or {"article": held, "before": None, "after": None, "fields": []})
        elif compared is None:
            desk.screen.print(desk.say("diff.one", n=held.versions))
        else:
            _print_comparison(desk, compared)


def _numbers(pair: str | None, held: "ArticleHeld", say: Say) -> tuple[int, int] | None:
    """The versions to compare: those typed, else the last two; None where there are no two."""
    if pair is None:
        return (held.versions - 1, held.versions) if held.versions > 1 else None
    found = _PAIR.fullmatch(pair)
    if found is None:
        raise typer.BadParameter(say("error.pair", text=clean(pair)))
    return int(found[1]), int(found[2])


def _print_comparison(desk: Desk, compared: "Comparison") -> None:
    before, after, say = compared.before, compared.after, desk.say
    desk.screen.print(Text(clean(after.content.title), "bold"))
    desk.screen.print(
        f"{say('diff.versions', a=before.number, b=after.number)}  "
        f"({at(before.first_captured_at)} → {at(after.first_captured_at)})"
    )
    if not compared.fields:
        desk.screen.print(say("diff.same"))
    for field in compared.fields:
        _print_field(desk, field)
    desk.screen.print(Text(f"\n{say('time.note')}", "dim"))


def _print_field(desk: Desk, field: "FieldDiff") -> None:
    heading = Text(f"\n{desk.say(f'field.{field.name}')}", "bold cyan")
    if field.form_only:
        heading.append(f"  ({desk.say('diff.form')})", "dim")
    desk.screen.print(heading)
    for passed, group in groupby(field.paragraphs, key=_passed_over):
        if passed:
            count = sum(1 for _ in group)
            desk.screen.print(Text(desk.say(f"diff.{passed}", n=count), "dim"))
            continue
        for paragraph in group:
            desk.screen.print(_marked(paragraph, desk.say), soft_wrap=True)


def _passed_over(paragraph: "ParagraphDiff") -> str | None:
    """Why a paragraph is only counted; None where it is shown."""
    if paragraph.kind == "same":
        return "unchanged"
    return "renumbered" if paragraph.renumbered else None


def _marked(paragraph: "ParagraphDiff", say: Say) -> Text:
    if paragraph.kind == "moved_away":
        said = say("diff.moved_away", n=paragraph.after)
        return Text(f"{said}{clean(paragraph.text_before or '')}", "dim")
    line = Text()
    if paragraph.kind == "moved_here":
        line.append(say("diff.moved_here", n=paragraph.before), "bold")
    for span in paragraph.spans:
        text = clean(span.text)
        if span.kind == "same":
            line.append(text)
        elif not span.quiet or paragraph.form_only:
            opening, closing, style = _SIGNS[span.kind]
            line.append(f"{opening}{text}{closing}", style)
        elif span.kind == "added":
            line.append(text, "dim")
    if paragraph.form_only:
        line.append(f"  ({say('diff.form')})", "dim")
    return line
