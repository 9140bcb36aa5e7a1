"""From a request to a page and back: the one place that knows both HTTP and pages."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from jinja2 import Environment
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from reading_room.asked import Answer, Asked, Elsewhere
from reading_room.feeds.feed import feed_at, is_fed
from reading_room.here import Here
from reading_room.language import Say, preferred
from reading_room.params import Params
from reading_room.rendering import render
from reading_room.words import WORDS
from storage import Consultation
from storage.consult.plain import plain

Page = Callable[[Asked], Answer | Elsewhere]
COOKIE = "lang"
_A_YEAR = 365 * 86_400


class _Number(Convertor[int]):
    """A number of the archive's own: no more digits than a column of PostgreSQL holds."""

    regex = "[0-9]{1,9}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("number", _Number())


def page(path: str, asked: Page, *, twin: bool = True) -> list[BaseRoute]:
    """The routes of a page and of its JSON twin, where nothing else gives one."""

    def answer(request: Request) -> Response:
        question = question_of(request)
        found = asked(question)
        if isinstance(found, Elsewhere):
            return RedirectResponse(found.address, 303)
        return respond(request, question, found)

    at = "/index.json" if path == "/" else f"{path}.json"
    paths = [at, path] if twin else [path]
    return [Route(each, answer, methods=["GET"]) for each in paths]


def question_of(request: Request) -> Asked:
    """What a request asks, and in which language."""
    archive: Consultation = request.app.state.archive
    return Asked(
        archive=archive,
        say=speaking(request),
        here=place_of(request),
        params=Params(request.query_params),
        parts=request.path_params,
    )


def speaking(request: HTTPConnection) -> Say:
    """The words of the reader's language."""
    asked, remembered = request.query_params.get("lang"), request.cookies.get(COOKIE)
    accepted = request.headers.get("accept-language", "")
    return Say(preferred(asked, remembered, accepted), WORDS)


def place_of(request: HTTPConnection) -> Here:
    """Where the reader is; the language is no part of it."""
    pairs = request.query_params.multi_items()
    return Here.of(request.url.path, ((n, v) for n, v in pairs if n != "lang"))


def respond(request: Request, question: Asked, found: Answer, status: int = 200) -> Response:
    """The answer in the form that was asked for."""
    if question.here.machine:
        return JSONResponse(plain(_told(question, found)), status)
    return html(request, question.say, question.here, found, status, question.as_of)


def _told(question: Asked, found: Answer) -> Mapping[str, Any]:
    """What a JSON twin holds, and of which instant, where that is not now."""
    return found.data if question.as_of is None else {**found.data, "as_of": question.as_of}


def html(
    request: Request,
    say: Say,
    here: Here,
    found: Answer,
    status: int = 200,
    as_of: datetime | None = None,
) -> Response:
    """A page, in the reader's language, which is remembered where it was chosen; it says of which
    instant it tells, where that is not now."""
    environment: Environment = request.app.state.templates
    shown = {**_frame(request, say, here), "as_of": as_of, **found.shown}
    response = HTMLResponse(render(environment, found.template, shown), status)
    response.headers["content-language"] = say.language.tag
    response.headers["vary"] = "Accept-Language, Cookie"
    response.headers["cache-control"] = "no-cache"
    if request.query_params.get("lang") == say.language:
        response.set_cookie(
            COOKIE, say.language.value, max_age=_A_YEAR, samesite="lax", httponly=True
        )
    return response


def _frame(request: Request, say: Say, here: Here) -> Mapping[str, Any]:
    """What every page needs besides its own."""
    # A name of its own for each edition of a file, so that browsers may keep it.
    return {
        "say": say,
        "here": here,
        "feed": feed_at(here, "atom") if is_fed(here) else None,
        "json_feed": feed_at(here, "json") if is_fed(here) else None,
        "edition": request.app.state.edition,
        "q": "",
    }
