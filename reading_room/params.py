"""What a reader asks for in an address, read and checked. Nothing here asks the archive."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from starlette.datastructures import QueryParams

from reading_room.cursors import opened
from storage.consult.moments import beijing_day, first_moment, last_moment

T = TypeVar("T")
LONGEST = 200
"""Characters of one value."""
MOST_WORDS = 12
"""Words that are looked for at a time."""
_INTEGER = 9


class BadQuestion(Exception):
    """An address asks for something in a form that is none. `key` is the sentence that says what
    was wrong and what to do, `values` what stands in it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Params:
    """The query of an address. An empty field of a form is one that was not filled in."""

    query: QueryParams

    def text(self, name: str) -> str | None:
        """What was typed, without white space around it. Raises BadQuestion where it is too
        long."""
        typed = self.query.get(name, "").replace("\x00", "").strip()
        if len(typed) > LONGEST:
            raise BadQuestion("bad.long", name=name, most=LONGEST)
        return typed or None

    def words(self, name: str) -> tuple[str, ...]:
        """The words that were typed, apart by white space. Raises BadQuestion where there are too
        many: to leave some out unsaid would answer another question."""
        typed = tuple((self.text(name) or "").split())
        if len(typed) > MOST_WORDS:
            raise BadQuestion("bad.words", name=name, most=MOST_WORDS)
        return typed

    def chosen(self, name: str, allowed: Iterable[str]) -> str | None:
        """One of the values that a form offers. Raises BadQuestion for another."""
        value, known = self.text(name), list(allowed)
        if value is not None and value not in known:
            raise BadQuestion("bad.choice", name=name, value=value, known=" · ".join(known))
        return value

    def several(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Those of the values that are ticked, in the order offered."""
        known = list(allowed)
        ticked = [value for value in self.query.getlist(name) if value]
        for value in ticked:
            if value not in known:
                raise BadQuestion(
                    "bad.choice", name=name, value=value[:LONGEST], known=" · ".join(known)
                )
        return tuple(value for value in known if value in ticked)

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.chosen(name, ("1", "0")) == "1"

    def number(self, name: str, default: int, *, most: int) -> int:
        """A number from 1 to `most`."""
        typed = self.text(name)
        if typed is None:
            return default
        if not (typed.isascii() and typed.isdigit() and len(typed) <= _INTEGER):
            raise BadQuestion("bad.number", name=name, value=typed, most=most)
        if not 1 <= int(typed) <= most:
            raise BadQuestion("bad.number", name=name, value=typed, most=most)
        return int(typed)

    def moment(self, name: str, *, last: bool) -> datetime | None:
        """The first or the last moment of a date as typed (Beijing time), in UTC."""
        typed = self.text(name)
        if typed is None:
            return None
        try:
            return last_moment(typed) if last else first_moment(typed)
        except ValueError as error:
            raise BadQuestion("bad.date", name=name, value=typed) from error

    @property
    def as_of(self) -> datetime | None:
        """The instant that is asked about, the last of a day, month or year; None for now."""
        return self.moment("as_of", last=True)

    def span(self, read: Callable[..., T]) -> dict[str, T]:
        """The first and the last of the time that is asked about, each read by `read`."""
        return {"since": read("since", last=False), "until": read("until", last=True)}

    def day(self, name: str, *, last: bool) -> date | None:
        """The first or last day in Beijing that a date as typed means."""
        moment = self.moment(name, last=last)
        return beijing_day(moment) if moment else None

    def cursor(self, *kinds: type) -> list[Any] | None:
        """Where the page before ended, from `after`."""
        typed = self.query.get("after")
        if not typed:
            return None
        try:
            return opened(typed, kinds)
        except ValueError as error:
            raise BadQuestion("bad.cursor") from error
