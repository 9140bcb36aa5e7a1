"""One row of a list to what it says: the link that it is about, its texts, its attributes."""

from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from crawler import hanweb
from crawler.listings import days, markup, plain
from crawler.listings.base import Entry
from crawler.listings.said import Piece, Said, entry_of, gathered
from crawler.listings.titles import cleaned, is_label

_MOST = 500  # elements, texts or links of a row that are looked at


def read_record(html: str, base: str) -> tuple[Entry, ...]:
    """The rows of one record of a datastore: one, where the shape does not say otherwise.

    Several only where the record holds several `li` (or `tr`) side by side, each with an article
    of its own, and no article stands outside them. A row whose only links are scripts is none.
    """
    if (said := plain.said(html, base)) is not None:
        return (entry_of(said),)
    root = markup.parse(html)
    if root is None:
        return ()
    rows = _several(root, base) or [root]
    entries = (read_row(row, base) for row in rows)
    return tuple(entry for entry in entries if entry)


def read_row(row: etree._Element, base: str, beside: Iterable[str] = ()) -> Entry | None:
    """The entry that a row states; None where no link of it leads anywhere.

    `beside` is text that belongs to the row and stands outside of its element.
    """
    links = list(islice(links_in(row, base), _MOST))
    if not links:
        return None
    url = _main_address([url for _, url in links])
    about = [link for link, address in links if address == url]
    inside = set(islice(_naming(about).iter(), _MOST))
    texts = ((text, owner in inside) for text, owner in islice(markup.texts(row), _MOST))
    said = Said(
        url,
        pieces=[*gathered(texts), *(Piece(text, in_link=False) for text in beside if text.strip())],
        titles=[link.get("title") for link in about],
        hints=_attributes(row, "title"),
        mc=_attributes(row, "mc"),
        rq=_attributes(row, "rq"),
        pictured=lambda: _pictured(about),
    )
    return entry_of(said)


def links_in(root: etree._Element, base: str) -> Iterator[tuple[etree._Element, str]]:
    """Every link with an address, in order, resolved against the page on which it stands."""
    for link in root.iter("a", "area"):
        url = hanweb.absolute(link.get("href") or "", base)
        if url:
            yield link, url


def _naming(links: list[etree._Element]) -> etree._Element:
    """Of several links to one article the first with a text: not its picture, not 查看."""
    texts = ((link, cleaned(markup.text_of(link))) for link in links)
    named = (link for link, text in texts if not (is_label(text) or days.looks_like_day(text)))
    return next(named, links[0])


def _main_address(urls: list[str]) -> str:
    """An article before anything else, a channel last: `[栏目] 标题 解读` is about the headline."""
    articles = [url for url in urls if hanweb.article_address(url)]
    pages = [url for url in urls if not hanweb.channel_id(url)]
    return (articles or pages or urls)[0]


def _several(root: etree._Element, base: str) -> list[etree._Element]:
    articles = {url for _, url in links_in(root, base) if hanweb.article_address(url)}
    for tag in ("li", "tr"):
        rows = list(_outermost(root, tag))
        found = [
            {url for _, url in links_in(row, base) if hanweb.article_address(url)} for row in rows
        ]
        apart = sum(map(len, found)) == len(articles)
        if len(rows) > 1 and all(found) and apart and set().union(*found) == articles:
            return rows
    return []


def _outermost(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            yield element
        else:
            waiting.extend(reversed(element))


def _attributes(row: etree._Element, name: str) -> list[str]:
    return [element.get(name) or "" for element in islice(row.iter(), _MOST) if element.get(name)]


def _pictured(links: list[etree._Element]) -> str:
    names = (cleaned(picture.get("alt")) for link in links for picture in link.iter("img"))
    return next((name for name in names if name), "")
