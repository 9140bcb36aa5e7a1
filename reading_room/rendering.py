"""Pages out of templates. Everything is escaped: what is archived is never markup."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reading_room.blocks import blocks
from reading_room.citing import citations
from reading_room.here import path_to
from reading_room.marking import marked
from reading_room.telling import details, doubt_name, evidence, held, verdict_name
from storage.consult.moments import BEIJING
from storage.consult.reasons import in_chinese
from storage.consult.stops import stop_in_chinese

_ROOM = Path(__file__).parent
STATIC = _ROOM / "static"


def templates() -> Environment:
    """The templates with what they may call."""
    made = Environment(
        loader=FileSystemLoader(_ROOM / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "beijing": beijing,
        "day": day,
        "claimed": claimed,
        "utc": utc,
        "utc_exact": utc_exact,
        "instant": instant,
        "grouped": grouped,
    }
    made.globals |= {
        "path_to": path_to,
        "marked": marked,
        "blocks": blocks,
        "details": details,
        "evidence": evidence,
        "doubt_name": doubt_name,
        "verdict_name": verdict_name,
        "stop_in_chinese": stop_in_chinese,
        "reason_in_chinese": in_chinese,
        "citations": citations,
        "held_told": held,
    }
    return made


def render(environment: Environment, template: str, shown: Mapping[str, Any]) -> str:
    """A page as HTML. Halves of characters, which a page may hold, are no UTF-8: replaced."""
    text = environment.get_template(template).render(shown)
    return text.encode("utf-8", "replace").decode()


def beijing(moment: datetime | None) -> str:
    """A moment in Beijing time, to the minute; a dash where there is none."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment else "—"


def day(moment: datetime | None) -> str:
    """The day of a moment in Beijing."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d}" if moment else "—"


def claimed(published: str | None) -> str:
    """The time that a page claims, without the marks of ISO 8601.

    >>> claimed("2022-02-26T11:38+08:00")
    '2022-02-26 11:38'
    """
    return (published or "—").replace("T", " ").removesuffix("+08:00")


def utc(moment: datetime) -> str:
    """A moment as machines read it, and as `as_of` takes it.

    >>> utc(datetime(2026, 3, 2, 2, 1, tzinfo=UTC))
    '2026-03-02T02:01:00Z'
    """
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def utc_exact(moment: datetime) -> str:
    """A moment to the microsecond, as it is recorded."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def instant(moment: datetime) -> str:
    """The first whole second that is not before a moment: what is cited and can be asked for.

    >>> instant(datetime(2026, 3, 2, 2, 1, 7, 250, tzinfo=UTC))
    '2026-03-02T02:01:08Z'
    """
    return utc(moment + timedelta(microseconds=(1_000_000 - moment.microsecond) % 1_000_000))


def grouped(number: int | None) -> str:
    """A number in groups of three; a dash where there is none."""
    return "—" if number is None else f"{number:,}"
