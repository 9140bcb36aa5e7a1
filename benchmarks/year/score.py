"""Figures of a year: what happened on the site, what captures prove of it, and what was told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.year.listed import Event
from benchmarks.year.said import said
from benchmarks.year.sessions import midnight
from benchmarks.year.truth import Account
from replica import Standing, World

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Count:
    """What became of one kind of thing. Of all that `happened` on the site, `unseen` left no trace
    in any capture, and `found` was told with its event; what captures prove and no event tells is
    `missed`, and an event that none proves is `invented`. `delays` are the days from when it
    happened to the capture that told it."""

    happened: int
    unseen: int
    found: int
    missed: int
    invented: int
    delays: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a year. `gone` are takedowns that a second look confirmed."""

    edits: Count
    takedowns: Count
    gone: Count
    restorations: Count

    @property
    def wrong(self) -> int:
        """How much was missed or invented in all."""
        return sum(c.missed + c.invented for c in self.counts.values())

    @property
    def right(self) -> int:
        """How much was found."""
        return sum(c.found for c in self.counts.values())

    @property
    def counts(self) -> Mapping[str, Count]:
        return {
            "edits": self.edits,
            "takedowns": self.takedowns,
            "confirmed": self.gone,
            "restorations": self.restorations,
        }


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to an article. `what` is `text`, `down`, `up`, or a file's path."""

    article: str
    at: datetime
    what: str


def score(
    world: World, nights: int, truth: Mapping[str, Account], told: Mapping[str, Account]
) -> Figures:
    """Compare what was told of a year with what captures prove and with what happened."""
    real = list(happenings(world, nights))
    edits = [each for each in real if each.what not in ("down", "up")]
    downs = [each for each in real if each.what == "down"]
    ups = [each for each in real if each.what == "up"]
    return Figures(
        _count(edits, _events(truth, "edited"), _events(told, "edited")),
        _count(downs, _events(truth, "missing"), _events(told, "missing")),
        _count(downs, _events(truth, "gone"), _events(told, "gone")),
        _count(ups, _events(truth, "restored"), _events(told, "restored")),
    )


def happenings(world: World, nights: int) -> Iterator[Happened]:
    """What happens to articles after the day on which they appear, day by day."""
    editions: dict[str, int] = {}
    for day in range(2, nights + 1):
        before, at = world.on(day - 1), midnight(day)
        editions |= before.editions
        today = world.on(day)
        for number, article in today.articles.items():
            earlier = before.articles.get(number)
            if earlier is None or earlier == article:
                continue
            name = str(number)
            if earlier.standing is not article.standing:
                down = article.standing is not Standing.PUBLISHED
                yield Happened(name, at, "down" if down else "up")
            if said(earlier.content) != said(article.content):
                yield Happened(name, at, "text")
            for file in article.content.attachments:
                if editions.get(file.path, file.edition) != file.edition:
                    yield Happened(name, at, file.path)


_Told = tuple[str, Event]


def _events(accounts: Mapping[str, Account], kind: str) -> list[_Told]:
    return [(a, e) for a, account in accounts.items() for e in account.events if e.kind == kind]


def _count(real: Sequence[Happened], proven: Sequence[_Told], told: Sequence[_Told]) -> Count:
    """What is proven and told is attributed to what caused it."""
    left = Counter((article, e.at, e.fields) for article, e in told)
    found: dict[Happened, float] = {}
    missed = 0
    for article, event in proven:
        if not left[article, event.at, event.fields]:
            missed += 1
            continue
        left[article, event.at, event.fields] -= 1
        cause = _cause(real, article, event)
        found[cause] = (event.at - cause.at) / _DAY
    unseen = len(real) - len(found) - missed
    delays = tuple(sorted(found.values()))
    return Count(len(real), unseen, len(found), missed, left.total(), delays)


def _cause(real: Iterable[Happened], article: str, event: Event) -> Happened:
    """The newest thing of its kind before the capture that showed it; of an absence that a second
    look confirmed, before the first. Those before it left no trace. Raises IndexError where
    nothing can have caused it."""
    kinds = {"missing": "down", "gone": "down", "restored": "up"}
    what = kinds.get(event.kind) or event.evidence.get("file", "text")
    first = event.evidence.get("first_signal_at")
    until = datetime.fromisoformat(first) if first else event.at
    return [h for h in real if (h.article, h.what) == (article, what) and h.at <= until][-1]
