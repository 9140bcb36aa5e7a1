"""Searching all versions of all articles by words."""

from typing import Any

from starlette.routing import BaseRoute

from reading_room import queries
from reading_room.asked import Answer, Asked
from reading_room.cursors import sealed
from reading_room.figures import Figure
from reading_room.names import channels_offered
from reading_room.pages.series import WORDS as WORDS_USED
from reading_room.pages.series import beside
from reading_room.serving import page
from storage.consult.addresses import spellings
from storage.consult.articles import ArticleHeld
from storage.consult.query import Query, Sort, Within
from storage.consult.search import Found
from storage.consult.sites import sites_named
from storage.errors import UnknownArticle
from storage.history import State

PAGE = 20
MOST = 100
DRAWN = 2000
"""Of so many articles at the most, a search also counts by month how many use its words."""


def search(asked: Asked) -> Answer:
    typed = asked.params.text("q") or ""
    query = search_query(asked)
    found = asked.archive.search(query) if query.words or query.narrows else None
    after = _cursor(found)
    shown = {
        "q": typed,
        "query": query,
        "found": found,
        "places": list(Within),
        "sorts": list(Sort),
        "states": list(State),
        "sites": asked.archive.ask(sites_named),
        "channels": channels_offered(asked, query.host),
        "named": _named(asked, typed),
        "after": after,
        "figure": _figure(asked, query, found),
    }
    return Answer("search.html", shown, _data(asked, found, after))


def search_query(asked: Asked) -> Query:
    """What an address searches for. Raises BadQuestion."""
    params = asked.params
    return queries.search_query(
        {
            "q": params.words("q"),
            "in": Within(params.chosen("in", Within) or Within.ANYWHERE),
            "site": params.text("site"),
            "channel": params.text("channel"),
            "state": params.chosen("state", State),
            "source": params.text("source"),
            "doc_number": params.text("doc_number"),
            **params.span(params.day),
            "as_of": asked.as_of,
            "edited": params.ticked("edited"),
            "sort": Sort(params.chosen("sort", Sort) or Sort.RELEVANCE),
            "limit": params.number("limit", PAGE, most=MOST),
            "after": params.cursor(int, str, int),
        }
    )


def _figure(asked: Asked, query: Query, found: Found | None) -> Figure | None:
    """How often the words are used over time, beside the first page of what is found; of words
    that very many articles may hold, there is only a way to it."""
    if not found or not query.words or query.after or found.at_most > DRAWN:
        return None
    return beside(asked, WORDS_USED, host=query.host, channel=query.channel, words=query.words)


def _cursor(found: Found | None) -> str | None:
    if found is None or found.next is None:
        return None
    return sealed(found.next.stage, found.next.published, found.next.article_id)


def _named(asked: Asked, typed: str) -> ArticleHeld | None:
    """The article whose address was typed instead of words."""
    if not spellings(typed):
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
