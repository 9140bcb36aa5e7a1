"""An article's address in any spelling. Pure."""

import re
from urllib.parse import urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|//")
_SESSION = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)


def spellings(text: str) -> tuple[str, ...]:
    """The addresses under which the archive may hold what was typed: host and path are what
    counts, with the query first and then without it. Empty where it is no address.

    >>> spellings("WWW.a.gov.cn:80/art/1.html#top")
    ('http://www.a.gov.cn/art/1.html', 'https://www.a.gov.cn/art/1.html')
    >>> spellings("公告")
    ()
    """
    plain = text.strip()
    try:
        parts = urlsplit(plain if _SCHEME.match(plain) else f"//{plain}")
    except ValueError:
        return ()
    host = re.sub(r":(80|443)$", "", parts.netloc.rpartition("@")[2].lower())
    if "." not in host and ":" not in host:
        return ()
    path = _SESSION.sub("", parts.path) or "/"
    rests = [f"{path}?{parts.query}", path] if parts.query else [path]
    return tuple(f"{scheme}://{host}{rest}" for rest in rests for scheme in ("http", "https"))
