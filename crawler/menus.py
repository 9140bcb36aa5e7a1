"""Where a site names its channels beside its pages: scripts that write menus, and site maps."""

import re

from crawler import hanweb
from crawler.listings import Shown, markup

MOST_SCRIPTS = 8
"""No page was seen with more than three such scripts."""
MOST_SITE_MAPS = 3
"""A home page links to its site map once or twice; more such links are something else."""

_SCRIPT = re.compile(
    r"""<script\b[^<>]{0,300}?\bsrc\s?=\s?["']?([^"'\s<>]{0,200}/script/\d{1,6}/\d{6,20}\.js)""",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:网站|站点|本站)\s?(?:地图|导航)|site\s?map", re.IGNORECASE)
_PATH = re.compile(r"/(?:site_?map|wzdt|wangzhanditu)(?:/|\.[a-z]{3,5}$|$)", re.IGNORECASE)


def find_menus(page: Shown) -> dict[str, str]:
    """The addresses, on the page's own host, of scripts that write its header, menus and footer,
    and of its site maps (网站地图); each with the address from which its links start: a script's
    from the page that it writes into, a site map's from itself.

    `/script/0/1607250824348226.js` on wzkj.wenzhou.gov.cn, 2017: the site's menus are in no page.
    A site map that is a channel's page is not among them: it is read as all channels are.

    >>> home = "http://www.example.gov.cn/"
    >>> find_menus(Shown('<a href="/map/index.html">网站地图</a>', home))
    {'http://www.example.gov.cn/map/index.html': 'http://www.example.gov.cn/map/index.html'}
    >>> find_menus(Shown('<a href="/col/col9/index.html">网站地图</a>', home))
    {}
    """
    scripts, maps = dict.fromkeys(_scripts(page), page.url), _site_maps(page)
    return scripts | dict(zip(maps, maps, strict=True))


def _scripts(page: Shown) -> tuple[str, ...]:
    found = (hanweb.absolute(src, page.url) for src in _SCRIPT.findall(page.html))
    here = (address for address in found if address and _is_here(address, page.url))
    return tuple(dict.fromkeys(here))[:MOST_SCRIPTS]


def _site_maps(page: Shown) -> tuple[str, ...]:
    url, found = page.url, dict[str, None]()
    for link in page.root.iter("a", "area") if page.root is not None else ():
        address = hanweb.absolute(link.get("href") or "", url)
        named = f"{markup.text_of(link)} {link.get('title') or ''} {link.get('alt') or ''}"
        if address and (_NAME.search(named) or _PATH.search(address)) and _is_page(address, url):
            found[hanweb.canonical(address)] = None
    return tuple(found)[:MOST_SITE_MAPS]


def _is_page(address: str, url: str) -> bool:
    """Whether it is a page of the same host that is neither the page itself nor a channel's."""
    return (
        _is_here(address, url)
        and hanweb.canonical(address) != hanweb.canonical(url)
        and hanweb.listed_id(address) is None
        and not hanweb.counts_visits(address)
    )


def _is_here(address: str, url: str) -> bool:
    return hanweb.host_of(address) == hanweb.host_of(url)
