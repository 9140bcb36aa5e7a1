"""How far many crawls have come, while they run: a table on a terminal, else lines or JSON."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from cli.options import ProgressName
from cli.output import cell, clean, table
from cli.words import Say
from crawler.progress.words import span

if TYPE_CHECKING:
    from cli.fleet import SiteEnded

_EVERY_S = 60.0
_AROUND = 5
"""Lines of the screen beside those of sites."""

_FIGURES = (
    "head.fleet_channels",
    "head.fleet_listings",
    "head.fleet_articles",
    "head.fleet_new",
    "head.fleet_changed",
    "head.fleet_failed",
    "head.fleet_waits",
    "head.fleet_left",
)

Told = Mapping[str, Any]
"""What a crawl tells of itself: `crawler.progress.standing.Standing.document`."""


class Board(Protocol):
    """Where it is shown. `watch` is called on many threads, None where nothing is to be told."""

    @property
    def watch(self) -> "Any | None": ...
    def ended(self, site: "SiteEnded") -> None: ...


class Standings:
    """What is known of each crawl by now."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.running: dict[str, Told] = {}
        self._over: list[Told] = []
        self.done = 0
        self._lock = Lock()

    def watch(self, name: str, told: Told) -> None:
        with self._lock:
            self.running[name] = told

    def ended(self, name: str) -> None:
        with self._lock:
            self.done += 1
            if (told := self.running.pop(name, None)) is not None:
                self._over.append(told)

    def under_way(self) -> list[tuple[str, Told]]:
        """The crawls that run, by name."""
        with self._lock:
            return sorted(self.running.items(), key=lambda each: each[0])

    def sums(self) -> dict[str, int]:
        """The figures of all crawls together."""
        with self._lock:
            known = [*self._over, *self.running.values()]
            figures = ("articles", "new", "changed", "failed")
            counted = {name: sum(told[name] for told in known) for name in figures}
            return counted | {"n": self.n, "done": self.done, "running": len(self.running)}

    def line(self, say: Say) -> str:
        """All of it in one line."""
        sums = self.sums()
        return say("fleet.state", waiting=self.n - sums["done"] - sums["running"], **sums)


class Silent:
    """Shows nothing."""

    watch = None

    def ended(self, site: "SiteEnded") -> None:
        """Is told by the report alone."""


class Lines:
    """A line for each site that ends; where `often`, one about all of them in between."""

    def __init__(self, standings: Standings, say: Say, *, often: bool) -> None:
        self._standings, self._say, self._often = standings, say, often
        self._said_at = monotonic()

    @property
    def watch(self) -> Any:
        return self._watch if self._often else None

    def _watch(self, name: str, told: Told) -> None:
        self._standings.watch(name, told)
        if monotonic() - self._said_at >= _EVERY_S:
            self._said_at = monotonic()
            typer.echo(self._standings.line(self._say), err=True)

    def ended(self, site: "SiteEnded") -> None:
        self._standings.ended(site.name)
        for line in lines_of(site, self._standings, self._say):
            typer.echo(line, err=True)


class Json:
    """Each crawl's own documents as they come, with the site's name, and one for each ending."""

    def watch(self, name: str, told: Told) -> None:
        self._write({"site": name, "progress": told})

    def ended(self, site: "SiteEnded") -> None:
        ended = {"exit_code": int(site.code), "ending": site.code.name, "said": site.err.strip()}
        self._write({"site": site.name, "ended": ended})

    def _write(self, document: Mapping[str, Any]) -> None:
        sys.stderr.write(f"{json.dumps(document, ensure_ascii=False)}\n")
        sys.stderr.flush()


class OnScreen:
    """A table of the crawls that run, renewed in its place; the lines of those that ended stay."""

    def __init__(self, standings: Standings, say: Say, live: Live) -> None:
        self._standings, self._say, self._live = standings, say, live

    def watch(self, name: str, told: Told) -> None:
        self._standings.watch(name, told)

    def ended(self, site: "SiteEnded") -> None:
        self._standings.ended(site.name)
        for line in lines_of(site, self._standings, self._say):
            self._live.console.print(Text(line), soft_wrap=True)


def lines_of(site: "SiteEnded", standings: Standings, say: Say) -> list[str]:
    """How a site ended, and what it said."""
    ending = say(f"ending.{site.code.name}")
    numbers = {"done": standings.done, "n": standings.n, "seconds": round(site.seconds)}
    first = say("fleet.ended", name=site.name, ending=ending, **numbers)
    return [first, *(f"    {clean(line)}" for line in site.err.splitlines())]


@contextmanager
def shown(way: ProgressName, names: Sequence[str], jobs: int, say: Say) -> Iterator[Board]:
    """The board for a way of showing progress, for as long as the block lasts."""
    standings, begin = Standings(len(names)), say("fleet.begin", n=len(names), jobs=jobs)
    if way is ProgressName.NONE:
        yield Silent()
    elif way is ProgressName.JSON:
        yield Json()
    elif way is ProgressName.AUTO and sys.stderr.isatty():
        screen = Console(stderr=True, markup=False, highlight=False, emoji=False)
        screen.print(begin)
        with Live(
            get_renderable=lambda: _drawn(standings, say, screen.height),
            console=screen,
            refresh_per_second=2,
            transient=True,
        ) as live:
            yield OnScreen(standings, say, live)
    else:
        typer.echo(begin, err=True)
        yield Lines(standings, say, often=way is ProgressName.PLAIN)


def _drawn(standings: Standings, say: Say, height: int) -> Group:
    drawn = table(say, "head.fleet_site", *_FIGURES, numbers=_FIGURES)
    for name, told in standings.under_way()[: max(3, height - _AROUND)]:
        drawn.add_row(cell(name), *map(cell, _row(told)))
    return Group(drawn, Text(standings.line(say)))


def _row(told: Told) -> list[object]:
    left = told["left_s"]
    return [
        f"{told['channels_walked']}/{told['channels_known']}",
        told["listings"],
        f"{told['articles_ended']}/{told['articles']}",
        *(told[name] for name in ("new", "changed", "failed")),
        span(told["waited_s"]),
        None if left is None else f"{'≥' if told['more_may_come'] else ''}{span(left)}",
    ]
