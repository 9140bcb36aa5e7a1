"""How values become what is printed: clean text, times, tables, JSON."""

import json
import re
import sys
from datetime import datetime, timedelta, timezone
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.words import Say

BEIJING = timezone(timedelta(hours=8))

# What an archived page could use to take over a terminal or to turn a line around.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]?|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """Text of a page as it may be printed: no control characters, no escape sequences.

    >>> clean("通知\\x1b[31m\\x1b]0;title\\x07公告\\u202e")
    '通知公告'
    """
    printable = _UNSEEN.sub("", _ESCAPES.sub("", text))
    return printable.encode("utf-8", "replace").decode()


def console() -> Console:
    """The terminal: no markup, no highlighting, colour only where it is one (or NO_COLOR)."""
    return Console(markup=False, highlight=False, emoji=False)


def at(moment: datetime | None) -> str:
    """A moment in Beijing time, to the minute; a dash where there is none."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment else "—"


def table(say: Say, *headings: str, numbers: tuple[str, ...] = ()) -> Table:
    """An empty table; `headings` are keys of the catalogue, `numbers` those set to the right."""
    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for heading in headings:
        right = heading in numbers
        made.add_column(
            say(heading), justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    return made


def cell(value: object, style: str = "") -> Text:
    """A table's cell; a dash where there is nothing."""
    return Text("—" if value in (None, "") else clean(str(value)), style)


def to_json(value: Any, indent: int | None = 2) -> str:
    """JSON of frozen values: keys are the field names, times UTC text. What could harm a terminal
    is escaped."""
    from storage.consult.plain import plain  # here: `--help` must not wait for SQLAlchemy

    text = json.dumps(plain(value), ensure_ascii=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def print_json(value: Any) -> None:
    sys.stdout.write(f"{to_json(value)}\n")
