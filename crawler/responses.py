"""Scrapy's requests and responses in our words."""

from datetime import datetime
from urllib.parse import urlencode

from scrapy.http import Request, Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.admission import Response as Admissible
from crawler.hanweb import on_the_wire
from crawler.listings import ListingRequest
from crawler.reading import decode
from crawler.reading.wholeness import file_shows_its_end, shows_its_end
from crawler.unpacking import CUT
from storage.judging import Outcome
from storage.values import Ended

_MAX_HEADERS = 64 * 1024
_NOT_KEPT = frozenset({"set-cookie", "set-cookie2", "authorization", "proxy-authenticate"})


def text_of(response: Response) -> str:
    """The page's text, by the rules of `crawler.reading.decode`."""
    content_type = (response.headers.get(b"Content-Type") or b"").decode("latin-1")
    return decode(response.body, charset_of(content_type))


def admissible(response: Response, listed: str | None) -> Admissible:
    """What admission looks at. `listed` is the title in the listing that named the address."""
    text = text_of(response)
    partial = not came_whole(response, text)
    return Admissible(response.url, response.status, text, partial, listed=listed)


def came_whole(response: Response, text: str) -> bool:
    """Whether a page came to its end. An answer that names no length ends with its connection
    (RFC 9112, 6.3), as one that is cut off does: it is whole where the page shows its own end."""
    return "partial" not in response.flags or (CUT not in response.flags and shows_its_end(text))


def file_came_whole(response: Response) -> bool:
    """The same of a file."""
    return "partial" not in response.flags or (
        CUT not in response.flags and file_shows_its_end(response.body)
    )


def asked_url(response: Response) -> str:
    """The address that was asked for, before any redirect."""
    redirects: list[str] = response.meta.get("redirect_urls", [])
    return redirects[0] if redirects else response.url


def name_of(request: Request) -> str:
    """The name of an address in the frontier, whatever it was redirected to since."""
    name = request.meta.get("frontier_name")
    return name if isinstance(name, str) else request.url


def listing_request(asked: ListingRequest, attempt: int = 1) -> Request:
    """The request for one more page of a list, as the site's own pages send it.

    Its address is kept to the letter (the CMS repeats parameters and encodes them twice). Two
    questions that differ in their forms alone have two names: the form stands after `#`; and so
    has the same question in a second attempt, or asked again in one.
    """
    url = on_the_wire(asked.url)
    name = f"{url}#{urlencode(asked.form)}" if asked.form else url
    name = attempted(f"{name}#again" if asked.again else name, attempt)
    meta = {"frontier_name": name, "verbatim_url": True}
    if not asked.form:
        return Request(url, meta=meta)
    return Request(
        url,
        method="POST",
        body=urlencode(asked.form),
        headers={
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Requested-With": "XMLHttpRequest",
        },
        meta=meta,
    )


def attempted(name: str, attempt: int) -> str:
    """The name of an address that is asked for again in the same crawl."""
    return name if attempt == 1 else f"{name}#{attempt}"


def headers(response: Response) -> dict[str, str]:
    """The response's headers as text, without cookies, cut off at 64 KB in all."""
    kept: dict[str, str] = {}
    size = 0
    for name, values in response.headers.items():
        key = name.decode("latin-1")
        value = ", ".join(v.decode("latin-1") for v in values)
        size += len(key) + len(value)
        if key.lower() not in _NOT_KEPT and size <= _MAX_HEADERS:
            kept[key] = value
    return kept


def ended(request: Request, outcome: Outcome, detail: str, at: datetime) -> Ended:
    """An address that ended without a response."""
    return Ended(url=name_of(request), outcome=outcome, detail=detail, at=at)


def host_url(response: Response, path: str) -> str:
    """An address on the host that answered."""
    parts = urlparse_cached(response)
    return f"{parts.scheme}://{parts.netloc}{path}"


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type header names, None where it names none."""
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset" and value.strip():
            return value.strip().strip("\"'")
    return None
