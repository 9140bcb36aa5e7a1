"""Searching all versions of all articles by words."""

from typing import Any

from starlette.routing import BaseRoute

from reading_room.asked import Answer, Asked
from reading_room.cursors import sealed
from reading_room.serving import page
from storage.consult.addresses import spellings
from storage.consult.articles import ArticleHeld
from storage.consult.query import Cursor, Query
from storage.consult.search import Found
from storage.consult.sites import sites_named
from storage.errors import UnknownArticle
from storage.history import State

PAGE = 20
MOST = 100
WORDS = 12
"""At most so many words of a search are looked for."""


def search(asked: Asked) -> Answer:
    typed = asked.params.text("q")
    query = _query(asked, typed or "")
    found = asked.archive.search(query) if query.words else None
    after = _cursor(found)
    shown = {
        "q": typed or "",
        "query": query,
        "found": found,
        "states": list(State),
        "sites": asked.archive.ask(sites_named),
        "named": _named(asked, typed),
        "after": after,
    }
    return Answer("search.html", shown, _data(asked, found, after))


def _query(asked: Asked, typed: str) -> Query:
    params = asked.params
    after = params.cursor(int, str, int)
    return Query(
        words=tuple(typed.split())[:WORDS],
        host=params.text("site"),
        channel=params.text("channel"),
        state=params.chosen("state", State),
        since=params.day("since", last=False),
        until=params.day("until", last=True),
        limit=params.number("limit", PAGE, most=MOST),
        after=Cursor(*after) if after else None,
    )


def _cursor(found: Found | None) -> str | None:
    if found is None or found.next is None:
        return None
    return sealed(found.next.stage, found.next.published, found.next.article_id)


def _named(asked: Asked, typed: str | None) -> ArticleHeld | None:
    """The article whose address was typed instead of words."""
    if typed is None or not spellings(typed):
        return None
    try:
        return asked.archive.find(typed)
    except UnknownArticle:
        return None


def _data(asked: Asked, found: Found | None, after: str | None) -> dict[str, Any]:
    if found is None:
        return {"hits": [], "total": 0, "at_most": 0, "next": None}
    following = asked.here.as_json(after=after) if after else None
    return {
        "hits": found.hits,
        "total": found.total,
        "at_most": found.at_most,
        "next": following,
    }


ROUTES: list[BaseRoute] = page("/search", search)
