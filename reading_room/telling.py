"""What the archive recorded, said so that a reader understands it. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from reading_room.language import Say
from storage.consult.holds import HoldSeen
from storage.consult.moments import BEIJING

Names = Mapping[str, str]
"""What the channels of a site are called, by the CMS's id."""


def field_names(fields: tuple[str, ...], say: Say) -> str:
    """The names of content fields, as one text."""
    return say.listed([say.name("field", name) for name in fields])


def details(fields: tuple[str, ...], known: Mapping[str, Any], names: Names, say: Say) -> str:
    """What is known of an event beyond its kind, in one line."""
    told = [say("told.changed", fields=field_names(fields, say))] if fields else []
    return say("mark.semicolon").join([*told, *evidence(known, names, say)])


def evidence(known: Mapping[str, Any], names: Names, say: Say) -> list[str]:
    """How an event is known, sentence by sentence."""
    return [*_absence(known, say), *_return(known, say), *_lists(known, names, say)]


def _absence(known: Mapping[str, Any], say: Say) -> Iterator[str]:
    if "class" in known:
        yield say.name("absence", str(known["class"]))
    if "first_signal_at" in known:
        yield say("told.first_signal", at=_at(known["first_signal_at"]))


def _return(known: Mapping[str, Any], say: Say) -> Iterator[str]:
    if "gap_hours" in known:
        since = _at(known["absent_since"]) if "absent_since" in known else "—"
        yield say("told.gap", hours=known["gap_hours"], since=since)
        yield say("told.same_text" if known.get("same_text") else "told.other_text")


def _lists(known: Mapping[str, Any], names: Names, say: Say) -> Iterator[str]:
    if "from" in known and "to" in known:
        before, after = _called(known["from"], names, say), _called(known["to"], names, say)
        yield say("told.moved", before=before, after=after)
    if "channels" in known:
        yield say("told.channels", channels=_called(known["channels"], names, say))
    if known.get("window"):
        yield say("told.window", channels=_called(known["window"], names, say))
    if "file" in known:
        yield say("told.file", file=known["file"])


def _called(ids: Any, names: Names, say: Say) -> str:
    listed = ids if isinstance(ids, list | tuple) else [ids]
    return say.listed([names.get(str(each), str(each)) for each in listed])


def _at(moment: Any) -> str:
    """A recorded moment (ISO 8601) in Beijing time; as it stands where it is none."""
    try:
        return f"{datetime.fromisoformat(str(moment)).astimezone(BEIJING):%Y-%m-%d %H:%M}"
    except ValueError:
        return str(moment)


def held(hold: HoldSeen, say: Say) -> str:
    """Why what a crawl saw of a site was put aside, and since when it is taken into account."""
    reasons = [say(f"held.{each.why}", n=each.n, of=each.of) for each in hold.because]
    key = "crawl.held_at" if hold.whole else "crawl.signs_held_at"
    told = say(key, host=hold.host, reasons=say.listed(reasons or [say("held.unknown")]))
    if hold.released_at is None:
        return told
    by_reader = hold.released_by == "reader"
    released = "crawl.released_by_reader" if by_reader else "crawl.released"
    return say("mark.semicolon").join([told, say(released, at=_at(hold.released_at))])


def doubt_name(word: str, say: Say) -> str:
    """What a reader's doubt is called."""
    return say.name("doubt", word)


def verdict_name(verdict: str | None, say: Say) -> str:
    """What a walk's verdict is called, with its number."""
    word, *rest = (verdict or "").split(" ")
    key = f"verdict.{word}"
    return say(key, n=rest[-1] if rest else "") if say.knows(key) else verdict or "—"
