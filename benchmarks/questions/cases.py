"""The questions: each kind asked in many ways, as readers do, of the articles of a stock."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from benchmarks.stock.filling import LOST
from benchmarks.stock.plan import NIGHTS, SITES, Stock, cms_id, host, told
from storage.comparing.substance import EditKind
from storage.consult.as_of import AsOfQuery, ByClock
from storage.consult.consultation import Consultation
from storage.consult.doubts import DoubtQuery
from storage.consult.edits import EditQuery
from storage.consult.events import EventQuery
from storage.consult.listings import ListingQuery, channel_held, listing
from storage.consult.new_versions import new_versions
from storage.consult.query import Query, Sort, Within
from storage.consult.search import Found
from storage.consult.series import Counted, SeriesQuery

Ask = Callable[[Consultation], object]
SEARCH, PAGE, WHOLE = "search", "page", "whole"
"""A search; a page or an answer of bounded size; a sum over the whole archive."""

WORDS = {
    "1 character, frequent": "业",
    "1 character, rare": "鼍",
    "2 characters, in 94 %": "经济",
    "2 characters, in 48 %": "教育",
    "2 characters, in 1 %": "芭蕾",
    "2 characters, in 0.07 %": "抗洪",
    "4 characters, in 45 %": "社会主义",
    "4 characters, in 1 %": "环境保护",
    "4 characters, in none": "碳养烟囱",
    "6 characters, in 6 %": "国有企业改革",
    "2 words, 48 % and 1 %": "教育 芭蕾",
}
_BETWEEN = NIGHTS[2] + timedelta(days=1)
_NARROWED: Mapping[str, Query] = {
    "site": Query.of("教育", host=host(2)),
    "channel": Query.of("教育", channel=cms_id(3, 4)),
    "gone": Query.of("教育", state="gone"),
    "gone, rare": Query.of("芭蕾", state="gone"),
    "source": Query.of("教育", source="局"),
    "document number": Query.of("教育", doc_number="示政发〔2020〕"),
    "document number alone": Query.of(doc_number="示政发〔2020〕31号"),
    "document number alone, none": Query.of(doc_number="市府办〔1999〕7号"),
    "days": Query.of("教育", since=date(2019, 3, 1), until=date(2019, 3, 31)),
    "days alone": Query.of(since=date(2019, 3, 1), until=date(2019, 3, 31)),
    "edited": Query.of("教育", edited=True),
    "as of": Query.of("教育", as_of=_BETWEEN),
    "as of, in 94 %": Query.of("经济", as_of=_BETWEEN),
    "as of, edited": Query.of("教育", as_of=_BETWEEN, edited=True),
    "title": Query.of("修订", within=Within.TITLE),
    "body": Query.of("教育", within=Within.BODY),
    "by date": Query.of("经济", sort=Sort.DATE),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of question, and the ways in which it is asked."""

    name: str
    kind: str
    asks: tuple[Ask, ...]


def cases(stock: Stock) -> Iterator[Case]:
    """All kinds of questions."""
    for name, words in WORDS.items():
        yield Case(f"search {name}", SEARCH, (_searching(Query.of(words)),))
    for name, query in _NARROWED.items():
        yield Case(f"search by {name}", SEARCH, (_searching(query),))
    yield Case("search, pages 2 and 3", SEARCH, (_third_page,))
    yield Case("new versions of a search", SEARCH, (_new_versions("教育"), _new_versions("抗洪")))
    yield from _of_articles(stock, Random(stock.seed))
    yield from _pages()
    yield from _sums()


def _searching(query: Query) -> Ask:
    return lambda archive: archive.search(query)


def _third_page(archive: Consultation) -> Found:
    first = archive.search(Query.of("教育"))
    second = archive.search(Query.of("教育", after=first.next))
    return archive.search(Query.of("教育", after=second.next))


def _new_versions(words: str) -> Ask:
    return lambda archive: archive.ask(new_versions, Query.of(words))


def _of_articles(stock: Stock, chance: Random) -> Iterator[Case]:
    chosen = [chance.randrange(1, stock.articles + 1) for _ in range(40)]
    yield Case("article", PAGE, tuple(_shown(number) for number in chosen))
    yield Case("article by address", PAGE, tuple(_by_address(stock, n) for n in chosen))
    yield Case("article as of", PAGE, tuple(_memento(number) for number in chosen))
    yield Case("history", PAGE, tuple(_history(number) for number in chosen))
    yield Case("diff", PAGE, tuple(_diff(number) for number in chosen))


