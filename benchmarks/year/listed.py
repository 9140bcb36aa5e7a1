"""What the lists of a site alone prove of its articles: told apart from the archive, too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it is to be told; versions by number."""

    at: datetime
    kind: str
    number: int | None = None
    previous: int | None = None
    fields: tuple[str, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a site as one crawl saw them whole: by article, its address in each channel."""

    at: datetime
    told_at: datetime
    listed: Mapping[str, Mapping[str, str]]


def listing_events(lists: Iterable[Lists]) -> dict[str, list[Event]]:
    """What the lists alone show of articles, night by night: one that left every list, one that is
    back in one, one that left a list for another or has another address."""
    before: Mapping[str, Mapping[str, str]] = {}
    ever: set[str] = set()
    events: dict[str, list[Event]] = {}
    for each in lists:
        for article in sorted(before.keys() | each.listed.keys()):
            old, new = before.get(article, {}), each.listed.get(article, {})
            if shown := _relisting(old, new, known=article in ever):
                kind, evidence = shown
                events.setdefault(article, []).append(Event(each.told_at, kind, evidence=evidence))
        before = each.listed
        ever |= each.listed.keys()
    return events


def _relisting(
    old: Mapping[str, str], new: Mapping[str, str], *, known: bool
) -> tuple[str, Mapping[str, Any]] | None:
    left, joined = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    if old and not new:
        return "unlisted", {"channels": left}
    if new and not old:
        return ("relisted", {"channels": joined}) if known else None
    if left and joined:
        return "moved", {"from": left, "to": joined}
    readdressed = [c for c in sorted(old.keys() & new.keys()) if old[c] != new[c]]
    if readdressed:
        addresses = ([each[c] for c in readdressed] for each in (old, new))
        return "moved", dict(zip(("from", "to"), addresses, strict=True))
    return None
