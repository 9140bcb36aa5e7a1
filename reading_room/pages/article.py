"""An article: the text as it stood, its versions, where it was listed, and how it is known."""

from datetime import datetime
from typing import Any

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked
from reading_room.citing import citations
from reading_room.names import names_in
from reading_room.serving import page
from reading_room.strip import strip
from reading_room.then import history_then, seen_by_then
from storage.consult.histories import History
from storage.consult.linked import articles_at
from storage.consult.looks import files_of
from storage.consult.sites import sites_named
from storage.consult.versions import Shown


def article(asked: Asked) -> Answer:
    """The version that stands, or that stood at `as_of`."""
    held = asked.article()
    at = asked.as_of
    shown = asked.archive.show_as_of(held, at) if at else asked.archive.show(held)
    return _answer(asked, shown)


def version(asked: Asked) -> Answer:
    """Version N, whatever has become of it."""
    shown = asked.archive.show(asked.article(), number=asked.parts["number"])
    seen_by_then(shown.version, asked.as_of)
    return _answer(asked, shown)


def _answer(asked: Asked, shown: Shown) -> Answer:
    known = history_then(asked.archive.history(shown.article), asked.as_of)
    files = asked.archive.ask(files_of, shown.version.id) if shown.version else []
    site = asked.archive.ask(sites_named).get(shown.article.host)
    links = shown.version.content.links if shown.version else ()
    cited = citations(shown.article, shown.version, site) if shown.version else ()
    return Answer(
        "article.html",
        {
            "shown": shown,
            "article": shown.article,
            "version": shown.version,
            "known": known,
            "files": files,
            "linked": asked.archive.ask(articles_at, [link.url for link in links]),
            "site": site,
            "channels": _channels(shown, known, asked.as_of),
            "citations": cited,
            "strip": strip(known),
            "names": names_in(asked, known.events),
            "numbered": "number" in asked.parts,
        },
        _data(shown, known) | {"files": files, "citations": {c.form: c.text for c in cited}},
    )


def _channels(shown: Shown, known: History, at: datetime | None) -> tuple[str, ...]:
    """The channels that list the article, now or then."""
    if at is None:
        return shown.article.channels
    return tuple(dict.fromkeys(each.channel for each in known.placements if not each.left_at))


def _data(shown: Shown, known: History) -> dict[str, Any]:
    return {
        "article": shown.article,
        "state": shown.state,
        "current": shown.current,
        "as_of": shown.as_of,
        "observed_at": shown.observed_at,
        "next_observed_at": shown.next_observed_at,
        "version": shown.version,
        "versions": known.versions,
        "events": known.events,
        "placements": known.placements,
    }


ROUTES: list[BaseRoute] = [
    *page("/articles/{id:number}", article),
    *page("/articles/{id:number}/versions/{number:number}", version),
]
