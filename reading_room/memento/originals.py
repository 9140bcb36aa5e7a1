"""The address of a page on its site, as it stands within an address of the reading room. Pure."""

import re
from urllib.parse import quote, unquote

_SCHEME = re.compile(r"(https?):/{1,2}", re.IGNORECASE)
_SAFE = ":/?&=%#;,@!$'()*+~[]"


def original_in(raw_path: str, prefix: str, query: str) -> str:
    """What follows the prefix, with the query that belongs to it. A client may have encoded the
    whole of it, left its scheme out, or joined the two slashes.

    >>> original_in("/timegate/http:/a.gov.cn/x.jsp", "/timegate/", "id=1")
    'http://a.gov.cn/x.jsp?id=1'
    >>> original_in("/timegate/https%3A%2F%2Fa.gov.cn%2Fx", "/timegate/", "")
    'https://a.gov.cn/x'
    >>> original_in("/timegate/a.gov.cn/x", "/timegate/", "")
    'http://a.gov.cn/x'
    """
    asked = raw_path.removeprefix(prefix)
    if not _SCHEME.match(asked) and _SCHEME.match(unquote(asked)):
        asked = unquote(asked)
    found = _SCHEME.match(asked)
    scheme, rest = (found[1].lower(), asked[found.end() :]) if found else ("http", asked)
    return quote(f"{scheme}://{rest}{f'?{query}' if query else ''}", safe=_SAFE)
