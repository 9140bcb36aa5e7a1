"""`cunzheng due`: what is to be captured again, and why."""

import importlib
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from cli.context import Desk, opened
from cli.options import ArchiveUrl, Json, Lang, Limit, Site
from cli.output import at, cell, print_json, table

if TYPE_CHECKING:
    from storage.due import Due
    from storage.revisits import Policy

_NUMBERS = ("head.chance", "head.changes")


def due(
    site: Site = None,
    budget: Annotated[
        int | None, typer.Option("--budget", metavar="N", min=0, help="option.budget")
    ] = None,
    limit: Limit = 20,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        from storage.due import DueQuery

        found = desk.archive.due(DueQuery(site, budget, policy=_policy()))
        why = dict(Counter(each.why.value for each in found))
        if as_json:
            print_json({"due": len(found), "why": why, "queue": found[:limit]})
        elif not found:
            desk.screen.print(desk.say("due.none"))
        else:
            _print_counts(desk, why, len(found))
            _print_queue(desk, found[:limit])
            if len(found) > limit:
                desk.screen.print(desk.say("due.more", n=limit))


def _policy() -> "Policy":
    """As the settings have it; the usual one outside of the checkout."""
    from storage.revisits import Policy

    try:
        settings = importlib.import_module("settings")
    except ModuleNotFoundError:
        return Policy()
    return Policy(settings.REVISIT_BOUND_DAYS, settings.REVISIT_CHANCE)


def _print_counts(desk: Desk, why: dict[str, int], total: int) -> None:
    desk.screen.print(desk.say("due.total", n=total))
    for word, count in why.items():
        desk.screen.print(f"  {count:>6}  {desk.say(f'why.{word}')}", soft_wrap=True)


def _print_queue(desk: Desk, queue: list["Due"]) -> None:
    headings = ("head.id", "head.article", "head.why", *_NUMBERS, "head.last")
    shown = table(desk.say, *headings, numbers=_NUMBERS)
    for each in queue:
        shown.add_row(
            cell(each.article_id),
            cell(each.title or each.url),
            cell(desk.say(f"why.{each.why}")),
            cell(f"{100 * each.chance:.1f}%"),
            cell(each.changes),
            cell(at(each.last_sighting_at)),
        )
    desk.screen.print(shown)
    desk.screen.print(desk.say("time.note"))
