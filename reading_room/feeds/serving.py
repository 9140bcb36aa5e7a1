"""The addresses of feeds: that of a page, with the ending of a form."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from reading_room.feeds.forms import ATOM, JSON_FEED, as_atom, as_json
from reading_room.feeds.sources import (
    Source,
    of_article,
    of_channel,
    of_room,
    of_search,
    of_site,
)
from reading_room.here import Here
from reading_room.serving import question_of

_SOURCES = {
    "/events": of_room,
    "/search": of_search,
    "/sites/{host}": of_site,
    "/channels/{id:number}": of_channel,
    "/articles/{id:number}": of_article,
}


def _routes() -> Iterator[BaseRoute]:
    for path, source in _SOURCES.items():
        yield _route(path, source, ".atom")
        yield _route(path, source, ".feed.json")
    # The list of events has no other twin: this one is made to be looked at again.
    yield _route("/events", of_room, ".json")


def _route(path: str, source: Source, ending: str) -> BaseRoute:
    def answer(request: Request) -> Response:
        question = question_of(request)
        here = Here(request.url.path.removesuffix(ending), question.here.query)
        feed = source(replace(question, here=here), str(request.base_url).rstrip("/"))
        if ending == ".atom":
            return _told(request, as_atom(feed, request.app.state.templates), ATOM)
        return _told(request, json.dumps(as_json(feed), ensure_ascii=False), JSON_FEED)

    return Route(f"{path}{ending}", answer, methods=["GET"])


def _told(request: Request, text: str, media_type: str) -> Response:
    """The feed; nothing but its mark where the reader has it already (RFC 9110, 13.1.2)."""
    body = text.encode("utf-8", "replace")
    mark = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": mark, "cache-control": "no-cache", "vary": "Accept-Language, Cookie"}
    if _has(request.headers.get("if-none-match", ""), mark):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=f"{media_type}; charset=utf-8")


def _has(header: str, mark: str) -> bool:
    known = [each.strip().removeprefix("W/") for each in header.split(",")]
    return "*" in known or mark.removeprefix("W/") in known


ROUTES: list[BaseRoute] = list(_routes())
