"""What revisits find: the archive's policy against fixed intervals, over a simulated year.

`python -m benchmarks.revisit [--articles 3000] [--budget 30]`: no network, no archive. A population
of articles is edited and taken down at assumed rates; each night as many requests as the budget
allows go where the policy says, or to what was not seen for longest. The last line is the ratio
of edits seen within a week.

The rates are assumptions, for want of published ones: 6 % of articles are edited in their first
two weeks; one in a hundred (one in twenty where a channel keeps lists and guides) changes every
month; the others once in ten years. Of a hundred articles one is taken down in a year.
"""

import argparse
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from storage.revisits import Policy, Watched, decide

WITHIN = (1, 7, 30)
EARLY = 0.06
_CHANNELS = 20
_GUIDES = frozenset({3, 11})
_NEW_SHARE = 0.1
_OLDEST = 2000.0


@dataclass
class Page:
    """One article of the simulation: what happens to it, and what the archive knows of it.
    Times are days since the first night; `born` lies before it for most."""

    channel: int
    born: float
    edits: Sequence[float]
    taken_down: float
    first: float = 0.0
    last: float = 0.0
    changes: int = 0
    missing_since: float | None = None
    gone: bool = False
    visits: list[float] = field(default_factory=list)

    def visit(self, now: float) -> None:
        """The archive looks, and learns whether anything changed since it looked last."""
        self.visits.append(now)
        if self.taken_down <= now:
            if self.missing_since is None:
                self.missing_since, self.changes = now, self.changes + 1
            else:
                self.gone = True
        elif bisect_right(self.edits, now) > bisect_right(self.edits, self.last):
            self.changes += 1
        self.last = now

    def watched(self, now: float) -> Watched:
        missing_for = None if self.missing_since is None else now - self.missing_since
        return Watched(
            self.channel,
            self.first - self.born,
            self.last - self.born,
            now - self.born,
            self.changes,
            missing_for,
        )


Choose = Callable[[Sequence[Page], float, int | None], Iterable[Page]]


@dataclass(frozen=True)
class Year:
    """What a way of revisiting found: requests; edits that happened, and seen within some days;
    takedowns likewise; the longest that a page was unseen."""

    requests: int
    edits: int
    seen: tuple[int, ...]
    takedowns: int
    seen_down: tuple[int, ...]
    longest: float

    def per_thousand(self, place: int) -> float:
        """Edits seen within `WITHIN[place]` days, by a thousand requests."""
        return 1000 * self.seen[place] / max(1, self.requests)


def population(seed: int, articles: int, days: int, early: float = EARLY) -> list[Page]:
    """Articles of all ages at the first night, and those that come during the year; the share
    `early` of them is edited in its first two weeks."""
    rng = Random(seed)
    return [_page(rng, days, early) for _ in range(articles)]


def _page(rng: Random, days: int, early: float) -> Page:
    channel = rng.randrange(_CHANNELS)
    new = rng.random() < _NEW_SHARE
    born = rng.uniform(0, days) if new else -rng.uniform(0, _OLDEST)
    lives = rng.random() < (0.05 if channel in _GUIDES else 0.01)
    edits = list(_times(rng, 1 / 30 if lives else 1 / 3650, max(born, 0.0), days))
    if rng.random() < early:
        edits.append(born + min(14.0, rng.expovariate(1 / 4)))
    taken_down = max(born, 0.0) + rng.expovariate(0.01 / 365)
    kept = sorted(at for at in edits if 0 < at < min(days, taken_down))
    return Page(channel, born, kept, taken_down)


def _times(rng: Random, rate: float, since: float, until: float) -> Iterable[float]:
    at = since + rng.expovariate(rate)
    while at < until:
        yield at
        at += rng.expovariate(rate)


def by_policy(policy: Policy | None = None) -> Choose:
    """As the archive does."""

    def choose(pages: Sequence[Page], now: float, budget: int | None) -> Iterable[Page]:
        watched = [page.watched(now) for page in pages]
        return [pages[due.index] for due in decide(watched, policy or Policy(), budget)]

    return choose


def in_turn(pages: Sequence[Page], now: float, budget: int | None) -> Iterable[Page]:
    """At fixed intervals: what was not seen for longest."""
    del now
    return sorted(pages, key=lambda page: page.last)[:budget]


def live(pages: Sequence[Page], days: int, budget: int | None, choose: Choose) -> Year:
    """A year of nights."""
    requests, longest = 0, 0.0
    for night in range(1, days + 1):
        held = []
        for page in pages:
            if page.born < night - 1 and not page.gone:
                held.append(page)
            elif night - 1 <= page.born < night:
                page.first = page.last = float(night)  # new: the crawl of the lists fetches it
        for page in choose(held, float(night), budget):
            longest = max(longest, night - page.last)
            page.visit(float(night))
            requests += 1
        longest = max([longest, *(night - page.last for page in held)])
    return _year(pages, days, requests, longest)


def _year(pages: Sequence[Page], days: int, requests: int, longest: float) -> Year:
    judged = days - max(WITHIN)
    edits = [delay for page in pages for delay in _delays(page, judged)]
    downs = [_delay(p, p.taken_down) for p in pages if 0 < p.taken_down <= judged]
    return Year(
        requests,
        len(edits),
        tuple(sum(delay <= within for delay in edits) for within in WITHIN),
        len(downs),
        tuple(sum(delay <= within for delay in downs) for within in WITHIN),
        longest,
    )


def _delays(page: Page, judged: float) -> Iterable[float]:
    """How long each edit stayed unseen; for ever where the next one came first. Those before the
    first capture are part of the first version."""
    for at, following in zip(page.edits, [*page.edits[1:], page.taken_down], strict=False):
        if page.first < at <= judged:
            delay = _delay(page, at)
            yield delay if at + delay < following else float("inf")


def _delay(page: Page, at: float) -> float:
    place = bisect_right(page.visits, at)
    return page.visits[place] - at if place < len(page.visits) else float("inf")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="Example: python -m benchmarks.revisit --articles 2000 --budget 20",
    )
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--budget", type=int, default=30, help="requests a night")
    parser.add_argument(
        "--early", type=float, default=EARLY, help="share of articles edited in two weeks"
    )
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    years = {}
    for name, choose in (("fixed intervals", in_turn), ("this archive", by_policy())):
        began = time.perf_counter()
        pages = population(asked.seed, asked.articles, asked.days, asked.early)
        years[name] = live(pages, asked.days, asked.budget, choose)
        print(f"{name}: {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)
    _tell(asked.articles, asked.days, years)


def _tell(articles: int, days: int, years: dict[str, Year]) -> None:
    print(f"{articles} articles, {days} nights")
    heads = ("requests", "edits", *(f"in {n} d" for n in WITHIN), "downs")
    heads = (*heads, *(f"in {n} d" for n in WITHIN), "unseen d")
    print(f"{'':16}" + "".join(f"{head:>9}" for head in heads))
    for name, year in years.items():
        cells = (year.requests, year.edits, *year.seen, year.takedowns, *year.seen_down)
        print(f"{name:16}" + "".join(f"{n:>9}" for n in cells) + f"{year.longest:>9.0f}")
    print("edits seen per thousand requests")
    for name, year in years.items():
        shown = (f"in {n} d {year.per_thousand(i):.2f}" for i, n in enumerate(WITHIN))
        print(f"{name:16}" + "   ".join(shown))
    fixed, ours = years.values()
    print(f"ratio: {ours.per_thousand(1) / max(1e-9, fixed.per_thousand(1)):.2f}")


if __name__ == "__main__":
    main()
