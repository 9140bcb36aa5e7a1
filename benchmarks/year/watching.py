"""Whoever watches a site through a year: what they look at, when, and in which weather."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from benchmarks.year.sessions import AT_ONCE, Session, Sight, Weather, day_of, midnight
from replica import Article, Standing, World

_VANISHED = 0.04
_SNAPSHOT = (0.05, 0.05, 0.1, 0.4)
_LOOKS_IN_VAIN = 3
_FOUL = 0.12
_UNCRAWLED = 0.08
_MINUTE, _PAUSE = timedelta(minutes=1), timedelta(seconds=1)
# A notice is put up only where many pages are looked at, which is seldom.
_FOUL_WEATHER = [*list(Weather)[1:], Weather.NOTICE, Weather.NOTICE]


@dataclass
class Watch:
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
