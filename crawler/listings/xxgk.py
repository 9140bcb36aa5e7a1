"""Information disclosure (政府信息公开): lists that `/module/xxgk/search.jsp` searches out.

The page says what to search for in one of several ways: a call `loadDynamic('…search.jsp?…',
'div4', …)`, a form, the frame of its tree (`tree.jsp?area=…&divid=…`), or its own address
(`?vc_xxgkarea=…&number=…`). The question is a POST, turned by `currpage`; the answer a piece of
HTML in one of two skins (`tr_main_value_odd`/`even`, `zfxxgk_list_con`), with 共N页 and 下一页.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from lxml import etree

from crawler import hanweb
from crawler.listings import blocks, jsliteral, markup, paging
from crawler.listings.base import Listing, ListingRequest, NotAListing
from crawler.listings.jsliteral import Bare
from crawler.listings.paged import Paged, Pairs

_ADDRESS = re.compile(
    r"""["'](?P<url>[^"'\s<>]{0,200}xxgk/(?:search|subjectinfo|tree)\.jsp(?:\?[^"'\s<>]{0,1500})?)["']"""
)
_LOAD = re.compile(r"\bloadDynamic\s{0,4}\(\s{0,4}(?=[\"'])")
_AREA = re.compile(r"(?:[?&;]|vc_xxgk)area=([\w-]{1,40})")
_WEB_ID = re.compile(r"\bi_webid=([0-9]{1,9})|name=[\"']WebId[\"']\s{1,4}content=[\"']([0-9]{1,9})")
_FIELDS = (
    *("infotypeId", "jdid", "area", "divid", "vc_title", "vc_number", "sortfield"),
    *("vc_filenumber", "vc_all", "texttype", "fbtime"),
)
_MARKS = (
    "tr_main_value",
    "zfxxgk_list",
    "没有检索到",
    "没有相关",
    "暂无相关",
    "暂无数据",
    "暂无信息",
)
_FULL_PAGE = 10


@dataclass(frozen=True, slots=True)
class Xxgk(Paged):
    """One search: its address and its form (`query`), which `currpage` completes."""

    dialect: str = "xxgk"

    def beginning(self) -> ListingRequest:
        """The first page."""
        return self._page(1)

    def numbered(self, number: int, total: int | None) -> ListingRequest | None:
        """Any page while the search claims rows that have not come."""
        return self._page(number) if total is not None else None

    def parse(self, text: str, url: str) -> Listing:
        """Read one answer. Raises NotAListing where neither rows nor a list's marks are in it."""
        root = markup.parse(text)
        listing = None if root is None else self._listing(root, _page_asked(url))
        if listing is None or not (listing.entries or _is_list(root, text)):
            raise NotAListing(url, "an answer without rows or a pager")
        return listing

    def _listing(self, root: etree._Element, asked: int | None) -> Listing:
        entries = blocks.entries_in(root, self.page_url)
        page = asked or paging.current_page(root) or 1
        following = _next(root, page, len(entries))
        return Listing(
            entries,
            paging.claimed_total(root),
            self._page(following) if following else None,
            paging.claimed_pages(root),
        )

    def _page(self, number: int) -> ListingRequest:
        """The number stands in the address too, as sites have it."""
        mark = "&" if "?" in self.endpoint else "?"
        form = (*self.query, ("currpage", str(number)))
        return ListingRequest(f"{self.endpoint}{mark}currpage={number}", form)

    def shown_on(self, root: etree._Element) -> Listing | None:
        """The first rows where the page holds them already, in the box that answers go to."""
        box = dict(self.query).get("divid")
        for element in root.iter("div", "td", "ul"):
            if box and element.get("id") == box:
                listing = self._listing(element, 1)
                return listing if listing.entries else None
        return None


