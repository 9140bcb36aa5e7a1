"""The addresses of Memento: TimeGate, TimeMap, mementos."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from reading_room.failing import archive_error, bad_question
from reading_room.here import Here, path_to
from reading_room.memento.moments import from_http_date, from_stamp, http_date
from reading_room.memento.originals import original_in
from reading_room.memento.timemaps import Memento, TimeMap, mementos
from reading_room.pages import article as article_page
from reading_room.params import BadQuestion, Params
from reading_room.serving import html, question_of
from storage.consult.articles import ArticleHeld
from storage.errors import UnknownArticle

LINK_FORMAT = "application/link-format"
_VARIES = "Accept-Datetime"


def timegate(request: Request) -> Response:
    """Leads to the memento that stood at the moment of `Accept-Datetime`; to the newest without."""
    try:
        at = _accepted(request.headers.get("accept-datetime"))
        _, found = _timemap(request, "/timegate/")
    except BadQuestion as error:
        answer = bad_question(request, error)
    except UnknownArticle as error:
        answer = archive_error(request, error)
    else:
        answer = _leading(found, found.standing(at) if at else found.mementos[-1])
    answer.headers["vary"] = _VARIES
    return answer


def timemap_as_links(request: Request) -> Response:
    """All mementos of an address, in the format of RFC 6690."""
    _, found = _timemap(request, "/timemap/link/")
    text = ",\n".join(str(link) for link in found.whole())
    return Response(f"{text}\n", media_type=LINK_FORMAT)


def timemap_as_json(request: Request) -> Response:
    """All mementos of an address, in JSON."""
    _, found = _timemap(request, "/timemap/json/")
    return JSONResponse(found.as_json())


def memento(request: Request) -> Response:
    """The version that stood at a moment; its own moment is the memento's address."""
    typed = request.path_params["at"]
    try:
        at = from_stamp(typed)
    except ValueError as error:
        raise BadQuestion("bad.stamp", value=typed[:40]) from error
    article, found = _timemap(request, f"/memento/{typed}/")
    chosen = found.standing(at)
    return _shown(request, article, found, chosen) if chosen.at == at else _leading(found, chosen)


def _shown(request: Request, article: ArticleHeld, found: TimeMap, chosen: Memento) -> Response:
    parts = {"id": article.id, "number": chosen.number}
    here = Here(path_to("articles", article.id, "versions", chosen.number))
    # The query is the original's: none of it is asked of the reading room.
    question = replace(question_of(request), parts=parts, here=here, params=Params(QueryParams()))
    answer = html(request, question.say, here, article_page.version(question))
    answer.headers["memento-datetime"] = http_date(chosen.at)
    answer.headers["link"] = _in_header(found, chosen)
    return answer


def _leading(found: TimeMap, chosen: Memento) -> Response:
    return RedirectResponse(
        found.address_of(chosen), 302, headers={"link": _in_header(found, chosen)}
    )


def _in_header(found: TimeMap, around: Memento) -> str:
    return ", ".join(str(link) for link in found.links(around))


def _timemap(request: Request, prefix: str) -> tuple[ArticleHeld, TimeMap]:
    """The article at the address after the prefix, and its mementos. Raises UnknownArticle where
    nothing of it was read."""
    raw = (request.scope.get("raw_path") or b"").decode("latin-1").partition("?")[0]
    original = original_in(raw, prefix, request.scope["query_string"].decode("latin-1"))
    archive = question_of(request).archive
    article = archive.find(original)
    found = mementos(archive.timemap(article))
    if not found:
        raise UnknownArticle(f"no version of {original!r} is held")
    return article, TimeMap(str(request.base_url).rstrip("/"), original, found)


def _accepted(typed: str | None) -> datetime | None:
    if typed is None:
        return None
    try:
        return from_http_date(typed).astimezone(UTC)
    except ValueError as error:
        raise BadQuestion("bad.accept_datetime", value=typed[:60]) from error


def _route(path: str, answer: Callable[[Request], Response]) -> BaseRoute:
    return Route(path, answer, methods=["GET"])


ROUTES: list[BaseRoute] = [
    _route("/timegate/{url:path}", timegate),
    _route("/timemap/link/{url:path}", timemap_as_links),
    _route("/timemap/json/{url:path}", timemap_as_json),
    _route("/memento/{at}/{url:path}", memento),
]
