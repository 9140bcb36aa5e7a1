"""The truth of the site: a pure function of a seed, a size and a day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from threading import Lock

from replica import channels, known, writing
from replica.overnight import Night
from replica.state import Article, Change, Day
from replica.twists import Twists

EVE = date(2022, 2, 28)
"""The day before day 1. The one known article is of 26 February 2022."""

_FIRST_NUMBER = 3600001
_HIDDEN_NUMBERS = (3590011, 3590024, 3590050)  # older than all others


class World:
    """A site through its days.

    >>> World(seed=7).on(3) == World(seed=7).on(3)
    True
    """

    def __init__(self, seed: int = 7, size: float = 1, twists: Twists | None = None) -> None:
        """`size` 1 is about 120 articles on day 1; 40 is about 4,800."""
        self.seed = seed
        self.size = size
        self.twists = twists or Twists()
        self._days: list[Day] = []
        self._growing = Lock()

    def on(self, day: int) -> Day:
        """The site as it stands on a day, counted from 1. Raises ValueError for days before."""
        if day < 1:
            raise ValueError(f"the world begins on day 1, not {day}")
        with self._growing:
            while len(self._days) < day:
                self._days.append(self._next())
            return self._days[day - 1]

    def changes(self, day: int) -> tuple[Change, ...]:
        """What happened on a day, compared with the day before. Day 1 has no day before."""
        return self.on(day).changes

    def _next(self) -> Day:
        number = len(self._days) + 1
        if self._days:
            rng = Random(f"{self.seed}/day {number}")
            night = Night(rng, self._days[-1])
            if self.twists.sweep == number:
                night.rename_an_office()
            pace = self.twists.pace
            day = night.pass_at(pace) if pace else night.pass_by(self.size)
        else:
            day = Day(1, EVE + timedelta(days=1), self._first_articles())
        twists = self.twists
        return replace(
            day,
            tree=twists.tree(number),
            links=twists.rows(EVE),
            twice=twists.twice,
            window=twists.window,
        )

    def _first_articles(self) -> Mapping[int, Article]:
        articles = _first_articles(self.seed, self.size)
        if self.twists.varied:
            articles = {number: _varied(article) for number, article in articles.items()}
        if not self.twists.hidden:
            return articles
        days = (EVE - timedelta(days=50 * i) for i in range(1, 4))
        hidden = zip(_HIDDEN_NUMBERS, days, strict=True)
        return {**articles, **{n: _article(self.seed, n, channels.DRIVES, d) for n, d in hidden}}


def _first_articles(seed: int, size: float) -> Mapping[int, Article]:
    drafts = sorted(_drafts(Random(f"{seed}/day 1"), size), key=lambda draft: draft[0])
    gap = max(1, min(13, 200_000 // len(drafts)))
    notices = [i for i, (_, channel) in enumerate(drafts) if channel == channels.NOTICES]
    pinned = notices[len(notices) // 4]
    articles = [
        _article(seed, _FIRST_NUMBER + i * gap, channel, day, pinned=i == pinned)
        for i, (day, channel) in enumerate(drafts)
    ]
    first_reading = next(i for i, a in enumerate(articles) if channels.READINGS in a.channels)
    articles[first_reading] = _picture_article(seed, articles[first_reading])
    the_known = Article(known.NUMBER, (channels.CONDUCT,), known.content(), "plain")
    return {article.number: article for article in (*articles, the_known)}


def _drafts(rng: Random, size: float) -> Iterator[tuple[date, int]]:
    for channel in channels.LEAVES:
        count = max(2, round(channel.share * size)) - (channel.number == channels.CONDUCT)
        for _ in range(count):
            yield EVE - timedelta(days=rng.randint(0, 400)), channel.number


def _article(seed: int, number: int, channel: int, day: date, *, pinned: bool = False) -> Article:
    rng = Random(f"{seed}/article {number}")
    content = writing.write(rng, channel, day)
    also = (channels.NOTICES,) if channel == channels.POLICY and rng.random() < 0.3 else ()
    return Article(number, (channel, *also), content, rng.choice(writing.LAYOUTS), pinned)


def _picture_article(seed: int, article: Article) -> Article:
    rng = Random(f"{seed}/pictures")
    content = writing.picture_only(rng, article.content.published)
    return Article(article.number, article.channels, content, "plain", article.pinned)


def _varied(article: Article) -> Article:
    return replace(article, content=writing.varied(article.content, article.number))