def find(page: markup.Shown) -> tuple[Xxgk, ...]:
    """The page's search for disclosed information, if it has one."""
    html, url = page.html, page.url
    if "xxgk/" not in html:
        return ()
    addresses = [found["url"].replace("&amp;", "&") for found in _ADDRESS.finditer(html)]
    searches = [address for address in addresses if "/tree.jsp" not in address]
    root = page.root if addresses else None
    if root is None:
        return ()
    known = _stated(html, root, url, addresses)
    endpoint = hanweb.absolute(_endpoint(searches, addresses), url)
    if endpoint is None or not (known.get("infotypeId") or known.get("area") or known.get("cid")):
        return ()
    pager = Xxgk(url, endpoint, _form(known, html, url))
    return (replace(pager, first=pager.shown_on(root)),)


def _endpoint(searches: list[str], addresses: list[str]) -> str:
    """Where to ask; of its query only what says something and is no page number."""
    if not searches:
        return addresses[0].partition("?")[0].replace("/tree.jsp", "/search.jsp")
    parts = urlsplit(searches[0]) if "[" not in searches[0] else urlsplit("")
    kept = "&".join(
        field
        for field in parts.query.split("&")
        if field.partition("=")[2] and not field.startswith("currpage=")
    )
    return urlunsplit(parts._replace(query=kept, fragment=""))


def _stated(html: str, root: etree._Element, url: str, addresses: Iterable[str]) -> dict[str, str]:
    """All that the page says about the search; what is said first, and not empty, counts."""
    own = dict(parse_qsl(urlsplit(url).query))
    known = {"area": own.get("vc_xxgkarea", ""), "infotypeId": own.get("number", "")}
    for stated in (_loaded(html), _filled_in(root), *map(_asked, addresses)):
        for name, value in stated.items():
            known[name] = known.get(name) or value
    area = _AREA.search(html)
    known["area"] = known["area"] or (area[1] if area else "")
    return known


def _loaded(html: str) -> dict[str, str]:
    """`loadDynamic(address, divid, infotypeId, …, …, jdid)`, seen on Zhejiang and Jilin sites."""
    found = _LOAD.search(html)
    try:
        arguments = jsliteral.read_arguments(html, found.end()) if found else []
    except jsliteral.Unreadable:
        return {}
    named = zip(("divid", "infotypeId", "", "", "jdid"), arguments[1:], strict=False)
    return {name: str(value) for name, value in named if name and not isinstance(value, Bare)}


def _filled_in(root: etree._Element) -> dict[str, str]:
    """The fields of the form that holds `infotypeId` or `jdid`."""
    for form in root.iter("form"):
        fields = {field.get("name") or "": field.get("value") or "" for field in form.iter("input")}
        if "infotypeId" in fields or "jdid" in fields:
            return {name: value for name, value in fields.items() if name in (*_FIELDS, "cid")}
    return {}


def _asked(address: str) -> dict[str, str]:
    pairs = parse_qsl(address.partition("?")[2], keep_blank_values=True)
    return {name: value for name, value in pairs if name != "currpage" and "'" not in value}


def _form(known: dict[str, str], html: str, url: str) -> Pairs:
    web = _WEB_ID.search(html)
    defaults = {
        "jdid": (web[1] or web[2]) if web else "",
        "divid": f"div{hanweb.channel_id(url) or ''}",
    }
    names = dict.fromkeys((*_FIELDS, *known))
    return tuple((name, known.get(name) or defaults.get(name, "")) for name in names)


def _next(root: etree._Element, page: int, received: int) -> int | None:
    """The next page by its link, else by 共N页; unasked only where nothing speaks of pages."""
    number, pages = paging.next_number(root), paging.claimed_pages(root)
    if number and number > page:
        return number
    if pages is not None:
        return page + 1 if page < pages else None
    silent = paging.claimed_total(root) is None and received >= _FULL_PAGE
    return page + 1 if silent else None


def _page_asked(url: str) -> int | None:
    return jsliteral.number(dict(parse_qsl(urlsplit(url).query)).get("currpage"))


def _is_list(root: etree._Element | None, text: str) -> bool:
    paged = root is not None and paging.claimed_pages(root) is not None
    return paged or any(mark in text for mark in _MARKS)
