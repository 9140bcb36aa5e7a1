"""The CMS's own words: the shapes of its addresses and the signs of its generations.

This module and `crawler.listings` are the only places that speak them; everything else uses ours.
The shapes are those seen on public pages of 大汉版通 (jcms, jpage, jpaas) from 2005 to 2026.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_DATED_ARTICLE = re.compile(r"/art/(\d{4})/(\d{1,2})/(\d{1,2})/art_(\d+)_(\d+)\.html?$")
_HEX_ARTICLE = re.compile(r"^(.*?)/art/(\d{4})/art_([0-9a-f]{32})\.html?$")
_CHANNEL = re.compile(r"/col/col(\d+(?:/[a-z0-9_]+)*?)/?(?:index\.html?)?$", re.IGNORECASE)
_DIRECTORY = re.compile(r"^/((?:[a-z0-9][\w-]{0,60}/){1,8})(?:index\.html?)?$", re.IGNORECASE)
_NO_CHANNELS = re.compile(
    r"(api-gateway|art|attach|cms_files|col|images|jcms_files|module|picture|plugins"
    r"|script)/",
    re.IGNORECASE,
)
CHANNEL_LINK = "/col/col"
"""Stands in every link to a channel by its id."""
_NODE = re.compile(r"(?:^|&)number=([A-Za-z0-9][\w-]{0,39})(?:&|$)")
_VOLATILE = frozenset({"uid", "pagenum", "cache", "v", "webname", "jsessionid"})
_REMEMBERED = 4096
"""Addresses of which it is remembered what they say: those of one list are asked about many times
in a row."""
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_-]+)+\.html?")
_LONGEST_ADDRESS = 2000  # longer ones are no addresses, and cost time to look at
_VISIT_COUNTER = re.compile(
    r"/visitcount/|/visit\.jsp|/articlehits\.jsp|/artcount\.jsp|/vc/vc/", re.IGNORECASE
)
_SIGNS = (
    ("Produced By 大汉网络", "classic"),
    ("大汉版通", "classic"),
    ("/jpage/jquery.jpage.js", "classic"),
    ("/jpage/dataproxy.jsp", "classic"),
    ("/module/visitcount/visit.jsp", "classic"),
    ("/script/web_front.js", "classic"),
    ("/module/jslib/jquery/jquery.js", "classic"),
    ("/jcms_files/jcms1/", "classic"),
    ("ZJEG_RSS.content.begin", "classic"),
)
_JPAAS_SIGNS = ("/AuthorizedRead/unitbuild.js", "/jpaas-publish-server/", "/cms_files/")


@dataclass(frozen=True, slots=True)
class ArticleAddress:
    """What an article's address says: the CMS's article id, its channel's id, the listed day."""

    cms_id: str
    channel_id: str | None
    published_on: date | None


@lru_cache(maxsize=_REMEMBERED)
def article_address(url: str) -> ArticleAddress | None:
    """Read an article's address; None where it is not one.

    >>> article_address("http://a.gov.cn/art/2022/2/26/art_17849_3820001.html").cms_id
    '3820001'
    >>> article_address("http://a.gov.cn/art/2022/2/26/art_1_77.html;jsessionid=A1!2").cms_id
    '77'
    >>> article_address("http://a.gov.cn/col/col17849/index.html") is None
    True
    """
    path = urlsplit(url).path.partition(";")[0]  # behind it a server may write a session's id
    if dated := _DATED_ARTICLE.search(path):
        year, month, day, channel, article = dated.groups()
        return ArticleAddress(article, channel, _day(year, month, day))
    if hexed := _HEX_ARTICLE.match(path):
        return ArticleAddress(hexed[3], any_channel_id(hexed[1] + "/"), None)
    return None


def channel_id(url: str) -> str | None:
    """The CMS's id of the channel whose page this is; None where it is no channel's page.

    >>> channel_id("http://a.gov.cn/col/col284/index.html?uid=1&pageNum=2")
    '284'
    >>> channel_id("http://a.gov.cn/col/col1599543/yszq/index.html")
    '1599543/yszq'
    """
    found = _CHANNEL.search(urlsplit(url).path)
    return found[1] if found else None


def node_channel(column: str, node: str) -> str:
    """The id of the channel that a node of the catalogue of disclosed information is."""
    return f"{column}?number={node}"


def listed_id(url: str) -> str | None:
    """The channel's id, with the node of the catalogue that its address selects where it does.

    `?number=C00004C00001`, seen on departments' pages in Jiangxi.

    >>> listed_id("http://a.gov.cn/col/col284/index.html?number=A0212")
    '284?number=A0212'
    """
    column, node = channel_id(url), _NODE.search(urlsplit(url).query)
    return node_channel(column, node[1]) if column and node else column


