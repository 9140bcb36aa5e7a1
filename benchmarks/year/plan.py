"""Who looks at a site in a year, when, and in which weather: drawn from a seed. Pure.

Nights are crawled at irregular times, some not at all, some in foul weather. A crawl of the lists
looks at what is new and at what is not where it was; a crawl of snapshots at a part of what is
held. Some of the captures come to the archive long after they were made.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta, timezone
from enum import StrEnum
from hashlib import sha256
from itertools import count
from random import Random

from benchmarks.year.said import address
from benchmarks.year.truth import Lists, Look
from replica import Article, Pace, Standing, Twists, World, files
from replica.truth import EVE

BEIJING = timezone(timedelta(hours=8))
AT_ONCE = 19
"""Articles of a crawl of captures that came late: fewer than the guard judges by shares."""

_VANISHED = 0.04
_SNAPSHOT = (0.05, 0.05, 0.1, 0.4)
_LOOKS_IN_VAIN = 3
_LATE = 0.12
_FOUL = 0.12
_UNCRAWLED = 0.08
_MINUTE, _PAUSE = timedelta(minutes=1), timedelta(seconds=1)


class Weather(StrEnum):
    """What a crawl meets."""

    FAIR = "fair"
    OUTAGE = "every page answers 503"
    FIREWALL = "a firewall asks every visitor for a code"
    UNREACHABLE = "nobody answers, or with an expired certificate"
    BROKEN = "every answer breaks off halfway"
    NOTICE = "a notice stands in place of every article, with status 200"
    NO_LISTS = "every list is empty, with status 200"

    @property
    def counts(self) -> bool:
        """Whether what is seen of articles in such weather counts."""
        return self in (Weather.FAIR, Weather.NO_LISTS)


# A notice is put up only where many pages are looked at, which is seldom.
_FOUL_WEATHER = [*list(Weather)[1:], Weather.NOTICE, Weather.NOTICE]


@dataclass(frozen=True, slots=True)
class Sight:
    """One capture that somebody makes: an article's page, or one of its files."""

    number: int
    at: datetime
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One crawl as the archive is told of it. `walks` says that it walked the lists."""

    begins_at: datetime
    ends_at: datetime
    sights: tuple[Sight, ...]
    weather: Weather = Weather.FAIR
    walks: bool = False


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
    crawls = tuple(_Watch(Random(f"{seed}/watch"), world, busy).through(nights))
    return _with_late(Random(f"{seed}/late"), Year(world, nights, crawls))


def swept_on(nights: int) -> int:
    """The day of a year on which so much is edited at once that a guard does not believe it."""
    return max(2, 2 * nights // 3)


def digest(path: str, edition: int) -> str:
    """The digest of a file's bytes."""
    return sha256(files.content(path, edition)).hexdigest()


def midnight(day: int) -> datetime:
    """The moment at which a day of the world begins."""
    return datetime.combine(EVE + timedelta(days=day), time(), BEIJING).astimezone(UTC)


def day_of(at: datetime) -> int:
    """The day of the world to which a moment belongs.

    >>> day_of(midnight(3)), day_of(midnight(3) - timedelta(seconds=1))
    (3, 2)
    """
    return (at.astimezone(BEIJING).date() - EVE).days


@dataclass
class _Watch:
    """Whoever watches the site: what they have seen so far decides what they look at next."""

    rng: Random
    world: World
    busy: float
    seen: set[int] = field(default_factory=set)
    in_vain: dict[int, int] = field(default_factory=dict)

    def through(self, nights: int) -> Iterator[Session]:
        for day in range(1, nights + 1):
            if day > 1 and self.rng.random() < _UNCRAWLED:
                continue
            begins = midnight(day) + self.rng.randint(0, 300) * _MINUTE
            yield self._session(begins, self._nightly(day), walks=True)
            if day == self.world.twists.sweep:
                yield self._all_of_it(begins + 100 * _MINUTE)
            if self.rng.random() < 0.7:
                begins += self.rng.randint(180, 900) * _MINUTE
                yield self._session(begins, self._snapshot(day), walks=False)

    def _nightly(self, day: int) -> list[int]:
        """What the lists lead to: what is new, what is not where it was, and what is back."""
        there = self.world.on(day).articles
        new = [n for n, a in there.items() if n not in self.seen and _is_there(a)]
        back = [n for n in self.in_vain if _is_there(there[n])]
        doubtful = [
            n
            for n in sorted(self.seen)
            if not _is_there(there[n]) and self.in_vain.get(n, 0) < _LOOKS_IN_VAIN
        ]
        return [*new, *back, *doubtful]

    def _snapshot(self, day: int) -> list[int]:
        some = self.busy * self.rng.choice(_SNAPSHOT)
        chosen = [n for n in sorted(self.seen) if self.rng.random() < some]
        self.rng.shuffle(chosen)
        there = self.world.on(day).articles
        return [n for n in chosen if _is_there(there[n]) or self.rng.random() < 0.2]

    def _all_of_it(self, begins: datetime) -> Session:
        """A look at everything on the day on which so much changes at once."""
        numbers = sorted(self.seen - self.in_vain.keys())
        return self._session(begins, numbers, walks=False, weather=Weather.FAIR)

    def _session(
        self,
        begins: datetime,
        numbers: Sequence[int],
        *,
        walks: bool,
        weather: Weather | None = None,
    ) -> Session:
        foul = day_of(begins) > 1 and self.rng.random() < _FOUL
        weather = weather or (self.rng.choice(_FOUL_WEATHER) if foul else Weather.FAIR)
        there = self.world.on(day_of(begins)).articles
        listed = walks and weather is Weather.FAIR
        chosen = _believable(numbers, there, sum(map(_is_there, there.values())) * listed)
        if weather is Weather.NOTICE and len(chosen) <= AT_ONCE:
            weather = Weather.OUTAGE  # of so few pages nobody could tell that it was not them
        if weather.counts:
            self._saw(chosen, there)
        sights = tuple(self._sights(begins, chosen, there))
        ends = begins + (len(sights) + 1) * _PAUSE
        return Session(begins, ends, sights, weather, walks)

    def _saw(self, numbers: Iterable[int], there: Mapping[int, Article]) -> None:
        for number in numbers:
            self.seen.add(number)
            if _is_there(there[number]):
                self.in_vain.pop(number, None)
            else:
                self.in_vain[number] = self.in_vain.get(number, 0) + 1

    def _sights(
        self, begins: datetime, numbers: Iterable[int], there: Mapping[int, Article]
    ) -> Iterator[Sight]:
        moments = (begins + n * _PAUSE for n in count(1))
        for number in numbers:
            article = there[number]
            yield Sight(number, next(moments))
            for file in article.content.attachments if _is_there(article) else ():
                if self.rng.random() < 0.5:
                    yield Sight(number, next(moments), file.path)


def _is_there(article: Article) -> bool:
    return article.standing is Standing.PUBLISHED


def _believable(numbers: Sequence[int], there: Mapping[int, Article], listed: int) -> Sequence[int]:
    """Of those that are not there, as many as the guard believes of a crawl at once, with some to
    spare; it also counts what the lists show."""
    absent = [n for n in numbers if not _is_there(there[n])]
    present = [n for n in numbers if _is_there(there[n])]
    checked = max(listed, len(present)) + len(absent)
    most = len(absent) if checked <= AT_ONCE else int(_VANISHED * checked)
    return [*present, *absent[:most]]


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
