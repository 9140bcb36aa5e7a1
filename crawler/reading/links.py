"""Addresses as a page writes them, made absolute; never an error, whatever is written there."""

import re
from urllib.parse import urljoin, urlsplit

from crawler.hanweb import canonical

_NO_ADDRESS = re.compile(r"(?:javascript|javascrpit|data|about|mailto|tel|file|#)", re.IGNORECASE)


def absolute(url: str, written: str | None) -> str | None:
    """The absolute HTTP address of what a page at `url` writes; None where it is none.

    >>> absolute("https://a.gov.cn/art/2022/2/26/art_1_2.html", "../x.doc")
    'https://a.gov.cn/art/2022/2/x.doc'
    >>> absolute("https://a.gov.cn/", "javascript:void(0)") is None
    True
    """
    address = re.sub(r"[\t\r\n]", "", written or "").strip()
    if not address or _NO_ADDRESS.match(address):
        return None
    try:
        joined = urljoin(url, address)
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in {"http", "https"} and parts.netloc else None


def picture(url: str, written: str | None) -> str | None:
    """The absolute address of a picture without its volatile part (`?cache=0.33…`)."""
    joined = absolute(url, written)
    return canonical(joined) if joined and "?" in joined else joined
