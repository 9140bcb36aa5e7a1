"""The guard: whether what a crawl met at one site can have happened there. Pure.

So much at once, in one direction, is rather our own mistake, or the site's accident, than the
work of its editors: a template that the reader does not know, a notice on all addresses, a list
that comes empty. Such a crawl is held until a person, or a better reader, says otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_ROUNDING = 1e-9

SHRANK = "failed: the list shrank"
"""How the stop reason of a walk begins whose list was not believed, since it had lost its rows."""


class Why(StrEnum):
    """Why a crawl is held at a site."""

    UNREADABLE = "unreadable"
    FAILED = "failed"
    VANISHED = "vanished"
    CHANGED = "changed"
    REDESIGNED = "redesigned"
    SHRUNK = "shrunk"


@dataclass(frozen=True, slots=True)
class Guard:
    """When a crawl is held: shares of what it revisited, each from `at_least` on."""

    at_least: int = 20
    changed: float = 0.30
    vanished: float = 0.05
    shrunk: float = 0.50
    failed: float = 0.20
    redesigned: float = 0.50
    changed_with_redesign: float = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What a crawl met at one site, in numbers of articles.

    `checked` were captured, or stood in a list that was walked; `revisited` are those of them
    that were held before, of which so many `changed` and `vanished`. `compared` were captured
    again without their list having announced an edit by another title or day: of those so many
    differ (`differing`) and so many have a page of a structure new to the site (`rebuilt`).
    Of the articles `asked` for by address so many `failed`; `asked_again` and `failed_again` are
    those held before. `signs` were not there, vanished now or long ago, `missed` those that were
    there before as far as anybody knew, read or not. `rows` stood in the lists whose
    length the crawl learnt, and `rows_now` stand there. `good` pages could be read.
    """

    checked: int = 0
    revisited: int = 0
    changed: int = 0
    vanished: int = 0
    compared: int = 0
    differing: int = 0
    rebuilt: int = 0
    asked: int = 0
    failed: int = 0
    asked_again: int = 0
    failed_again: int = 0
    signs: int = 0
    missed: int = 0
    rows: int = 0
    rows_now: int = 0
    good: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition that a crawl meets: `n` of `of`."""

    why: Why
    n: int
    of: int

    def __str__(self) -> str:
        return _TOLD[self.why].format(n=self.n, of=self.of)


_TOLD = {
    Why.UNREADABLE: "the host served no page that could be read",
    Why.FAILED: "{n} of {of} addresses failed",
    Why.VANISHED: "{n} of {of} articles seemed to have vanished at once",
    Why.CHANGED: "{n} of {of} articles seemed to have changed at once",
    Why.REDESIGNED: "the pages were redesigned and {n} of {of} articles read otherwise",
    Why.SHRUNK: "the lists came with {n} of {of} rows",
}


def tripped(met: Met, guard: Guard) -> tuple[Reason, ...]:
    """Why nothing of a crawl is believed at a site; nothing where it may have been so."""
    conditions = (failed, vanished, changed, redesigned, shrunk)
    return tuple(reason for each in conditions if (reason := each(met, guard)) is not None)


def unbelieved_signs(met: Met, guard: Guard) -> tuple[Reason, ...]:
    """Why a crawl's signs of absence are not believed: the host was not healthy, or so much of
    what was looked at, read before or not, was not there."""
    if met.signs == 0:
        return ()
    if met.good == 0:
        return (Reason(Why.UNREADABLE, 0, 0),)
    found = (
        _more(Why.FAILED, met.failed, met.asked, guard.failed, guard.at_least),
        _more(Why.VANISHED, met.missed, met.checked, guard.vanished, guard.at_least),
    )
    return tuple(reason for reason in found if reason is not None)


def failed(met: Met, guard: Guard) -> Reason | None:
    """Too many of the articles that are held could not be had."""
    return _more(Why.FAILED, met.failed_again, met.asked_again, guard.failed, guard.at_least)


def vanished(met: Met, guard: Guard) -> Reason | None:
    """Too many of the revisited articles were not there any more."""
    return _more(Why.VANISHED, met.vanished, met.revisited, guard.vanished, guard.at_least)


def changed(met: Met, guard: Guard) -> Reason | None:
    """Too many of the revisited articles changed, or too many of those of which no list had said
    so: a crawl that follows lists asks for few pages besides those that were edited."""
    of_all = _more(Why.CHANGED, met.changed, met.revisited, guard.changed, guard.at_least)
    return of_all or _more(Why.CHANGED, met.differing, met.compared, guard.changed, guard.at_least)


def redesigned(met: Met, guard: Guard) -> Reason | None:
    """New pages, and texts that differ with them; a redesign that reads the same is none."""
    if met.rebuilt <= guard.redesigned * met.compared + _ROUNDING:
        return None
    share = guard.changed_with_redesign
    return _more(Why.REDESIGNED, met.differing, met.compared, share, guard.at_least)


def shrunk(met: Met, guard: Guard) -> Reason | None:
    """The lists, taken together, lost more than their share of rows."""
    lost = _more(Why.SHRUNK, met.rows - met.rows_now, met.rows, guard.shrunk, guard.at_least)
    return Reason(Why.SHRUNK, met.rows_now, met.rows) if lost else None


def told(reasons: Iterable[Reason]) -> str:
    """The reasons in one line."""
    return ", ".join(map(str, reasons))


def _more(why: Why, n: int, of: int, share: float, at_least: int) -> Reason | None:
    return Reason(why, n, of) if of >= at_least and n > share * of + _ROUNDING else None
