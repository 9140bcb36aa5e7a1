"""The lists in a piece of HTML: rows about one article each, grouped by what contains them.

No template is known here. An article link's row is the innermost element around it that is about
no other article and shows a day; rows with the same parent are one block (neighbouring lists of
the same kind count as one: templates cut a list into fives). A block that shows days may also
hold rows about pages elsewhere, when those show a day as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler import hanweb
from crawler.listings import days, rows
from crawler.listings.base import Entry

_MOST = 4  # articles in an element beyond which it is no row, and need not be counted
_ROW_TAGS = frozenset({"li", "tr"})
_LIST_TAGS = frozenset({"ul", "ol", "dl", "table", "tbody"})
_LEVELS = 12  # a link stands at most so deep in its row
_NEIGHBOURS = 3  # elements after a flat row in which its day is looked for


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that stand together in `container`. `dated` of them show a day of their own."""

    container: etree._Element
    entries: tuple[Entry, ...]
    dated: int


@dataclass(frozen=True, slots=True)
class _Survey:
    """What a bottom-up look at the tree found, by element: articles in it, days shown in it.

    `elements` keeps them alive, so that each stays the same key.
    """

    root: etree._Element
    base: str
    elements: list[etree._Element]
    articles: dict[etree._Element, frozenset[str]]
    shown: dict[etree._Element, int]


@dataclass(frozen=True, slots=True)
class _Row:
    element: etree._Element
    beside: tuple[str, ...]
    dated: bool


def find_blocks(root: etree._Element, base: str) -> tuple[Block, ...]:
    """Every block of article rows below `root`, in document order."""
    survey = _surveyed(root, base)
    containers: dict[etree._Element, etree._Element] = {}
    groups: dict[etree._Element, list[_Row]] = {}
    for row in _rows(survey):
        parent = row.element.getparent()
        container = row.element if parent is None else _container(parent, containers)
        groups.setdefault(container, []).append(row)
    return tuple(_block(survey, container, group) for container, group in groups.items())


def entries_in(root: etree._Element, base: str) -> tuple[Entry, ...]:
    """All article rows below `root`, block by block."""
    return tuple(entry for block in find_blocks(root, base) for entry in block.entries)


def _surveyed(root: etree._Element, base: str) -> _Survey:
    elements = list(root.iter(etree.Element))
    survey = _Survey(root, base, elements, {}, {})
    own = {link: url for link, url in rows.links_in(root, base) if hanweb.article_address(url)}
    for element in reversed(elements):
        urls = {own[element]} if element in own else set()
        count = _shows_day(element.text)
        for child in element:
            urls.update(survey.articles.get(child, ()))
            count += survey.shown.get(child, 0) + _shows_day(child.tail)
        survey.articles[element] = frozenset(islice(urls, _MOST))
        survey.shown[element] = count
    return survey


def _shows_day(text: str | None) -> int:
    return int(bool(text) and days.looks_like_day(text or ""))


def _rows(survey: _Survey) -> Iterator[_Row]:
    taken: set[etree._Element] = set()
    for link, url in rows.links_in(survey.root, survey.base):
        if hanweb.article_address(url):
            row = _row_around(survey, link)
            if row.element not in taken:
                taken.add(row.element)
                yield row


def _row_around(survey: _Survey, link: etree._Element) -> _Row:
    """The innermost dated element about this article alone, else its `li` or `tr`, else itself."""
    lone = top = link
    for element in islice(_upwards(survey, link), _LEVELS):
        if survey.shown[element]:
            return _Row(element, (), dated=True)
        if lone.tag not in _ROW_TAGS and element.tag in _ROW_TAGS:
            lone = element
        top = element
    beside = tuple(_beside(survey, top))
    if any(map(_shows_day, beside)):
        return _Row(top, beside, dated=True)
    return _Row(lone, (), dated=False)


def _upwards(survey: _Survey, link: etree._Element) -> Iterator[etree._Element]:
    element: etree._Element | None = link
    while element is not None and element is not survey.root and _is_row(survey, element):
        yield element
        element = element.getparent()


def _is_row(survey: _Survey, element: etree._Element) -> bool:
    """About one article; or an `li` or `tr` with one day and a further link or two (解读)."""
    articles = len(survey.articles[element])
    return articles == 1 or (
        element.tag in _ROW_TAGS and survey.shown[element] == 1 and articles < _MOST
    )


def _beside(survey: _Survey, element: etree._Element) -> Iterator[str]:
    """The text after an element up to the next article: `<dt>标题</dt><dd>2026-09-04</dd>`."""
    yield element.tail or ""
    for neighbour in islice(element.itersiblings(), _NEIGHBOURS):
        if survey.articles.get(neighbour):
            return
        if survey.shown.get(neighbour):
            yield neighbour.text or "".join(child.text or "" for child in neighbour)
        yield neighbour.tail or ""


def _container(
    parent: etree._Element, known: dict[etree._Element, etree._Element]
) -> etree._Element:
    """The row's parent, or the first of several like it that stand one after the other."""
    first, before = parent, parent.getprevious()
    while parent not in known and first.tag in _LIST_TAGS and before is not None:
        if first.get("id") or not _alike(before, first):
            break
        if before in known:
            first = known[before]
            break
        first, before = before, before.getprevious()
    return known.setdefault(parent, first)


def _alike(one: etree._Element, other: etree._Element) -> bool:
    return one.tag == other.tag and one.get("class") == other.get("class") and not one.get("id")


def _block(survey: _Survey, container: etree._Element, group: list[_Row]) -> Block:
    dated = sum(row.dated for row in group)
    ordered = _with_pages_elsewhere(survey, group) if dated else group
    read = (rows.read_row(row.element, survey.base, row.beside) for row in ordered)
    return Block(container, tuple(entry for entry in read if entry), dated)


def _with_pages_elsewhere(survey: _Survey, group: list[_Row]) -> Iterator[_Row]:
    """The rows, and between them those about other sites' pages: same tag, a day, no article."""
    own = {row.element: row for row in group}
    for parent in dict.fromkeys(row.element.getparent() for row in group):
        for child in parent if parent is not None else ():
            if child in own:
                yield own[child]
            elif child.tag in _ROW_TAGS and _is_elsewhere(survey, child):
                yield _Row(child, (), dated=True)


def _is_elsewhere(survey: _Survey, element: etree._Element) -> bool:
    return survey.shown.get(element) == 1 and not survey.articles.get(element)
