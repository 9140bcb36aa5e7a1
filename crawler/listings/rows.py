"""One row of a list to an Entry: the link that it is about, its fullest title, its day."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from lxml import etree

from crawler import hanweb
from crawler.listings import days, markup
from crawler.listings.base import Entry
from crawler.listings.titles import cleaned, headline, is_label

_MOST = 500  # elements, texts or links of a row that are looked at


def read_record(html: str, base: str) -> tuple[Entry, ...]:
    """The rows of one record of a datastore: one, where the shape does not say otherwise.

    Several only where the record holds several `li` (or `tr`) side by side, each with an article
    of its own, and no article stands outside them. A row whose only links are scripts is none.
    """
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
    pieces = _pieces(islice(markup.texts(row), _MOST), inside)
    pieces += [_Piece(text, in_link=False) for text in beside if text.strip()]
    return Entry(_kept(url), _title(row, about, pieces), _listed_on(row, pieces, url))


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


def _kept(url: str) -> str:
    """Articles of such sites in their one spelling; other addresses as the site writes them."""
    return hanweb.canonical(url) if hanweb.article_address(url) else url


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


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    in_link: bool


def _pieces(
    texts: Iterable[tuple[str, etree._Element]], inside: set[etree._Element]
) -> list[_Piece]:
    """The row's text piece by piece; a day that is broken over lines is one piece again."""
    pieces: list[_Piece] = []
    for text, owner in texts:
        if not text.strip():
            continue
        in_link = owner in inside
        before = pieces[-1] if pieces else None
        if before and before.in_link == in_link and _goes_on(before.text, text):
            pieces[-1] = _Piece(before.text + text, in_link)
        else:
            pieces.append(_Piece(text, in_link))
    return pieces


def _goes_on(before: str, text: str) -> bool:
    before, text = before.strip(), text.strip()
    numeric = max(len(before), len(text)) <= 12 and before[:1].isdigit() and text[:1].isdigit()
    return numeric and before[-1:] in "-/.年月"


def _title(row: etree._Element, links: list[etree._Element], pieces: list[_Piece]) -> str:
    attributes = [_name(link.get("title")) for link in links]
    attributes += [cleaned(text) for text in _attributes(row, "mc")]
    shown = _joined(pieces, lambda piece: piece.in_link)
    if is_label(shown) and not any(attributes):
        shown = _pictured(links) or _joined(pieces, lambda piece: not piece.in_link)
    hints = [cleaned(text) for text in _attributes(row, "title")]
    return headline(attributes, shown, hints)


def _attributes(row: etree._Element, name: str) -> list[str]:
    return [element.get(name) or "" for element in islice(row.iter(), _MOST) if element.get(name)]


def _name(attribute: str | None) -> str:
    text = cleaned(attribute)
    return "" if days.looks_like_day(text) else text


def _joined(pieces: list[_Piece], wanted: Callable[[_Piece], bool]) -> str:
    texts = [piece.text for piece in pieces if wanted(piece)]
    undated = [text for text in texts if not days.looks_like_day(text)]
    return _without_trailing_day(cleaned("".join(undated or texts)))


def _without_trailing_day(text: str) -> str:
    head, _, tail = text.rpartition(" ")
    return head if head and days.looks_like_day(tail) and days.days_within(tail) else text


def _pictured(links: list[etree._Element]) -> str:
    names = (cleaned(picture.get("alt")) for link in links for picture in link.iter("img"))
    return next((name for name in names if name), "")


def _listed_on(row: etree._Element, pieces: list[_Piece], url: str) -> date | None:
    """The day shown beside the link, then inside it, then within longer text, then the address's.

    Of several the one that the address confirms, else the last: index and document columns come
    before the day (seen on www.nhsa.gov.cn).
    """
    address = hanweb.article_address(url)
    near = address.published_on if address else None
    year = days.year_in_address(url)
    beside = [piece.text for piece in pieces if not piece.in_link]
    within = [piece.text for piece in pieces if piece.in_link]
    stated = _attributes(row, "rq")
    for candidates in (
        _shown(stated, near, year) or _shown(beside, near, year),
        _shown(within, near, year),
        _in_two_boxes([piece.text for piece in pieces]),
        [day for text in beside for day in days.days_within(text)],
        [day for text in within for day in _trailing(text)],
    ):
        if candidates:
            return near if near in candidates else candidates[-1]
    return near


def _shown(texts: Iterable[str], near: date | None, year: int | None) -> list[date]:
    return [day for text in texts if (day := days.shown_day(text, near, year))]


def _in_two_boxes(texts: list[str]) -> list[date]:
    return [day for pair in pairwise(texts) if (day := days.split_day(*pair))]


def _trailing(text: str) -> list[date]:
    """`标题 2020-08-14`: the day at the end of a link's own text."""
    tail = cleaned(text).rpartition(" ")[2]
    return days.days_within(tail) if days.looks_like_day(tail) else []
