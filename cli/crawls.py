"""`cunzheng crawls` and `cunzheng coverage`: how it went, and what may be missing."""

from typing import TYPE_CHECKING

from rich.text import Text

from cli.context import Desk, moment, opened
from cli.options import ArchiveUrl, AsOf, Host, Json, Lang, Limit
from cli.output import at, cell, clean, print_json, table
from cli.telling import verdict_name
from cli.words import WORDS, Language, Say

if TYPE_CHECKING:
    from storage.consult.coverage import Coverage
    from storage.consult.holds import HoldSeen
    from storage.consult.sites import CrawlSeen


def crawls(
    limit: Limit = 20,
    as_of: AsOf = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        found = desk.archive.crawls(limit, at=moment(as_of, desk.say, last=True))
        if as_json:
            print_json({"crawls": found})
        elif not found:
            desk.screen.print(desk.say("crawls.none"))
        else:
            _print_crawls(desk, found)


def coverage(
    host: Host = None,
    as_of: AsOf = None,
    as_json: Json = False,
    archive: ArchiveUrl = None,
    lang: Lang = None,
) -> None:
    with opened(archive, lang) as desk:
        found = desk.archive.coverage(host, at=moment(as_of, desk.say, last=True))
        if as_json:
            print_json({"coverage": found})
        elif not found:
            desk.screen.print(desk.say("channels.none"))
        else:
            _print_coverage(desk, found)


def _print_crawls(desk: Desk, found: list["CrawlSeen"]) -> None:
    shown = table(desk.say, "head.id", "head.crawl", "head.span", "head.outcomes")
    for crawl in found:
        shown.add_row(
            cell(crawl.id),
            cell(f"{crawl.spider} {crawl.target}"),
            cell(f"{at(crawl.started_at)}\n{_end(crawl, desk.say)}"),
            _outcomes(crawl, desk.say),
        )
    desk.screen.print(shown)
    desk.screen.print(desk.say("time.note"))


def _end(crawl: "CrawlSeen", say: Say) -> str:
    return at(crawl.finished_at) if crawl.finished_at else say("crawl.running")


def _outcomes(crawl: "CrawlSeen", say: Say) -> Text:
    told = [f"{outcome_name(name, say)} {count}" for name, count in sorted(crawl.outcomes.items())]
    if crawl.unended:
        told.append(say("crawl.unended", n=crawl.unended))
    lines = Text("、".join(told) if say.language is Language.ZH else ", ".join(told))
    for hold in crawl.holds:
        lines.append(f"\n{_held(hold, say)}", "" if hold.released_at else "bold red")
    if crawl.held_because:
        lines.append(f"\n{say('crawl.release', id=crawl.id)}")
    return lines


def _held(hold: "HoldSeen", say: Say) -> str:
    """Why a crawl is held at a site, or was."""
    reasons = reasons_of(hold, say)
    key = "crawl.held_at" if hold.whole else "crawl.signs_held_at"
    line = say(key, host=clean(hold.host), reasons=reasons)
    if hold.released_at is None:
        return line
    by_reader = hold.released_by == "reader"
    released = "crawl.released_by_reader" if by_reader else "crawl.released"
    return f"{line} ({say(released, at=at(hold.released_at))})"


def reasons_of(hold: "HoldSeen", say: Say) -> str:
    """The conditions that a held crawl met, in one line."""
    told = [say(f"held.{each.why}", n=each.n, of=each.of) for each in hold.because]
    return ("，" if say.language is Language.ZH else ", ").join(told) or say("held.unknown")


def outcome_name(name: str, say: Say) -> str:
    """What this outcome is called."""
    key = f"outcome.{name}"
    return say(key) if key in WORDS else clean(name)


def _print_coverage(desk: Desk, found: list["Coverage"]) -> None:
    numbers = ("head.claimed", "head.seen", "head.repeats", "head.off_site", "head.held")
    shown = table(desk.say, "head.channel", *numbers, "head.verdict", numbers=numbers)
    for covered in found:
        walk = covered.walk
        counts = (
            (walk.claimed_total, walk.entries_seen, walk.repeats, walk.off_site)
            if walk
            else (
                None,
                None,
                None,
                None,
            )
        )
        shown.add_row(
            cell(" / ".join(covered.channel.path)),
            *(cell(count) for count in (*counts, covered.channel.held)),
            cell(verdict_name(walk.verdict, desk.say) if walk else None),
        )
    desk.screen.print(shown)
    _print_reasons(desk, found)


def _print_reasons(desk: Desk, found: list["Coverage"]) -> None:
    short = [(covered, covered.because) for covered in found if covered.because is not None]
    unseen = [(covered, covered.unseen) for covered in found if covered.unseen is not None]
    if not short:
        desk.screen.print(desk.say("coverage.complete", n=len(found)))
    for covered, said in (*short, *unseen):
        zh = desk.say.language is Language.ZH
        name = covered.channel.path[-1]
        line = clean(f"{name}：{said.zh}" if zh else f"{name}: {said.en}")
        desk.screen.print(Text(line), soft_wrap=True)
