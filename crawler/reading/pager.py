"""An article that goes on over further pages: which they are, and the lines that only turn them.

Further pages are named by the article's own file name with a number (`art_284_1182_2.html`), or by
its own address with a page's number in the query. Anything else is another article.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from crawler.reading.links import absolute
from crawler.reading.noise import visible_strings
from crawler.reading.text import dense

MOST_PAGES = 100
"""Of one article, its first page included; what a pager names beyond is not fetched, and told."""

_QUERY = frozenset({"page", "pagenum", "pageno", "currpage", "curpage", "pageindex", "p"})
# Written by the page-turning scripts that came with migrated content: (pages, current, name,
# extension) counts the current page from 0 and names page 2 with 1; (box, pages, current, name,
# extension, …) counts from 1.
_SCRIPT = re.compile(
    r"createPageHTML\(\s{0,9}(?:(?P<box>[\"'][^\"'()]{0,40}[\"'])\s{0,9},\s{0,9})?"
    r"[\"']?(?P<pages>\d{1,4})[\"']?\s{0,9},\s{0,9}[\"']?(?P<current>\d{1,4})[\"']?\s{0,9},\s{0,9}"
    r"[\"'](?P<name>[^\"'()]{1,120})[\"']\s{0,9},\s{0,9}[\"'](?P<extension>\w{1,9})[\"']"
)
_TOTAL = re.compile(r"共\s{0,3}(\d{1,3})\s{0,3}页|第?\s?\d{1,3}\s?/\s?(\d{1,3})\s?页")
_WORDS = re.compile(
    r"首页|第一页|上一页|前一页|下一页|后一页|尾页|末页|最后一页|上页|下页|余下全文|阅读全文|全文"
    r"|共\d{1,3}页|第\d{1,3}(?:/\d{1,3})?页|当前(?:第)?\d{1,3}页|页次|转到|跳转到?|到第|页|GO"
    r"|\d{1,3}(?:/\d{1,3})?",
    re.IGNORECASE,
)
_TURNING = re.compile(
    r"[上下前后]一?页|[尾末]页|共\d{1,3}页|第\d{1,3}页|[\[【［]\d{1,3}[\]】］]|余下全文"
)
_DECORATION = re.compile(r"[\[\]【】［］()（）<>«»‹›＜＞《》|｜/,，.…·:：*-]+")
_DIGITS = re.compile(r"(?<!\d)\d{1,3}(?!\d)", re.ASCII)
_LONGEST, _DEEPEST, _MOST_TURNS = 120, 12, 3 * MOST_PAGES


@dataclass(frozen=True, slots=True)
class _Turn:
    """A link to a page of the same article: the number in its address, and the number shown."""

    number: int
    shown: int | None
    address: str
    says_next: bool
    claimed: int = 0


@dataclass(frozen=True, slots=True)
class FurtherPages:
    """The absolute addresses on which an article goes on, in order; `beyond` says that it has more
    pages than `MOST_PAGES`."""

    addresses: tuple[str, ...] = ()
    beyond: bool = False


def further_pages(text: str, roots: Iterable[HtmlElement | None], url: str) -> FurtherPages:
    """The pages on which the article at `url` goes on. Gaps in a pager (`1 2 3 … 9`) are filled
    where the addresses show how."""
    stem = _stem(url)
    if stem is None or not _may_turn(text, stem):
        return FurtherPages()
    scripted = _scripted(text, url, stem)
    turns = (turn for root in roots if root is not None for turn in _turns(root, url, stem))
    links = list(islice(turns, _MOST_TURNS))
    if not links:
        return scripted
    linked = _in_order(links)
    return linked if linked.addresses else scripted


def is_pager(line: str) -> bool:
    """Whether a line only turns pages.

    >>> [is_pager(line) for line in ("[1] [2] 下一页", "共3页 第1页", "3", "第2页的表格")]
    [True, True, False, False]
    """
    if len(line) > _LONGEST or not _TURNING.search(dense(line)):
        return False
    return _is_all_turning(line)


def without_pager(lines: Sequence[str], pages: int) -> tuple[str, ...]:
    """The lines without the pager at their end, and the loose numbers that belong to it; `pages` is
    how many pages the article has."""
    tail = range(max(0, len(lines) - _DEEPEST), len(lines))
    turning = [n for n in tail if is_pager(lines[n])] or _counted(lines, pages)
    if not turning:
        return tuple(lines)
    first, last = turning[0], turning[-1]
    while first > 0 and _is_part(lines[first - 1], pages):
        first -= 1
    while last + 1 < len(lines) and _is_part(lines[last + 1], pages):
        last += 1
    return (*lines[:first], *lines[last + 1 :])


def _is_part(line: str, pages: int) -> bool:
    return _is_all_turning(line) and all(int(n) <= pages for n in _DIGITS.findall(line))


def _counted(lines: Sequence[str], pages: int) -> list[int]:
    """The last lines where they count the pages and say nothing else: `1 2 3`, on one or three."""
    numbers: list[int] = []
    for at in range(len(lines) - 1, -1, -1):
        found = _DIGITS.findall(lines[at])
        if not found or _DECORATION.sub("", _DIGITS.sub("", lines[at])).strip():
            break
        numbers[:0] = map(int, found)
        if numbers == list(range(1, pages + 1)):
            return list(range(at, len(lines)))
    return []


def _is_all_turning(line: str) -> bool:
    return len(line) <= _LONGEST and not _DECORATION.sub("", _WORDS.sub("", dense(line)))


def _stem(url: str) -> str | None:
    """The file name of an article without its extension."""
    try:
        name = urlsplit(url).path.rpartition("/")[2]
    except ValueError:
        return None
    return name.partition(".")[0] or "index"


def _may_turn(text: str, stem: str) -> bool:
    # Asked of every page: without one of these there is nothing to look for.
    return f"{stem}_" in text or "createPageHTML" in text or "下一页" in text


def _scripted(text: str, url: str, stem: str) -> FurtherPages:
    found = _SCRIPT.search(text)
    if not found or found["name"].rpartition("/")[2] != stem:
        return FurtherPages()
    pages = min(int(found["pages"]), MOST_PAGES)
    first = 2 if found["box"] else 1
    numbers = range(first, first + pages - 1)
    written = (f"{stem}_{number}.{found['extension']}" for number in numbers)
    addresses = tuple(address for name in written if (address := absolute(url, name)))
    return FurtherPages(addresses, int(found["pages"]) > MOST_PAGES)


def _turns(root: HtmlElement, url: str, stem: str) -> Iterator[_Turn]:
    for link in root.iter("a"):
        address = absolute(url, link.get("href"))
        number = _number(address, url, stem) if address else None
        if address and number is not None:
            text = dense("".join(visible_strings(link)))
            shown = _DECORATION.sub("", text)
            yield _Turn(
                number,
                int(shown) if shown.isascii() and shown.isdigit() else None,
                address.partition("#")[0],
                says_next=bool(re.search(r"下一?页|后一页|余下全文", text)),
                claimed=_claimed(link),
            )


def _number(address: str, url: str, stem: str) -> int | None:
    """The page's number in an address, None where it is no page of this article."""
    here, there = urlsplit(url), urlsplit(address)
    if here.netloc.lower() != there.netloc.lower():
        return None
    name = re.fullmatch(
        rf"{re.escape(stem)}(?:_(\d{{1,3}}))?\.[a-z]{{3,5}}", there.path.rpartition("/")[2]
    )
    same_folder = here.path.rpartition("/")[0] == there.path.rpartition("/")[0]
    if same_folder and name and name[1]:
        return int(name[1])
    if here.path != there.path:
        return None
    asked = {key.lower(): value for key, value in parse_qsl(there.query)}
    values = (asked[key] for key in _QUERY if key in asked)
    return next((int(v) for v in values if v.isascii() and v.isdigit() and len(v) < 4), None)


