"""What is shown where there is no answer: what was wrong, and what to do."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reading_room.asked import Answer
from reading_room.here import AS_OF
from reading_room.params import BadQuestion
from reading_room.problems import PROBLEM, Problem
from reading_room.serving import html, place_of, speaking
from reading_room.then import NotYet
from storage import ArchiveError
from storage.errors import ArchiveLocked, TookTooLong, UnknownArticle, UnknownCrawl

_log = logging.getLogger(__name__)
_BUSY_S = "5"
Handler = Callable[[Request, Exception], Response | Awaitable[Response]]


def bad_question(request: Request, error: Exception) -> Response:
    assert isinstance(error, BadQuestion)
    return _told(request, 400, error.key, error.values)


def archive_error(request: Request, error: Exception) -> Response:
    """The archive is locked, too slow for the question, or cannot be read: 503 tells machines to
    come again. Its own words stay in the log, since they name paths of the server."""
    if isinstance(error, NotYet):
        return _told(request, 404, "fail.not_yet")
    if isinstance(error, UnknownArticle | UnknownCrawl):
        return _told(request, 404, "fail.unknown")
    _log.warning("%s: %s", type(error).__name__, error)
    if isinstance(error, ArchiveLocked):
        return _told(request, 503, "fail.locked", later=True)
    if isinstance(error, TookTooLong):
        return _told(request, 503, "fail.slow")
    return _told(request, 503, "fail.archive", later=True)


def http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, error.status_code, "fail.unknown" if error.status_code == 404 else "fail")


def own_error(request: Request, _error: Exception) -> Response:
    """A fault of this program's; the server logs it."""
    return _told(request, 500, "fail")


HANDLERS: Mapping[Any, Handler] = {
    BadQuestion: bad_question,
    ArchiveError: archive_error,
    HTTPException: http_error,
    Exception: own_error,
}


def _told(
    request: Request,
    status: int,
    key: str,
    values: Mapping[str, object] | None = None,
    *,
    later: bool = False,
) -> Response:
    say, here = speaking(request), place_of(request)
    if key == "bad.only_now" or (values or {}).get("name") == AS_OF:
        here = here.without(AS_OF)  # or every link of this page would end here again
    detail = say(key, **(values or {}))
    if here.machine:
        problem = Problem(status, say(f"status.{status}"), detail, key)
        response: Response = JSONResponse(asdict(problem), status, media_type=PROBLEM)
    else:
        shown = {"status": status, "title": say(f"status.{status}"), "detail": detail}
        response = html(request, say, here, Answer("failed.html", shown), status)
    if later:
        response.headers["retry-after"] = _BUSY_S
    return response