def _shown(number: int) -> Ask:
    return lambda archive: archive.show(archive.find(str(number)))


def _by_address(stock: Stock, number: int) -> Ask:
    (article,) = told(stock, [number - 1])
    spelt = article.url.replace("http:", "https:")
    return lambda archive: archive.find(spelt)


def _memento(number: int) -> Ask:
    return lambda archive: archive.memento(str(number), _BETWEEN)


def _history(number: int) -> Ask:
    return lambda archive: archive.history(archive.find(str(number)))


def _diff(number: int) -> Ask:
    def ask(archive: Consultation) -> object:
        article = archive.find(str(number))
        return archive.compare(article, 1, article.versions)

    return ask


def _pages() -> Iterator[Case]:
    yield Case("as of, a channel", PAGE, tuple(_stood(s, c) for s in range(SITES) for c in (1, 7)))
    yield Case("as of, a site", PAGE, tuple(_stood(site, None) for site in range(SITES)))
    yield Case("as of, by the pages' dates", PAGE, (_dated,))
    yield Case("listing of a channel", PAGE, tuple(_listing(number) for number in (3, 21, 44)))
    yield Case("events", PAGE, tuple(_events(query) for query in _EVENTS))
    yield Case("silent edits", PAGE, tuple(_silent(query) for query in _EDITS))
    yield Case("changes of words", PAGE, tuple(map(_changed, ("原则上", "起施行", "抗洪", "业"))))
    yield Case("doubts", PAGE, (lambda archive: archive.doubts(DoubtQuery()),))
    yield Case("crawls", PAGE, (lambda archive: archive.crawls(),))


def _sums() -> Iterator[Case]:
    yield Case("sites", PAGE, (lambda archive: archive.sites(),))
    yield Case("channels", PAGE, (lambda archive: archive.channels(),))
    yield Case("one channel", PAGE, (lambda archive: archive.ask(channel_held, 17),))
    yield Case("coverage", PAGE, (lambda archive: archive.coverage(),))
    yield Case("coverage of a site", PAGE, (lambda archive: archive.coverage(host(1)),))
    yield Case("claims of a channel", PAGE, (lambda archive: archive.claims(None, cms_id(1, 1)),))
    counted = AsOfQuery(at=_BETWEEN, host=host(1))
    yield Case("counted as of, a site", WHOLE, (lambda archive: archive.counted_as_of(counted),))
    yield Case("months of publishing", WHOLE, (_series(Counted.PUBLISHED),))
    yield Case("months of edits", WHOLE, (_series(Counted.EDITED),))
    yield Case("months of a word", WHOLE, (lambda archive: archive.word_series("芭蕾"),))


_EVENTS = (
    EventQuery(),
    EventQuery(kinds=("edited",)),
    EventQuery(kinds=("gone",)),
    EventQuery(kinds=("restored",)),
    EventQuery(host=host(1)),
    EventQuery(host=host(1), kinds=("gone",)),
    EventQuery(channel=cms_id(1, 1)),
    EventQuery(since=NIGHTS[1], until=NIGHTS[2]),
    EventQuery(field="title"),
)
_EDITS = (
    EditQuery(),
    EditQuery(kinds=(EditKind.DATE,)),
    EditQuery(host=host(1)),
    EditQuery(channel=cms_id(1, 1)),
    EditQuery(since=NIGHTS[3]),
)


def _stood(site: int, channel: int | None) -> Ask:
    column = None if channel is None else cms_id(site, channel)
    query = AsOfQuery(at=_BETWEEN, host=host(site), channel=column)
    return lambda archive: archive.as_of(query)


def _dated(archive: Consultation) -> object:
    return archive.as_of(AsOfQuery(at=LOST[1], host=host(1), clock=ByClock.PUBLISHED))


def _listing(number: int) -> Ask:
    return lambda archive: archive.ask(listing, ListingQuery(channel_id=number))


def _events(query: EventQuery) -> Ask:
    return lambda archive: archive.events(query)


def _silent(query: EditQuery) -> Ask:
    return lambda archive: archive.silent_edits(query)


def _changed(words: str) -> Ask:
    return lambda archive: archive.word_changes(words)


def _series(counted: Counted) -> Ask:
    return lambda archive: archive.series(counted, SeriesQuery())
