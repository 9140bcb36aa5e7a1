"""The web server: every request through one door, ailments before answers, all of it noted."""

import asyncio
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from aiohttp import web

from replica.answers import BLANKED, WAF, Answer, answer, notice
from replica.faults import CHALLENGE_PAGE, Ailment
from replica.kinds.base import Role
from replica.site import Site

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@asynccontextmanager
async def listening(site: Site, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[None]:
    """Serves the site while the context is open; port 0 takes a free one.

    Raises ValueError for a host that is not loopback, OSError where the port is taken.
    """
    if host not in LOOPBACK:
        raise ValueError(f"the replica is served on loopback only, not on {host}")
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", _Door(site).handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        shown = f"[{host}]" if ":" in host else host
        site.url = f"http://{shown}:{runner.addresses[0][1]}"
        yield
    finally:
        await runner.cleanup()


class _Door:
    def __init__(self, site: Site) -> None:
        self._site = site

    async def handle(self, request: web.Request) -> web.StreamResponse:
        site = self._site
        site.served += 1
        ailment = site.faults.ailment(site.kind.role(request.path), request.path)
        if ailment is Ailment.SLOW:
            await asyncio.sleep(site.faults.delay)
        if ailment is Ailment.SILENT:
            return _silent(site, request)
        given = _ailing(site, ailment) or answer(site, request.path, await _asked(request))
        if given.status == 404:
            given = _ailing(site, site.faults.missing) or given
        given = self._tagged(request, given)
        if self._unchanged(request, given):
            given = Answer(304, b"", given.headers)
        site.saw(request.method, request.path_qs, given.status)
        if ailment is Ailment.TRUNCATED:
            return await _truncated(request, given)
        return web.Response(status=given.status, body=given.body, headers=given.headers)

    def _tagged(self, request: web.Request, given: Answer) -> Answer:
        """The answer with an ETag of its bytes, where the site gives one for its channels' pages
        and what else of its lists is asked for by address alone."""
        role = self._site.kind.role(request.path)
        listed = role in (Role.CHANNEL, Role.LISTING) and request.method == "GET"
        if not (self._site.tagged and listed and given.status == 200):
            return given
        tag = {"ETag": f'"{zlib.crc32(given.body):08x}"'}
        return replace(given, headers={**given.headers, **tag})

    def _unchanged(self, request: web.Request, given: Answer) -> bool:
        """Whether the server says that the visitor's copy is the one that it would send."""
        theirs, ours = request.headers.get("If-None-Match"), given.headers.get("ETag")
        lies = self._site.faults.lying and self._site.kind.role(request.path) is Role.ARTICLE
        return theirs is not None and (lies or theirs == ours)


async def _asked(request: web.Request) -> dict[str, str]:
    form = await request.post() if request.method == "POST" else {}
    return {**request.query, **{name: str(value) for name, value in form.items()}}


def _ailing(site: Site, ailment: Ailment | None) -> Answer | None:
    if ailment in _NOTICES:
        return notice(site, *_NOTICES[ailment])
    if ailment is Ailment.LOOP:
        return Answer(302, b"", {"Location": f"?turn={site.served}"})
    if ailment is Ailment.BLANK:
        return Answer(200, b"", {"Content-Type": site.kind.page_type})
    return _FIXED.get(ailment) if ailment else None


_HTML = {"Content-Type": "text/html;charset=utf-8"}
_NOTICES: dict[Ailment | None, tuple[str, int]] = {
    Ailment.OUTAGE: ("系统维护中", 503),
    Ailment.FORBIDDEN: ("拒绝访问", 403),
    Ailment.SOFT_404: (BLANKED, 200),
}
_FIXED = {
    Ailment.BUSY: Answer(429, b"", {"Retry-After": "1"}),
    Ailment.HOME: Answer(302, b"", {"Location": "/index.html"}),
    Ailment.CHALLENGE: Answer(200, CHALLENGE_PAGE.encode(), _HTML),
    Ailment.WAF: WAF,
    Ailment.CHALLENGE_412: Answer(412, CHALLENGE_PAGE.encode(), _HTML),
}


def _silent(site: Site, request: web.Request) -> web.StreamResponse:
    site.saw(request.method, request.path_qs, 0)
    if request.transport is not None:
        request.transport.close()
    return web.Response()


async def _truncated(request: web.Request, whole: Answer) -> web.StreamResponse:
    response = web.StreamResponse(status=whole.status, headers=whole.headers)
    response.content_length = len(whole.body)
    await response.prepare(request)
    await response.write(whole.body[: len(whole.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
