"""Tellers: how progress is shown, on a terminal, as plain lines or as JSON."""

import logging
from contextlib import suppress
from typing import Protocol, TextIO

from rich import box
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawler.progress.lines import figures_line, json_line, plain_line, time_line
from crawler.progress.standing import ChannelStanding, Standing
from crawler.progress.words import Words

_AROUND = 6
"""Lines of the screen beside those of channels."""


class Teller(Protocol):
    """Shows how far a crawl has come. `every_s` is how often it wants to be told."""

    every_s: float

    def show(self, standing: Standing) -> None: ...
    def close(self) -> None: ...


class OnScreen:
    """A table that is renewed in its place, a line a channel; it leaves nothing behind."""

    every_s = 1.0

    def __init__(self, screen: TextIO, words: Words) -> None:
        self._words = words
        self._console = Console(file=screen, markup=False, highlight=False, emoji=False)
        self._live = Live(
            console=self._console, auto_refresh=False, transient=True, redirect_stdout=False
        )
        self._live.start()
        self._logs = [
            each
            for each in logging.root.handlers
            if isinstance(each, logging.StreamHandler) and each.stream is screen
        ]
        for handler in self._logs:  # what is logged goes above the table, not through it
            handler.setStream(_Above(self._console))
        self._screen = screen

    def show(self, standing: Standing) -> None:
        self._live.update(self._drawn(standing), refresh=True)

    def close(self) -> None:
        for handler in self._logs:
            handler.setStream(self._screen)
        self._live.stop()

    def _drawn(self, standing: Standing) -> Group:
        words, room = self._words, max(3, self._console.height - _AROUND)
        heads = ("listings", "articles", "new", "changed", "failed")
        drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        drawn.add_column(words("channel"), ratio=1, no_wrap=True, overflow="ellipsis")
        for head in heads:
            drawn.add_column(words(head), justify="right", no_wrap=True)
        drawn.add_column(words("state"), no_wrap=True)
        shown = sorted(standing.channels, key=lambda each: not each.at_work)[:room]
        for channel in shown:
            drawn.add_row(*_row(channel, words))
        lines = [Text(figures_line(standing, words)), Text(time_line(standing, words))]
        if more := len(standing.channels) - len(shown):
            lines.insert(0, Text(words("more_channels", n=more), "dim"))
        return Group(drawn, *lines)


class PlainLines:
    """One line each time."""

    def __init__(self, out: TextIO, words: Words, every_s: float) -> None:
        self.every_s = every_s
        self._out, self._words = out, words

    def show(self, standing: Standing) -> None:
        _write(self._out, plain_line(standing, self._words))

    def close(self) -> None:
        """Nothing stays open."""


class JsonLines:
    """One JSON document in one line each time, a last one at the end."""

    def __init__(self, out: TextIO, crawl: int | None, spider: str, every_s: float) -> None:
        self.every_s = every_s
        self._out, self._crawl, self._spider = out, crawl, spider

    def show(self, standing: Standing) -> None:
        _write(self._out, json_line(standing, self._crawl, self._spider))

    def close(self) -> None:
        """Nothing stays open."""


class _Above:
    """A stream whose lines stand above a live table."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def write(self, text: str) -> int:
        if text.strip():
            self._console.print(Text(text.rstrip("\n")), soft_wrap=True)
        return len(text)

    def flush(self) -> None:
        """Each line is written at once."""


def _row(channel: ChannelStanding, words: Words) -> list[Text]:
    name = words("unlisted") if channel.id is None else printable(channel.name)
    done = not channel.at_work and (channel.verdict is not None or channel.id is None)
    counts = (channel.new, channel.changed)
    return [
        Text(name, "dim" if done else ""),
        Text(str(channel.listings)),
        Text(f"{channel.ended}/{channel.articles}"),
        *(Text(str(n), "bold" if n else "dim") for n in counts),
        Text(str(channel.failed), "bold red" if channel.failed else "dim"),
        Text(words(_state(channel)), "dim" if done else "cyan"),
    ]


def _state(channel: ChannelStanding) -> str:
    if channel.ended < channel.articles:
        return "fetches" if channel.verdict or channel.id is None else "walks"
    if channel.verdict is not None or channel.id is None:
        return "done"
    return "walks" if channel.listings else "waits"


def printable(text: str) -> str:
    """What a page calls a channel, without what could take over a terminal.

    >>> printable("通知\\x1b[31m公告\\u202e")
    '通知[31m公告'
    """
    return "".join(char for char in text if char.isprintable())


def _write(out: TextIO, line: str) -> None:
    with suppress(BrokenPipeError):  # that nobody listens any more ends no crawl
        out.write(f"{printable(line)}\n")
        out.flush()
