"""Who looks at a site in a year, when, and in which weather: drawn from a seed. Pure.

Nights are crawled at irregular times, some not at all, some in foul weather. A crawl of the lists
looks at what is new and at what is not where it was; a crawl of snapshots at a part of what is
held. Some of the captures come to the archive long after they were made.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from benchmarks.year.listed import Lists
from benchmarks.year.said import address
from benchmarks.year.sessions import AT_ONCE, Session, Sight, Weather, day_of, digest, midnight
from benchmarks.year.truth import Look
from benchmarks.year.watching import Watch
from replica import Article, Pace, Standing, Twists, World

_LATE = 0.12


@dataclass(frozen=True)
class Year:
    """A site through its days, the crawls of it as they happened, and those of late captures."""

    world: World
    nights: int
    crawls: tuple[Session, ...]
    late: tuple[Session, ...] = ()

    def as_it_happened(self) -> tuple[Session, ...]:
        """All crawls in the order in which the archive learnt of them."""
        return tuple(sorted((*self.crawls, *self.late), key=lambda each: each.begins_at))

    def sights(self) -> list[Sight]:
        """All captures that count, in time order."""
        some = [
            s for each in (*self.crawls, *self.late) if each.weather.counts for s in each.sights
        ]
        return sorted(some, key=lambda sight: sight.at)

    def article(self, sight: Sight) -> Article:
        """The article as it was when it was looked at."""
        return self.world.on(day_of(sight.at)).articles[sight.number]

    def look(self, sight: Sight) -> Look:
        """What a capture shows in fair weather."""
        article, name = self.article(sight), str(sight.number)
        if sight.path is not None:
            edition = self.world.on(day_of(sight.at)).editions.get(sight.path, 1)
            return Look(name, sight.at, file=(sight.path, digest(sight.path, edition)))
        if article.standing is Standing.PUBLISHED:
            return Look(name, sight.at, article.content)
        return Look(name, sight.at, absence=str(article.standing))

    def looks(self) -> list[Look]:
        """What all captures that count show."""
        return [self.look(sight) for sight in self.sights()]

    def lists(self, host: str) -> list[Lists]:
        """The lists as they were seen whole, in time order."""
        walked = (c for c in self.crawls if c.walks and c.weather is Weather.FAIR)
        return [Lists(c.begins_at, c.ends_at, self.listed(c.begins_at, host)) for c in walked]

    def listed(self, at: datetime, host: str) -> Mapping[str, Mapping[str, str]]:
        """Where each article is listed: the address by channel."""
        today = self.world.on(day_of(at))
        listed: dict[str, dict[str, str]] = {}
        for channel in today.channels:
            for row in today.listed(channel.number):
                where = listed.setdefault(str(row.article.number), {})
                where[str(channel.number)] = address(host, row.article, row.channel.number)
        return listed

    def recorded_in(self, order: Iterable[Sight], at_once: int = AT_ONCE) -> tuple[Session, ...]:
        """Crawls after the year's end that bring these captures in this order."""
        at = midnight(self.nights + 2)
        return tuple(_in_parts(list(order), at, at_once))


def plan(
    seed: int, articles: int = 120, nights: int = 365, *, pace: Pace | None = None, busy: float = 1
) -> Year:
    """The year of a seed. `articles` are there on day 1; `busy` is how many times as much as
    usual is looked at."""
    twists = Twists(pace=pace or Pace(), varied=True, sweep=swept_on(nights))
    world = World(seed, articles / 120, twists)
    crawls = tuple(Watch(Random(f"{seed}/watch"), world, busy).through(nights))
    return _with_late(Random(f"{seed}/late"), Year(world, nights, crawls))


def swept_on(nights: int) -> int:
    """The day of a year on which so much is edited at once that a guard does not believe it."""
    return max(2, 2 * nights // 3)


def _with_late(rng: Random, year: Year) -> Year:
    """Some captures are taken out of their crawls, and come long after."""
    kept: list[Session] = []
    late: list[Sight] = []
    for crawl in year.crawls:
        held_back = {s for s in crawl.sights if crawl.weather.counts and rng.random() < _LATE}
        late += held_back
        kept.append(replace(crawl, sights=tuple(s for s in crawl.sights if s not in held_back)))
    rng.shuffle(late)
    some = len(late) // 3
    middle = [s for s in late[:some] if day_of(s.at) < year.nights // 2]
    rest = [s for s in late if s not in set(middle)]
    mid_year = midnight(year.nights // 2 + 1) - timedelta(hours=6)
    sessions = (
        *_in_parts(middle, mid_year, AT_ONCE),
        *_in_parts(rest, midnight(year.nights + 2), AT_ONCE),
    )
    return replace(year, crawls=tuple(kept), late=sessions)


def _in_parts(sights: Sequence[Sight], at: datetime, most: int) -> Iterator[Session]:
    """Crawls from a moment on, each of few articles, that bring captures in their order."""
    for start in range(0, len(sights), most):
        begins = at + start * timedelta(seconds=2)
        yield Session(begins, begins + timedelta(seconds=1), tuple(sights[start : start + most]))
