"""What keeps a reader safe from what is archived, and the archive from whoever asks.

Every response forbids scripts and styles that are not the room's own, says nothing of itself to
other sites, and stands in no foreign frame.
"""

import ipaddress
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
ARCHIVED_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""For archived HTML: no scripts, no forms, no request to anywhere."""
LONGEST_ADDRESS = 4000
_METHODS = ("GET", "HEAD")
_HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-dns-prefetch-control": "off",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guarded:
    """The reading room behind its guard.

    `names` are the host names under which it is reached besides `localhost` and bare addresses:
    another site's name that is made to point here (DNS rebinding) is refused.
    """

    def __init__(self, app: ASGIApp, names: Collection[str] = ()) -> None:
        self.app = app
        self.names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _guard(MutableHeaders(scope=message))
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if not is_ours(Headers(scope=scope).get("host", ""), self.names):
            said = (
                "此处没有这个网站。This host name is not served here (see: cunzheng serve --help)."
            )
            return PlainTextResponse(said, 421)
        if scope["method"] not in _METHODS:
            said = "这里只能阅读。This archive is only read here."
            return PlainTextResponse(said, 405, {"allow": ", ".join(_METHODS)})
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return PlainTextResponse("网址太长。The address is too long.", 414)
        return None


def is_ours(host: str, names: Collection[str]) -> bool:
    """Whether a Host header names this reading room: by a bare address, `localhost`, or a name
    that was given.

    >>> [is_ours(host, ["Room.example.org".lower()]) for host in
    ...  ("127.0.0.1:8000", "[::1]:8000", "localhost", "room.example.org", "evil.example")]
    [True, True, True, True, False]
    """
    name = host.lower()
    if name.startswith("["):
        name = name[1:].partition("]")[0]
    elif name.count(":") == 1:
        name = name.partition(":")[0]
    return name == "localhost" or name in names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _guard(headers: MutableHeaders) -> None:
    for name, value in _HEADERS.items():
        headers[name] = value
    headers.setdefault("content-security-policy", POLICY)
    if "frame-ancestors 'self'" not in headers["content-security-policy"]:
        headers["x-frame-options"] = "DENY"
