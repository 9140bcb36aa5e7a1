"""What the invented sites say, night after night: a function of a seed, so that it need not be
kept. Each article is read on the first night, and read again on each night on which it changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from random import Random

from benchmarks.stock.texts import paragraphs, sentence
from storage.article import Article, ArticleKey

READER = "stock/1"
SITES, CHANNELS = 6, 10
NIGHTS = tuple(datetime(2026, 3, 2 + 7 * week, 18, tzinfo=UTC) for week in range(4))
_VERSIONS = (1, 2, 3, 3, 3, 3, 3, 4, 4, 4)
"""How many versions articles have, in turn: three on average."""
_FIRST_DAY = date(2016, 1, 4)


@dataclass(frozen=True, slots=True)
class Stock:
    """So many articles, and their texts by a seed."""

    articles: int
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Told:
    """One article and what it says on its nights, the first among them."""

    number: int
    site: int
    channel: int
    texts: tuple[Article, ...]

    @property
    def key(self) -> ArticleKey:
        return ArticleKey(host(self.site), str(100_000 + self.number))

    @property
    def url(self) -> str:
        column = cms_id(self.site, self.channel)
        return f"http://{host(self.site)}/art/2026/3/1/art_{column}_{self.key.cms_id}.html"

    @property
    def listed_on(self) -> date:
        return published_on(self.number)


def host(site: int) -> str:
    return f"www.stock{site}.example"


def cms_id(site: int, channel: int) -> str:
    return str(1000 + 100 * site + channel)


def published_on(number: int) -> date:
    """Ten years of days, some forty articles a day at 100,000; as a list shows it."""
    return _FIRST_DAY + timedelta(days=(number * 7919) % 3650)


def numbers(stock: Stock, site: int) -> range:
    """The numbers of a site's articles."""
    return range(site, stock.articles, SITES)


def told(stock: Stock, some: Iterable[int]) -> Iterator[Told]:
    """The articles of these numbers."""
    return (_told(stock, number) for number in some)


def _told(stock: Stock, number: int) -> Told:
    chance = Random(stock.seed * 1_000_003 + number)
    texts = [_first(chance, number)]
    for _ in range(_VERSIONS[number // SITES % len(_VERSIONS)] - 1):
        texts.append(_edited(chance, texts[-1], number))
    return Told(number, number % SITES, number // SITES % CHANNELS, tuple(texts))


def _first(chance: Random, number: int) -> Article:
    day = published_on(number)
    numbered = chance.random() < 0.2
    return Article(
        title=f"关于{sentence(chance, 5).rstrip('。')}的{chance.choice(('通知', '公告', '意见'))}",
        body="\n".join(paragraphs(chance, chance.randint(8, 14))),
        published=f"{day.isoformat()}T{chance.randint(8, 17):02}:{number % 60:02}+08:00",
        source=_source(chance.randrange(40)),
        doc_number=f"示政发〔{day.year}〕{number}号" if numbered else None,
    )


@lru_cache
def _source(which: int) -> str:
    return sentence(Random(which), 2).rstrip("。") + "局"


def _edited(chance: Random, before: Article, number: int) -> Article:
    """One paragraph otherwise; now and then the title and its time besides, told by the page."""
    parts = before.body.split("\n")
    at = chance.randrange(len(parts))
    match chance.randrange(5):
        case 0:
            parts[at] = f"原则上可以{parts[at]}"
        case 1:
            parts[at] = f"自{chance.randint(1, 28)}日起施行，{parts[at]}"
        case 2:
            parts.insert(at, sentence(chance, 20))
        case 3:
            parts[at] = sentence(chance, 30)
        case _:
            parts[at] = f"{parts[at]}{sentence(chance, 6)}"
    body = "\n".join(parts)
    if chance.random() < 0.3:
        day = before.published[:10] if before.published else ""
        return replace(
            before,
            title=f"{before.title}（第{chance.randint(2, 99)}次修订）",
            body=body,
            published=f"{day}T{chance.randint(18, 23)}:{number % 60:02}+08:00",
        )
    return replace(before, body=body)


def lost(number: int) -> bool:
    """Whether an article is taken down in the end: one in fifty."""
    return number // SITES % 50 == 49
