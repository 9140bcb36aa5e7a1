"""Edits: those that no page tells of, and those in which words came or went."""

from datetime import datetime
from typing import Any

from starlette.routing import BaseRoute

from reading_room import queries
from reading_room.asked import Answer, Asked
from reading_room.cursors import sealed
from reading_room.names import channels_offered
from reading_room.serving import page
from storage.comparing.changed_words import Way
from storage.comparing.substance import EditKind
from storage.consult.edits import EditCursor, EditQuery
from storage.consult.sites import sites_named

PAGE = 20
MOST = 100


def silent_edits(asked: Asked) -> Answer:
    query = edit_query(asked)
    found = asked.archive.silent_edits(query)
    after = _sealed(found.next)
    return Answer(
        "silent_edits.html",
        _form(asked, query) | {"found": found, "after": after},
        {"edits": found.edits, "total": found.total, "next": _following(asked, after)},
    )


def changes(asked: Asked) -> Answer:
    query, typed = edit_query(asked), asked.params.text("q") or ""
    chosen = asked.params.chosen("way", Way)
    way, words = Way(chosen) if chosen else None, asked.params.words("q")
    found = asked.archive.word_changes(*words, way=way, query=query) if words else None
    after = _sealed(found.next) if found else None
    return Answer(
        "changes.html",
        _form(asked, query)
        | {"q": typed, "ways": list(Way), "way": way, "found": found, "after": after},
        {
            "changes": found.changes if found else [],
            "at_most": found.at_most if found else 0,
            "next": _following(asked, after),
        },
    )


def edit_query(asked: Asked) -> EditQuery:
    """The edits that an address asks for. Raises BadQuestion."""
    params = asked.params
    return queries.edit_query(
        {
            "kind": tuple(EditKind(kind) for kind in params.several("kind", EditKind)),
            "typos": params.ticked("typos"),
            "site": params.text("site"),
            "channel": params.text("channel"),
            **params.span(params.moment),
            "as_of": asked.as_of,
            "limit": params.number("limit", PAGE, most=MOST),
            "after": params.cursor(int, datetime, int),
        }
    )


def _form(asked: Asked, query: EditQuery) -> dict[str, Any]:
    """What the form of either page offers."""
    return {
        "query": query,
        "kinds": list(EditKind),
        "sites": asked.archive.ask(sites_named),
        "channels": channels_offered(asked, query.host),
    }


def _sealed(cursor: EditCursor | None) -> str | None:
    return sealed(cursor.weight, cursor.at, cursor.version_id) if cursor else None


def _following(asked: Asked, after: str | None) -> str | None:
    return asked.here.as_json(after=after) if after else None


ROUTES: list[BaseRoute] = [*page("/silent-edits", silent_edits), *page("/changes", changes)]
