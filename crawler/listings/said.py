"""What a row of a list says, to an Entry: the fullest title of its link, and its day. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crawler import hanweb
from crawler.listings import days
from crawler.listings.base import Entry
from crawler.listings.titles import cleaned, headline, is_label


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a row's text, and whether it stands in the link that the row is about."""

    text: str
    in_link: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says: the address that it is about, its text piece by piece, and attributes by
    their names. `titles` are those of its links, `hints` those of all that is in it; `mc` and `rq`
    are the title and the day in the words of some templates."""

    url: str
    pieces: Sequence[Piece]
    titles: Sequence[str | None]
    hints: Sequence[str]
    mc: Sequence[str] = ()
    rq: Sequence[str] = ()
    pictured: Callable[[], str] = str
    """The name of the picture that stands where the link's text should be."""


def entry_of(said: Said) -> Entry:
    """The entry that a row states."""
    return Entry(_kept(said.url), _title(said), _listed_on(said))


def gathered(texts: Iterable[tuple[str, bool]]) -> list[Piece]:
    """A row's text piece by piece; a day that is broken over lines is one piece again."""
    pieces: list[Piece] = []
    for text, in_link in texts:
        if not text.strip():
            continue
        before = pieces[-1] if pieces else None
        if before and before.in_link == in_link and _goes_on(before.text, text):
            pieces[-1] = Piece(before.text + text, in_link)
        else:
            pieces.append(Piece(text, in_link))
    return pieces


def _goes_on(before: str, text: str) -> bool:
    before, text = before.strip(), text.strip()
    numeric = max(len(before), len(text)) <= 12 and before[:1].isdigit() and text[:1].isdigit()
    return numeric and before[-1:] in "-/.年月"


def _kept(url: str) -> str:
    """Articles of such sites in their one spelling; other addresses as the site writes them."""
    return hanweb.canonical(url) if hanweb.article_address(url) else url


def _title(said: Said) -> str:
    attributes = [_name(title) for title in said.titles]
    attributes += [cleaned(text) for text in said.mc]
    shown = _joined(said.pieces, in_link=True)
    if is_label(shown) and not any(attributes):
        shown = said.pictured() or _joined(said.pieces, in_link=False)
    return headline(attributes, shown, [cleaned(text) for text in said.hints])


def _name(attribute: str | None) -> str:
    text = cleaned(attribute)
    return "" if days.looks_like_day(text) else text


def _joined(pieces: Iterable[Piece], *, in_link: bool) -> str:
    texts = [piece.text for piece in pieces if piece.in_link is in_link]
    undated = [text for text in texts if not days.looks_like_day(text)]
    return _without_trailing_day(cleaned("".join(undated or texts)))


def _without_trailing_day(text: str) -> str:
    head, _, tail = text.rpartition(" ")
    return head if head and days.looks_like_day(tail) and days.days_within(tail) else text


def _listed_on(said: Said) -> date | None:
    """The day shown beside the link, then inside it, then within longer text, then the address's.

    Of several the one that the address confirms, else the last: index and document columns come
    before the day (seen on www.nhsa.gov.cn).
    """
    address = hanweb.article_address(said.url)
    near = address.published_on if address else None
    year = days.year_in_address(said.url)
    for candidates in _days(said.pieces, said.rq, near, year):
        if candidates:
            return near if near in candidates else candidates[-1]
    return near


def _days(
    pieces: Sequence[Piece], stated: Iterable[str], near: date | None, year: int | None
) -> Iterable[list[date]]:
    """The days that a row shows, by where it shows them, the best places first."""
    beside = [piece.text for piece in pieces if not piece.in_link]
    within = [piece.text for piece in pieces if piece.in_link]
    yield _shown(stated, near, year) or _shown(beside, near, year)
    yield _shown(within, near, year)
    yield _in_two_boxes([piece.text for piece in pieces])
    yield [day for text in beside for day in days.days_within(text)]
    yield [day for text in within for day in _trailing(text)]


def _shown(texts: Iterable[str], near: date | None, year: int | None) -> list[date]:
    return [day for text in texts if (day := days.shown_day(text, near, year))]


def _in_two_boxes(texts: list[str]) -> list[date]:
    return [day for pair in pairwise(texts) if (day := days.split_day(*pair))]


def _trailing(text: str) -> list[date]:
    """`标题 2020-08-14`: the day at the end of a link's own text."""
    tail = cleaned(text).rpartition(" ")[2]
    return days.days_within(tail) if days.looks_like_day(tail) else []
