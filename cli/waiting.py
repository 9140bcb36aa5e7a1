"""A line that says how far a command has come: on a terminal, once it takes long."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.spinner import Spinner

from cli.output import clean

QUIET_SECONDS = 2.0
"""Whoever waits no longer than this needs no news."""

Told = Callable[[int, int], None]


@dataclass(slots=True)
class Waiting:
    """How far something has come. `say` puts the two numbers into words."""

    say: Callable[[int, int], str]
    begun: float
    done: int = 0
    planned: int = 0

    def tell(self, done: int, planned: int) -> None:
        self.done, self.planned = done, planned

    def line(self, now: float) -> str | None:
        """What there is to say at this moment; None while it is too early."""
        return self.say(self.done, self.planned) if now - self.begun >= QUIET_SECONDS else None


@contextmanager
def waiting(say: Callable[[int, int], str]) -> Iterator[Told]:
    """Shows, while it is open, what `say` makes of the numbers that its value is told."""
    state = Waiting(say, monotonic())
    if not sys.stderr.isatty():
        yield state.tell
        return
    spinner = Spinner("line")

    def shown() -> RenderableType:
        line = state.line(monotonic())
        if line is None:
            return Group()
        spinner.update(text=clean(line))
        return spinner

    screen = Console(stderr=True, markup=False, highlight=False, emoji=False)
    with Live(get_renderable=shown, console=screen, transient=True, refresh_per_second=4):
        yield state.tell
