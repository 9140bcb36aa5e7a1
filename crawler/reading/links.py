"""Addresses as a page writes them, made absolute; never an error, whatever is written there."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from crawler.hanweb import canonical

_HTTP = frozenset({"http", "https"})
# The most usual address by far, for which nothing has to be worked out.
_ROOTED = re.compile(r"/(?:(?!\.)[\w.~%+=,;:@&!$'()*-]+/?)*+", re.ASCII)
_NO_ADDRESS = re.compile(r"(?:javascript|javascrpit|data|about|mailto|tel|file|#)", re.IGNORECASE)


def absolute(url: str, written: str | None) -> str | None:
    """The absolute HTTP address of what a page at `url` writes; None where it is none.

    >>> absolute("https://a.gov.cn/art/2022/2/26/art_1_2.html", "../x.doc")
    'https://a.gov.cn/art/2022/2/x.doc'
    >>> absolute("https://a.gov.cn/", "javascript:void(0)") is None
    True
    """
    address = (written or "").strip()
    if _ROOTED.fullmatch(address):
        return f"{origin}{address}" if (origin := _origin(url)) else None
    address = re.sub(r"[\t\r\n]", "", address)
    if not address or _NO_ADDRESS.match(address):
        return None
    try:
        joined = urljoin(url, address)
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in {"http", "https"} and parts.netloc else None


@lru_cache(maxsize=64)
def _origin(url: str) -> str | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc and parts.scheme in _HTTP else None


def picture(url: str, written: str | None) -> str | None:
    """The absolute address of a picture without its volatile part (`?cache=0.33…`)."""
    joined = absolute(url, written)
    return canonical(joined) if joined and "?" in joined else joined
