"""The corpus: a replica site of heavy pages, and the same site after every article was edited."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import Random

from benchmarks.crawling.corpus import PER_SIZE, heavy
from replica import KINDS, World
from replica.content import Content
from replica.edits import ALL_EDITS
from replica.site import Site
from replica.state import Article, Day

HOST = "www.wangchuan.example"
NIGHTS = tuple(datetime(2026, 3, day, 18, tzinfo=UTC) for day in (1, 2))


@dataclass(frozen=True, slots=True)
class Page:
    """An article's page as its server sends it; `number` is what the CMS calls the article."""

    number: str
    url: str
    title: str
    payload: bytes
    headers: dict[str, str]


class EditedWorld(World):
    """A world in which, on its second day, every article was edited: in one of the ways in which
    offices do it, from one character to a new text."""

    def on(self, day: int) -> Day:
        return super().on(1) if day == 1 else self._second

    @cached_property
    def _second(self) -> Day:
        first, chance = super().on(1), Random(f"{self.seed}/edited")
        edited = {number: _edited(chance, each) for number, each in first.articles.items()}
        return replace(first, number=2, articles=edited)


def edited_site(articles: int) -> Site:
    """A replica of at least so many articles; its day is 1."""
    world = EditedWorld(seed=7, size=articles / PER_SIZE)
    return Site(world=world, kind=KINDS["jpage_web"], url=f"http://{HOST}")


def pages(site: Site, night: int) -> Iterator[Page]:
    """The pages of all articles, on the first night or on the second."""
    site.day = night + 1
    today = site.world.on(site.day).articles
    for count, (number, article) in enumerate(today.items()):
        url = site.article_url(number)
        given = heavy(site, url.removeprefix(site.url), {})
        at = NIGHTS[night] + timedelta(seconds=count)
        sent = _sent(at, night, len(given.body))
        yield Page(site.cms_id(number), url, article.content.title, given.body, sent)


def _sent(at: datetime, night: int, size: int) -> dict[str, str]:
    """The headers of a usual server: some the same on every page, some of each answer."""
    changed = NIGHTS[night] - timedelta(hours=9, seconds=at.second * 7)
    return {
        "Server": "nginx",
        "Date": f"{at:%a, %d %b %Y %H:%M:%S} GMT",
        "Content-Type": "text/html; charset=UTF-8",
        "Last-Modified": f"{changed:%a, %d %b %Y %H:%M:%S} GMT",
        "ETag": f'W/"{size:x}-{int(changed.timestamp()):x}"',
        "Vary": "Accept-Encoding",
        "X-Frame-Options": "SAMEORIGIN",
        "X-Content-Type-Options": "nosniff",
        "X-XSS-Protection": "1; mode=block",
        "Cache-Control": "no-cache",
    }


def _edited(chance: Random, article: Article) -> Article:
    # But for other bytes behind an attachment, which no page shows.
    ways = [edit for name, edit in ALL_EDITS.items() if name != "refile"]
    content: Content | None = None
    while content is None or content == article.content:
        content = chance.choice(ways)(chance, article.content)
    return replace(article, content=content, changed_on=2)
