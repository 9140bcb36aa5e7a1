"""`cunzheng sites` and `cunzheng channels`: what is held."""

from typing import TYPE_CHECKING

from rich.text import Text

from cli.context import Desk, opened
from cli.options import ArchiveUrl, Host, Json, Lang
from cli.output import at, cell, clean, print_json, table
from cli.telling import verdict_name

if TYPE_CHECKING:
    from storage.consult.sites import ChannelHeld, SiteHeld

_COUNTS = (
    "head.channels",
    "head.articles",
    "head.versions",
    "head.missing",
    "head.gone",
)


def sites(as_json: Json = False, archive: ArchiveUrl = None, lang: Lang = None) -> None:
    with opened(archive, lang) as desk:
        found = desk.archive.sites()
        if as_json:
            print_json({"sites": found})
        elif not found:
            desk.screen.print(desk.say("sites.none"))
        else:
            _print_sites(desk, found)


def channels(
    host: Host = None, as_json: Json = False, archive: ArchiveUrl = None, lang: Lang = None
) -> None:
    with opened(archive, lang) as desk:
        found = desk.archive.channels(host)
        if as_json:
            print_json({"channels": found})
        elif not found:
            desk.screen.print(desk.say("channels.none"))
        else:
            _print_channels(desk, found)


def _print_sites(desk: Desk, found: list["SiteHeld"]) -> None:
    shown = table(desk.say, "head.site", *_COUNTS, "head.last_crawl", numbers=_COUNTS)
    for site in found:
        counts = (
            site.channels,
            site.articles,
            site.versions,
            site.missing,
            site.gone,
        )
        name = Text(clean(f"{site.host}\n{site.name}" if site.name else site.host))
        shown.add_row(
            name,
            *(cell(count) for count in counts),
            cell(at(site.last_crawled_at).replace(" ", "\n")),
        )
    desk.screen.print(shown)
    desk.screen.print(desk.say("time.note"))


def _print_channels(desk: Desk, found: list["ChannelHeld"]) -> None:
    numbers = ("head.held", "head.claimed")
    several = len({channel.host for channel in found}) > 1
    shown = table(
        desk.say,
        "head.id",
        "head.channel",
        *numbers,
        "head.verdict",
        "head.walked",
        numbers=numbers,
    )
    for channel in found:
        path = " / ".join(channel.path)
        shown.add_row(
            cell(channel.cms_id),
            cell(f"{channel.host} {path}" if several else path),
            cell(channel.held),
            cell(channel.claimed_total),
            cell(verdict_name(channel.verdict, desk.say)),
            cell(at(channel.walked_at)),
        )
    desk.screen.print(shown)
    desk.screen.print(desk.say("time.note"))
