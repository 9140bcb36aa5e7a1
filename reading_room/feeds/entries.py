"""Events and versions as entries of a feed. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from reading_room.feeds.feed import Entry, tag
from reading_room.here import path_to
from reading_room.language import Say
from reading_room.telling import details
from storage.consult.events import EventHeld
from storage.consult.new_versions import VersionFound
from storage.consult.plain import plain

_WEB = ("http://", "https://")


def of_event(event: EventHeld, names: Mapping[str, str], say: Say, room: str) -> Entry:
    """An event. `names` are what channels are called, by the CMS's id."""
    kind = say.name("event", event.kind)
    title = event.title or event.url
    return Entry(
        id=tag(event.host, event.at, event.cms_id, event.kind, *_told_apart(event)),
        at=event.at,
        title=say("feed.entry", kind=kind, title=title),
        address=f"{room}{_shown_at(event)}",
        original=_web(event.url),
        summary=details(event.fields, event.evidence, names, say) or title,
        host=event.host,
        kind=event.kind,
        kind_said=kind,
        data=_data(event),
    )


def of_version(found: VersionFound, say: Say, room: str) -> Entry:
    """A version that holds what is searched for."""
    article, kind = found.article, say("article.version_n", n=found.number)
    where = path_to("articles", article.id, "versions", found.number)
    return Entry(
        id=tag(article.host, found.first_captured_at, article.cms_id, "version"),
        at=found.first_captured_at,
        title=say("feed.entry", kind=kind, title=found.title),
        address=f"{room}{where}",
        original=_web(article.url),
        summary=found.snippet.text or found.title,
        host=article.host,
        kind="version",
        kind_said=kind,
        data=_data(found),
    )


def _shown_at(event: EventHeld) -> str:
    if event.version is None:
        return path_to("articles", event.article_id)
    if event.previous_version is None or event.kind != "edited":
        return path_to("articles", event.article_id, "versions", event.version)
    pair = f"{event.previous_version}..{event.version}"
    return path_to("articles", event.article_id, "diff", pair)


def _told_apart(event: EventHeld) -> tuple[str, ...]:
    """What tells apart events of one kind that lists showed at the same moment."""
    if event.capture_id is not None:
        return ()
    known = {name: told for name, told in event.evidence.items() if name != "crawl_id"}
    text = json.dumps(plain(known), sort_keys=True, ensure_ascii=False)
    return (hashlib.sha256(text.encode()).hexdigest()[:12],)


def _web(url: str) -> str | None:
    """An address that a reader's program may open."""
    return url if url.startswith(_WEB) else None


def _data(value: Any) -> Mapping[str, Any]:
    found: Mapping[str, Any] = plain(value)
    return found