def _in_order(links: Sequence[_Turn]) -> FurtherPages:
    offset = _offset(links)
    pages = {turn.number + offset: turn.address for turn in links}
    last = max([*pages, *(turn.claimed for turn in links)])
    addresses = tuple(
        address
        for page in range(2, min(last, MOST_PAGES) + 1)
        if (address := pages.get(page) or _filled(links[0], page - offset))
    )
    return FurtherPages(addresses, last > MOST_PAGES)


def _offset(links: Sequence[_Turn]) -> int:
    """How far the numbers shown are ahead of those in the addresses: page 2 may be `_1`."""
    shown = next((turn.shown - turn.number for turn in links if turn.shown is not None), None)
    if shown is not None:
        return shown
    following = min((turn.number for turn in links if turn.says_next), default=2)
    return 1 if following == 1 else 0


def _filled(like: _Turn, number: int) -> str:
    """The address of a page that the pager leaves out, after the model of one that it shows."""
    head, _, tail = like.address.rpartition(str(like.number))
    return f"{head}{number}{tail}"


def _claimed(link: HtmlElement) -> int:
    """How many pages the pager around a link says that there are; 0 where it does not say."""
    for box in islice(link.iterancestors(), 3):
        said = "".join(islice(visible_strings(box), _LONGEST))
        if len(said) > 2 * _LONGEST:
            break
        if found := _TOTAL.search(said):
            return int(found[1] or found[2])
    return 0
