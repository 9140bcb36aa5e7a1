"""`cunzheng as-of`: a site or a channel as it stood at an instant."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli.context import Desk, moment, opened
from cli.options import ArchiveUrl, Channel, Json, Lang, Limit, Site, StateAtName
from cli.output import at, cell, print_json, table
from cli.words import Language

if TYPE_CHECKING:
    from storage.consult.as_of import AsOfQuery, Stood
    from storage.consult.walked import ChannelWalked

_STYLES = {"missing": "red", "gone": "bold red", "unknown": "yellow"}


def as_of(
    date: Annotated[str, typer.Argument(metavar="DATE", help="argument.date")],
    site: Site = None,
    channel: Channel = None,
    published: Annotated[bool, typer.Option("--published", help="option.by_published")] = False,
    state: Annotated[StateAtName | None, typer.Option("--state", help="option.state")] = None,
    limit: Limit = 20,
    after: Annotated[
        int | None, typer.Option("--after", metavar="ID", min=1, help="option.after_article")
    ] = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        from storage.consult.as_of import AsOfQuery, ByClock

        instant = moment(date, desk.say, last=True)
        assert instant is not None
        query = AsOfQuery(
            at=instant,
            host=site,
            channel=channel,
            state=state.value if state else None,
            clock=ByClock.PUBLISHED if published else ByClock.CAPTURED,
            limit=limit,
            after=after or 0,
        )
        walked = desk.archive.walked_by(instant, site=site, channel=channel)
        found = desk.archive.as_of(query)
        counts = desk.archive.counted_as_of(query)
        if as_json:
            print_json(_document(query, walked, counts, found))
        else:
            _print(desk, query, walked, counts, found)


def _document(
    query: "AsOfQuery",
    walked: list["ChannelWalked"],
    counts: Mapping[str, int],
    found: list["Stood"],
) -> dict[str, object]:
    more = len(found) == query.limit
    return {
        "at": query.at,
        "clock": query.clock.value,
        "channels": walked,
        "states": counts,
        "articles": found,
        "next": found[-1].article_id if more else None,
    }


def _print(
    desk: Desk,
    query: "AsOfQuery",
    walked: list["ChannelWalked"],
    counts: Mapping[str, int],
    found: list["Stood"],
) -> None:
    desk.screen.print(Text(_summary(desk, query, counts), "bold"), soft_wrap=True)
    if found:
        desk.screen.print(_table(desk, found))
    for sentence in _rests_on(desk, query, walked):
        desk.screen.print(Text(sentence, "yellow"), soft_wrap=True)
    if any(stood.seen_later for stood in found):
        desk.screen.print(Text(desk.say("as_of.seen_later"), "yellow"), soft_wrap=True)
    desk.screen.print(desk.say("time.note"))
    if len(found) == query.limit:
        desk.screen.print(desk.say("page.more", option=f"--after {found[-1].article_id}"))


def _summary(desk: Desk, query: "AsOfQuery", counts: Mapping[str, int]) -> str:
    if not counts:
        return desk.say("as_of.none", at=at(query.at))
    told = (f"{desk.say(f'state.{state}')} {count}" for state, count in counts.items())
    joined = ("，" if desk.say.language is Language.ZH else ", ").join(told)
    return desk.say(f"as_of.{query.clock.value}", at=at(query.at), counts=joined)


def _table(desk: Desk, found: list["Stood"]) -> object:
    shown = table(
        desk.say, "head.id", "head.state", "head.version", "head.article", "head.published",
        "head.listed",
    )  # fmt: skip
    for stood in found:
        later = "*" if stood.seen_later else ""
        shown.add_row(
            cell(stood.article_id),
            Text(desk.say(f"state.{stood.state}"), _STYLES.get(stood.state, "")),
            cell(f"{stood.version}{later}" if stood.version else None),
            cell(stood.title or stood.url),
            cell((stood.published or "")[:10]),
            cell("\n".join(stood.channels)),
        )
    return shown


def _rests_on(desk: Desk, query: "AsOfQuery", walked: list["ChannelWalked"]) -> list[str]:
    """What was known of the lists at that time."""
    if query.channel is not None and len(walked) == 1:
        return [_one_channel(desk, query, walked[0])]
    unseen = [channel for channel in walked if channel.walked_at is None]
    if not unseen:
        return []
    return [desk.say("as_of.unwalked", n=len(unseen), of=len(walked), at=at(query.at))]


def _one_channel(desk: Desk, query: "AsOfQuery", channel: "ChannelWalked") -> str:
    after = at(channel.next_walked_at) if channel.next_walked_at else desk.say("never")
    if channel.walked_at is None:
        return desk.say("as_of.unknown", at=at(query.at), next=after)
    whole = at(channel.whole_at) if channel.whole_at else desk.say("never")
    return desk.say("as_of.walked", before=at(channel.walked_at), whole=whole, after=after)
