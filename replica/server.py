"""The web server: every request through one door, ailments before answers, all of it noted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from replica.answers import BLANKED, Answer, answer, notice
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
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, shutdown_timeout=0.2).start()
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
        given = _ailing(site, ailment) or answer(site, request.path, await _asked(request))
        if given.headers.get("ETag", "") == request.headers.get("If-None-Match", "none"):
            given = Answer(304, b"", given.headers)
        site.saw(request.method, request.path_qs, given.status)
        if ailment is Ailment.TRUNCATED:
            return await _truncated(request, given)
        return web.Response(status=given.status, body=given.body, headers=given.headers)


async def _asked(request: web.Request) -> dict[str, str]:
    form = await request.post() if request.method == "POST" else {}
    return {**request.query, **{name: str(value) for name, value in form.items()}}


def _ailing(site: Site, ailment: Ailment | None) -> Answer | None:
    match ailment:
        case Ailment.OUTAGE:
            return notice(site, "系统维护中", 503)
        case Ailment.FORBIDDEN:
            return notice(site, "拒绝访问", 403)
        case Ailment.BUSY:
            return Answer(429, b"", {"Retry-After": "1"})
        case Ailment.SOFT_404:
            return notice(site, BLANKED, 200)
        case Ailment.HOME:
            return Answer(302, b"", {"Location": "/index.html"})
        case Ailment.LOOP:
            return Answer(302, b"", {"Location": f"?turn={site.served}"})
        case Ailment.CHALLENGE:
            return _challenge(200)
        case Ailment.CHALLENGE_412:
            return _challenge(412)
        case Ailment.BLANK:
            return Answer(200, b"", {"Content-Type": site.kind.page_type})
        case Ailment.TRUNCATED | Ailment.SLOW | None:
            return None


def _challenge(status: int) -> Answer:
    return Answer(status, CHALLENGE_PAGE.encode(), {"Content-Type": "text/html;charset=utf-8"})


async def _truncated(request: web.Request, whole: Answer) -> web.StreamResponse:
    response = web.StreamResponse(status=whole.status, headers=whole.headers)
    response.content_length = len(whole.body)
    await response.prepare(request)
    await response.write(whole.body[: len(whole.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
