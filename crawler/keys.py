"""Which article an address names, on the site that lists it."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.hanweb import any_channel_id, article_address, canonical, counts_visits, host_of
from storage.article import ArticleKey

_FILE = re.compile(r"\.(?!html?$|s?html$|jsp$|do$|php$|aspx?$)[a-z0-9]{2,5}$", re.IGNORECASE)
_DOWNLOAD = re.compile(r"/download/|/downfile\.jsp|/attach/", re.IGNORECASE)


@lru_cache(maxsize=4096)  # each row of a list is asked about several times
def article_key(url: str, host: str) -> ArticleKey | None:
    """The article that an entry's address names; None where it leads to another site, to a file,
    or to no page that could be an article.

    Where the address gives no article id, the canonical address itself is the id.

    >>> article_key("http://a.gov.cn/art/2022/2/26/art_1_77.html", "a.gov.cn").cms_id
    '77'
    >>> article_key("http://a.gov.cn/attach/0/x.pdf", "a.gov.cn") is None
    True
    """
    if urlsplit(url).scheme not in ("http", "https") or host_of(url) != host:
        return None
    if address := article_address(url):
        return ArticleKey(host, address.cms_id)
    path = urlsplit(url).path
    if _FILE.search(path) or _DOWNLOAD.search(path) or counts_visits(url):
        return None
    if path in ("", "/") or any_channel_id(url) is not None:
        return None
    return ArticleKey(host, canonical(url))
