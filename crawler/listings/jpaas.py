"""jpaas: the third generation, whose lists are HTML in JSON from `front/page/build/unit`.

The page holds only `<script … unitbuild.js url="…" queryData="{'tagId':'信息列表',…}">`, one for
each block of the template: lists, but navigation and footer too. Only `paramJson` turns the page
(a bare pageNo is ignored); the answer's own pager says how many rows there are.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from lxml import etree

from crawler import hanweb
from crawler.listings import blocks, jsliteral, markup, turning
from crawler.listings.base import Entry, Listing, ListingRequest, NotAListing
from crawler.listings.paged import Paged, Pairs

_LIST_TAG = re.compile(r"列表|list|分页|信息|文章|文件|规章|内容|zw|子栏目", re.IGNORECASE)
_FRAME_TAG = re.compile(
    r"导航|页头|头部|页脚|底部|顶部|菜单|位置|链接|搜索|nav|head|foot|menu|logo", re.IGNORECASE
)
_SIZE = re.compile(r"(pageSize%22%3A)[0-9]{1,4}")
_LEVELS = 4  # a block's rows stand at most so far above its pager
_DEFAULT_ROWS = 15
_MOST_BLOCKS = 50
_MOST_PAGERS = 8


@dataclass(frozen=True, slots=True)
class Jpaas(Paged):
    """One block of a page: the address that builds it, and the parameters that name it."""

    dialect: str = "jpaas"

    def beginning(self) -> ListingRequest:
        """What the page itself asks."""
        return ListingRequest(_address(self.endpoint, self.query))

    def at_once(self, latest: Listing | None, total: int) -> ListingRequest | None:
        """The list from its first row in one answer. A server that gives no more than its own
        size of a page shows by what comes that it does not."""
        if latest is None:
            first = ListingRequest(_page(self.endpoint, self.query, 1, total))
        elif latest.following is not None:
            first = turning.turned(latest.following, 1)
        else:
            return None
        url = _SIZE.sub(rf"\g<1>{total}", first.url)
        return replace(first, url=url, rows=total, anew=True)

    def parse(self, text: str, url: str) -> Listing:
        """Read one answer. Raises NotAListing where it is no successful answer with HTML."""
        root = markup.parse(_html_of(text, url))
        if root is None:
            return Listing(())
        pager = next(_pagers(root), None)
        entries = blocks.entries_in(root, self.page_url)
        return _listing(self, entries, pager, dict(parse_qsl(urlsplit(url).query)))


def find(page: markup.Shown) -> tuple[Jpaas, ...]:
    """The blocks that the page has built and that may be its list, those named like one first.

    Where one is named like a list, those named like navigation or a footer are left out; where
    none is, they may be anything: a block without articles answers with an empty listing.
    """
    if "querydata" not in page.html.lower():
        return ()
    root, url = page.root, page.url
    found = [] if root is None else [*_scripts(root, url), *_prerendered(root, url)]
    chosen: dict[tuple[str | None, ...], Jpaas] = {}
    for block in found:
        named = dict(block.query)
        name = (block.endpoint, named.get("tagId"), named.get("pageId"))
        chosen[name] = block if block.first else chosen.get(name, block)
    ranked = sorted(chosen.values(), key=_unlike_a_list)
    most = 1 if any(map(is_named_like_a_list, ranked)) else 2
    return tuple(block for block in ranked if block.first or _unlike_a_list(block) <= most)


def _scripts(root: etree._Element, url: str) -> Iterator[Jpaas]:
    builders = (s for s in root.iter("script") if "unitbuild" in (s.get("src") or "").lower())
    for script in islice(builders, _MOST_BLOCKS):
        if block := _block(script, script.get("url"), url, root):
            yield block


def _prerendered(root: etree._Element, url: str) -> Iterator[Jpaas]:
    """Blocks that were built with the page: their pager stands on it, their rows beside that."""
    nearby = _by_place(root, url)
    for pager in islice(_pagers(root), _MOST_PAGERS):
        block = _block(pager, pager.get("uniturl"), url, root)
        places = islice(pager.iterancestors(), _LEVELS)
        entries = next((nearby[place] for place in places if place in nearby), None)
        if block and entries:
            yield replace(block, first=_listing(block, tuple(entries), pager, {}))


def _by_place(root: etree._Element, url: str) -> dict[etree._Element, list[Entry]]:
    """The rows of the page by every element that stands a few levels around them."""
    nearby: dict[etree._Element, list[Entry]] = {}
    for found in blocks.find_blocks(root, url) if next(_pagers(root), None) is not None else ():
        for place in (found.container, *islice(found.container.iterancestors(), _LEVELS)):
            nearby.setdefault(place, []).extend(found.entries)
    return nearby


def _block(
    element: etree._Element, address: str | None, url: str, root: etree._Element
) -> Jpaas | None:
    endpoint = hanweb.absolute(address or "", url)
    query = _query(element)
    if not endpoint or not query:
        return None
    if "pageId" not in dict(query):
        query = (*query, *(("pageId", page) for page in _column_id(root)))
    return Jpaas(url, endpoint, query)


def _query(element: etree._Element) -> Pairs:
    """`queryData` is no JSON: single quotes; its name is in lower case once parsed."""
    try:
        value, _ = jsliteral.read(element.get("querydata") or "")
    except jsliteral.Unreadable:
        return ()
    return jsliteral.pairs(value)


def _column_id(root: etree._Element) -> Iterator[str]:
    for tag in root.iter("meta"):
        if (tag.get("name") or "").lower() == "colid" and tag.get("content"):
            yield tag.get("content") or ""
            return


def _pagers(root: etree._Element) -> Iterator[etree._Element]:
    """The tables that turn the pages; the numbers in their text are all 0."""
    turning = (table for table in root.iter("table") if table.get("querydata"))
    return (table for table in turning if table.get("count") or table.get("pageno"))


def _listing(
    block: Jpaas,
    entries: tuple[Entry, ...],
    pager: etree._Element | None,
    asked: dict[str, str],
) -> Listing:
    if pager is None:
        return Listing(entries)
    count = jsliteral.number(pager.get("count"))
    page = jsliteral.number(pager.get("pageno")) or 1
    size = _size_asked(asked, len(entries), page, count) or _size_seen(len(entries), pager, count)
    seen = (page - 1) * size + len(entries)
    more = bool(entries) and (count is None or seen < count)
    pages = -(-count // size) if count else None
    query = tuple((dict(block.query) | dict(_query(pager))).items())
    following = _page(block.endpoint, query, page + 1, size)
    return Listing(entries, count, ListingRequest(following) if more else None, pages)


def _size_asked(asked: dict[str, str], received: int, page: int, count: int | None) -> int | None:
    """The size of a page as it was asked for; None where the first page shows that the server
    gives no more than its own."""
    found = re.search(r"pageSize\D{1,4}([0-9]{1,4})", asked.get("paramJson", ""))
    cut = found is not None and page == 1 and received < min(int(found[1]), count or 0)
    return int(found[1]) if found and not cut else None


def _size_seen(received: int, pager: etree._Element, count: int | None) -> int:
    """Rows a page: what the pager says, but what came where that was less and more is left."""
    said = jsliteral.number(pager.get("rows")) or received or _DEFAULT_ROWS
    return received if 0 < received < said and received < (count or 0) else said


def _page(endpoint: str, query: Pairs, number: int, size: int) -> str:
    turned = json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":"))
    return _address(endpoint, (*query, ("paramJson", turned)))


def _address(endpoint: str, query: Pairs) -> str:
    return f"{endpoint}?{urlencode(query, quote_via=quote)}"


def _html_of(text: str, url: str) -> str:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAListing(url, "an answer that is no JSON") from error
    data = answer.get("data") if isinstance(answer, dict) else None
    html = data.get("html") if isinstance(data, dict) else None
    if not isinstance(html, str) or answer.get("success") is False:
        said = answer.get("message") if isinstance(answer, dict) else None
        raise NotAListing(url, f"an answer without data.html ({said})")
    return html


def is_named_like_a_list(block: Jpaas) -> bool:
    """Whether the block's name says that it is a list: 信息列表, 当前栏目list, ajax分页."""
    return _unlike_a_list(block) == 0


def _unlike_a_list(block: Jpaas) -> int:
    tag = dict(block.query).get("tagId", "")
    if _FRAME_TAG.search(tag):
        return 2
    return 0 if _LIST_TAG.search(tag) else 1
