"""What a page says about the pages of its list: 共N条, 共N页, and the link to the next one."""

import re
from collections.abc import Iterator

from lxml import etree

from crawler import hanweb
from crawler.listings import markup

_TOTAL = re.compile(r"(?:共|总计|总数)(?:有|计)?[:：]?([0-9]{1,9})(?:条|篇)")
_PAGES = re.compile(r"(?:共|总)(?:有|计)?[:：]?([0-9]{1,6})页|[0-9]{1,6}/([0-9]{1,6})页")
_PAGE = re.compile(r"第([0-9]{1,6})页|([0-9]{1,6})/[0-9]{1,6}页")
_NEXT = re.compile(r"(?:下一?页|后一?页|next(?:page)?)[>＞»›]*", re.IGNORECASE)
_ARROW = re.compile(r"[>＞»›]{1,2}")
_ALONE = re.compile(r"(?<![\w.])([0-9]{1,6})(?![\w.])")
_NAMED = re.compile(r"(?:currpage|page(?:no|num)?)\W{1,4}([0-9]{1,6})", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"_([0-9]{1,6})\.html?$|[?&](?:page|pageno|p|currpage)=([0-9]{1,6})\b")


def claimed_total(root: etree._Element) -> int | None:
    """The number of rows that the page claims outside of its links: 共388条."""
    found = _TOTAL.search(_beside_links(root))
    return int(found[1]) if found else None


def claimed_pages(root: etree._Element) -> int | None:
    """The number of pages that the page claims: 共26页, 1/26页."""
    found = _PAGES.search(_beside_links(root))
    return int(found[1] or found[2]) if found else None


def current_page(root: etree._Element) -> int | None:
    """The number of this page: 第3页, 3/26页."""
    found = _PAGE.search(_beside_links(root))
    return int(found[1] or found[2]) if found else None


def next_page(root: etree._Element, url: str) -> str | None:
    """The address of the next page of the list, on the same host: 下一页, else the next number."""
    number = _number_of(url) + 1
    for labelled in (_NEXT, _ARROW, re.compile(str(number))):
        for link in _links(root, labelled):
            address = hanweb.absolute(link.get("href") or "", url)
            if address and _leads_on(address, url, labelled, number):
                return address
    return None


def next_number(root: etree._Element) -> int | None:
    """The number of the next page, where its link is a script or an address that names it."""
    for labelled in (_NEXT, _ARROW):
        for link in _links(root, labelled):
            script = f"{link.get('onclick') or ''} {link.get('href') or ''}"
            found = _NAMED.search(script) or _ALONE.search(script.rpartition("(")[2])
            if found:
                return int(found[1])
    return None


def _leads_on(address: str, url: str, labelled: re.Pattern[str], number: int) -> bool:
    elsewhere = hanweb.host_of(address) != hanweb.host_of(url)
    if elsewhere or address.partition("#")[0] == url.partition("#")[0]:
        return False
    return labelled is _NEXT or _number_of(address) == number


def _number_of(address: str) -> int:
    found = _IN_ADDRESS.search(address)
    return int(found[1] or found[2]) if found else 1


def _links(root: etree._Element, labelled: re.Pattern[str]) -> Iterator[etree._Element]:
    for link in root.iter("a"):
        label = "".join((markup.text_of(link) or link.get("title") or "").split())
        if labelled.fullmatch(label):
            yield link


def _beside_links(root: etree._Element) -> str:
    """The visible text without white space and without links: a headline may say 共12条."""
    parts: list[str] = []
    links = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag == "a":
            links += 1 if event == "start" else -1
        text = element.text if event == "start" else element.tail
        if text and not links and not (event == "start" and element.tag in markup.SILENT):
            parts.append(text)
    return "".join("".join(parts).split())
