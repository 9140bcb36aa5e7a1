"""The evidence: each look at an article, what came, and the page as it was received.

What was received is shown in a frame without scripts, forms or requests, and only there.
"""

import re
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from reading_room.asked import Answer, Asked
from reading_room.cursors import sealed
from reading_room.downloads import download
from reading_room.security import ARCHIVED_POLICY
from reading_room.serving import page, question_of
from reading_room.then import looked_by_then, seen_by_then
from storage.consult.looks import Look, LookQuery, files_of, look, looks, payload
from storage.errors import UnknownArticle

PAGE = 50
MOST = 200
_HTML = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"[a-z0-9][a-z0-9_-]{1,30}")
_LEADING_AWAY = re.compile(rb"(</?(?:iframe|frame|area|a))(?=[\s/>])", re.I)
_THE_SAME_WIDE = re.compile(
    rb"(<\0(?:/\0)?(?:i\0f\0r\0a\0m\0e|f\0r\0a\0m\0e|a\0r\0e\0a|a)\0)(?=[\s/>])", re.I
)
"""In UTF-16, of either order of bytes."""


def captures(asked: Asked) -> Answer:
    article = asked.article()
    after = asked.params.cursor(datetime, int)
    limit = asked.params.number("limit", PAGE, most=MOST)
    before = (after[0], after[1]) if after else None
    query = LookQuery(article_id=article.id, limit=limit + 1, before=before, until=asked.as_of)
    found = asked.archive.ask(looks, query)
    more, found = len(found) > limit, found[:limit]
    cursor = sealed(found[-1].captured_at, found[-1].id) if more else None
    return Answer(
        "captures.html",
        {"article": article, "looks": found, "after": cursor},
        {
            "article": article,
            "captures": found,
            "next": asked.here.as_json(after=cursor) if cursor else None,
        },
    )


def capture(asked: Asked) -> Answer:
    seen = _look(asked)
    article = asked.archive.find(str(seen.article_id)) if seen.article_id else None
    return Answer(
        "capture.html",
        {"look": seen, "article": article, "framed": _is_page(seen)},
        {"capture": seen, "article": article},
    )


def framed(request: Request) -> Response:
    """The page as it was received, for the frame of its evidence page: opened by itself, it
    leads there."""
    asked = question_of(request)
    seen = _look(asked)
    if request.headers.get("sec-fetch-dest") == "document":
        return RedirectResponse(asked.here.to("captures", seen.id), 303)
    if not _is_page(seen):
        raise UnknownArticle(f"capture {seen.id} holds no page")
    body = unconnected(asked.archive.ask(payload, seen.payload_digest))
    charset = seen.charset if seen.charset and _CHARSET.fullmatch(seen.charset) else None
    media_type = f"text/html; charset={charset}" if charset else "text/html"
    headers = {"content-type": media_type, "content-security-policy": ARCHIVED_POLICY}
    return Response(body, headers=headers)


def unconnected(page: bytes) -> bytes:
    """A page whose frames and links are elements without a meaning, told apart by a hyphen.

    The policy keeps frames and links from loading, but only after Chromium (150, seen in 2026) has
    connected to the host that they name, which would tell the site who reads.

    >>> unconnected(b'<p><A href=x>y</A><abbr>z</abbr><IFRAME src=x>')
    b'<p><A- href=x>y</A-><abbr>z</abbr><IFRAME- src=x>'
    """
    return _THE_SAME_WIDE.sub(b"\\1-\0", _LEADING_AWAY.sub(rb"\1-", page))


def received(request: Request) -> Response:
    """The bytes as they were received, to keep: never to be shown by the browser."""
    asked = question_of(request)
    seen = _look(asked)
    return download(asked.archive.ask(payload, seen.payload_digest), f"capture-{seen.id}.bin")


def file(request: Request) -> Response:
    """The bytes of a file that a version offers."""
    asked = question_of(request)
    shown = asked.archive.show(asked.article(), number=asked.parts["number"])
    assert shown.version is not None
    seen_by_then(shown.version, asked.as_of)
    for held in asked.archive.ask(files_of, shown.version.id):
        if held.position == asked.parts["position"] and held.payload_digest:
            return download(asked.archive.ask(payload, held.payload_digest), held.name)
    raise UnknownArticle("the bytes of this file are not held")


def _look(asked: Asked) -> Look:
    """The capture whose number stands in the address. Raises UnknownArticle."""
    return looked_by_then(asked.archive.ask(look, asked.parts["id"]), asked.as_of)


def _is_page(seen: Look) -> bool:
    return seen.size > 0 and seen.media_type in ("", *_HTML) and seen.page_kind != "attachment"


ROUTES: list[BaseRoute] = [
    *page("/articles/{id:number}/captures", captures),
    Route("/captures/{id:number}/framed", framed, methods=["GET"]),
    Route("/captures/{id:number}/received", received, methods=["GET"]),
    *page("/captures/{id:number}", capture),
    Route(
        "/articles/{id:number}/versions/{number:number}/files/{position:number}",
        file,
        methods=["GET"],
    ),
]
