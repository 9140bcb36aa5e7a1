"""Site maps (网站地图): the page on which a site names its channels together."""

import re

from crawler import hanweb
from crawler.listings import markup

MOST = 3
"""A home page links to its site map once or twice; more such links are something else."""

_NAME = re.compile(r"(?:网站|站点|本站)\s?(?:地图|导航)|site\s?map", re.IGNORECASE)
_PATH = re.compile(r"/(?:site_?map|wzdt|wangzhanditu)(?:/|\.[a-z]{3,5}$|$)", re.IGNORECASE)


def find_site_maps(html: str, url: str) -> tuple[str, ...]:
    """Addresses of the site maps that a page links to, on its own host.

    A site map that is a channel's page is not among them: it is read as all channels are.

    >>> find_site_maps('<a href="/map/index.html">网站地图</a>', "http://www.example.gov.cn/")
    ('http://www.example.gov.cn/map/index.html',)
    >>> find_site_maps('<a href="/col/col9/index.html">网站地图</a>', "http://www.example.gov.cn/")
    ()
    """
    root = markup.parse(html)
    found: dict[str, None] = {}
    for link in root.iter("a", "area") if root is not None else ():
        address = hanweb.absolute(link.get("href") or "", url)
        named = f"{markup.text_of(link)} {link.get('title') or ''} {link.get('alt') or ''}"
        if address and (_NAME.search(named) or _PATH.search(address)) and _is_page(address, url):
            found[hanweb.canonical(address)] = None
    return tuple(found)[:MOST]


def _is_page(address: str, url: str) -> bool:
    """Whether it is a page of the same host that is neither the page itself nor a channel's."""
    return (
        hanweb.host_of(address) == hanweb.host_of(url)
        and hanweb.canonical(address) != hanweb.canonical(url)
        and hanweb.listed_id(address) is None
        and not hanweb.counts_visits(address)
    )
