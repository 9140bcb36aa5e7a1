"""`cunzheng series`: how much, month by month, with a bar for each."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.context import Desk, opened, speaking
from cli.days import day
from cli.options import ArchiveUrl, Channel, Json, Lang, Since, Site, Until
from cli.output import at, cell, print_json, table
from cli.telling import verdict_name

if TYPE_CHECKING:
    from storage.consult.claims import ChannelClaims
    from storage.consult.series import Series

_BAR = 40


class SeriesName(StrEnum):
    """What a series counts: the archive's `Counted`, words, or what is held of what is claimed."""

    PUBLISHED = "published"
    CAPTURED = "captured"
    EDITED = "edited"
    SILENT = "silent"
    MISSING = "missing"
    GONE = "gone"
    RESTORED = "restored"
    WORDS = "words"
    HELD = "held"


class StepName(StrEnum):
    """The periods of a series."""

    MONTH = "month"
    YEAR = "year"


class EachName(StrEnum):
    """Whether there is one series, or one for each site or channel."""

    ALL = "all"
    SITE = "site"
    CHANNEL = "channel"


def series(
    counted: Annotated[SeriesName, typer.Argument(help="argument.series")],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORDS...]", help="argument.series_words")
    ] = None,
    step: Annotated[StepName, typer.Option("--by", help="option.step")] = StepName.MONTH,
    each: Annotated[EachName, typer.Option("--each", help="option.each")] = EachName.ALL,
    site: Site = None,
    channel: Channel = None,
    since: Since = None,
    until: Until = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    if (counted is SeriesName.WORDS) != bool(words):
        raise typer.BadParameter(speaking(lang)("error.series_words"))
    with opened(archive, lang) as desk:
        from storage.consult.periods import Step
        from storage.consult.series import Counted, Each, SeriesQuery

        query = SeriesQuery(
            host=site,
            channel=channel,
            since=day(since, desk.say, last=False),
            until=day(until, desk.say, last=True),
            step=Step(step),
            each=Each(each),
        )
        if counted is SeriesName.HELD:
            _tell_claims(desk, desk.archive.claims(site, channel), as_json=as_json)
            return
        found = (
            desk.archive.word_series(*words, query=query)
            if words
            else desk.archive.series(Counted(counted), query)
        )
        if as_json:
            print_json({"series": found})
        else:
            _print(desk, found)


def _print(desk: Desk, found: list["Series"]) -> None:
    if not found:
        desk.screen.print(desk.say("series.none"))
        return
    for each in found:
        _print_series(desk, each)


def _print_series(desk: Desk, found: "Series") -> None:
    of = " ".join(part for part in (found.host, found.channel, found.name) if part)
    if of:
        desk.screen.print(cell(of, "bold cyan"))
    shares = any(point.of is not None for point in found.points)
    sizes = [(point.share or 0.0) if shares else float(point.count) for point in found.points]
    most = max(sizes, default=0.0) or 1.0
    shown = table(desk.say, "head.period", "head.count", "head.bar", numbers=("head.count",))
    for point, size in zip(found.points, sizes, strict=True):
        count = f"{point.count}/{point.of}" if shares else str(point.count)
        shown.add_row(cell(point.period), cell(count), Text("█" * round(_BAR * size / most)))
    desk.screen.print(shown)


def _tell_claims(desk: Desk, found: list["ChannelClaims"], *, as_json: bool) -> None:
    if as_json:
        print_json({"channels": found})
        return
    if not found:
        desk.screen.print(desk.say("series.none"))
    for channel in found:
        of = f"{channel.host} {channel.cms_id} {channel.name or ''}"
        desk.screen.print(cell(of, "bold cyan"))
        numbers = ("head.claimed", "head.seen", "head.held")
        shown = table(desk.say, "head.walked", *numbers, "head.verdict", numbers=numbers)
        for claim in channel.claims:
            shown.add_row(
                cell(at(claim.walked_at)),
                cell(claim.claimed_total),
                cell(claim.listed),
                cell(claim.held),
                cell(verdict_name(claim.verdict, desk.say)),
            )
        desk.screen.print(shown)