def directory_id(url: str) -> str | None:
    """The channel that a plain directory is on sites that were made with jpaas and number none.

    Seen on the ministries' sites (samr, mofcom, 2021 to 2026).

    >>> directory_id("https://www.samr.gov.cn/zw/zjwj/index.html")
    'zw/zjwj'
    >>> directory_id("https://www.samr.gov.cn/index.html") is None
    True
    """
    found = _DIRECTORY.match(urlsplit(url).path)
    if not found or _NO_CHANNELS.match(found[1]):
        return None
    return found[1].rstrip("/")


def any_channel_id(url: str) -> str | None:
    """The channel's id where it is numbered, else that of its directory."""
    return listed_id(url) or directory_id(url)


def channel_of(url: str, html: str) -> str | None:
    """The channel whose page this is: a directory is one only on a site made with jpaas."""
    return any_channel_id(url) if generation_of(html) == "jpaas" else listed_id(url)


def channel_path(cms_id: str) -> str:
    """The path of a channel's page, with the query that selects a node of the catalogue."""
    column, mark, query = cms_id.partition("?")
    if column[:1].isdigit():
        return f"/col/col{column}/index.html{mark}{query}"
    return f"/{cms_id}/index.html"


@lru_cache(maxsize=_REMEMBERED)
def canonical(url: str, base: str = "") -> str:
    """One spelling for one address: absolute, host in lower case, no fragment, no volatile part.

    >>> canonical("//A.gov.cn/col/col2/?uid=9&pageNum=3#x", "https://b.gov.cn/")
    'https://a.gov.cn/col/col2/index.html'
    """
    parts = urlsplit(urljoin(base, url.strip()))
    path = re.sub(r";jsessionid=[^/]*", "", parts.path, flags=re.IGNORECASE).rstrip() or "/"
    if _CHANNEL.search(path) and not path.endswith((".html", ".htm")):
        path = path.rstrip("/") + "/index.html"
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _VOLATILE
    ]
    query = urlencode(kept, errors="replace")  # half a character, as JSON can write it
    return urlunsplit((parts.scheme.lower(), _netloc(parts.netloc), path, query, ""))


def absolute(href: str, base: str) -> str | None:
    """The http address that a link on the page `base` leads to; None where it leads to none.

    >>> absolute(" /art/2026/8/28/art_284_1.html ", "http://a.gov.cn/col/col284/index.html")
    'http://a.gov.cn/art/2026/8/28/art_284_1.html'
    >>> absolute("javascript:void(0)", "http://a.gov.cn/") is None
    True
    """
    href = href.strip().replace("\\", "/")  # browsers read a backslash as a slash
    if not href or href.startswith("#") or len(href) > _LONGEST_ADDRESS:
        return None
    if _PLAIN_PATH.fullmatch(href) and (root := _root_of(base)):
        return root + href
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


@lru_cache(maxsize=_REMEMBERED)
def _root_of(base: str) -> str | None:
    """What stands before the path of an http address; None where it is none."""
    try:
        parts = urlsplit(urljoin(base, "/"))
    except ValueError:
        return None
    usual = parts.scheme in ("http", "https") and parts.hostname
    return f"{parts.scheme}://{parts.netloc}" if usual else None


def on_the_wire(url: str) -> str:
    """An address as it can be sent: what is not ASCII is percent-encoded as UTF-8, and nothing
    else is touched. Pages spell `webname` in raw Chinese (www.yuhang.gov.cn, 2020).

    >>> on_the_wire("http://a.gov.cn/p.jsp?appid=1&appid=1&webname=余杭&path=%2F")
    'http://a.gov.cn/p.jsp?appid=1&appid=1&webname=%E4%BD%99%E6%9D%AD&path=%2F'
    """
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~|")


def host_of(url: str) -> str:
    """The site's name in the archive: the host, with the port where that is not the default."""
    return _netloc(urlsplit(url).netloc)


def generation_of(html: str) -> str | None:
    """`classic` (jcms, jpage), `jpaas`, or None where nothing on the page is of this CMS."""
    if any(sign in html for sign in _JPAAS_SIGNS):
        return "jpaas"
    return next((generation for sign, generation in _SIGNS if sign in html), None)


def counts_visits(url: str) -> bool:
    """Whether fetching the address would change the site's own visit counts. Never requested."""
    return bool(_VISIT_COUNTER.search(url))


def _netloc(netloc: str) -> str:
    host = netloc.rpartition("@")[2].lower()
    return re.sub(r":(80|443)$", "", host)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def impossible_articles(salt: int) -> tuple[str, str]:
    """Two article addresses that no site can have: what it serves for them is its 'not found'."""
    return (
        f"/art/1999/1/1/art_{990000 + salt % 9973}_{99900000 + salt % 99991}.html",
        f"/art/1999/12/31/art_{980000 + salt % 9973}_{98800000 + salt % 99991}.html",
    )
