"""Articles, their versions and captures, and what differs between two versions."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice

from reading_room.api.answers import Compared, Page, paged, paged_in_memory
from reading_room.api.holdings import CHANNEL, LIMIT, SITE
from reading_room.api.operation import Operation, Question
from reading_room.api.parameters import choice, cursor, in_path, numbered, text
from reading_room.then import history_then, looked_by_then, seen_by_then
from storage.comparing.spans import By
from storage.consult.as_of import AsOfQuery, ByClock, Stood
from storage.consult.histories import CaptureSeen, EventSeen, History, PlacementSeen, VersionSpan
from storage.consult.looks import Look, look
from storage.consult.versions import UNKNOWN, Shown
from storage.history import State

_PAIR = "^[0-9]{1,9}\\.\\.[0-9]{1,9}$"


def articles(question: Question) -> Page[Stood]:
    after = question["after"]
    query = AsOfQuery(
        at=question.as_of or datetime.now(UTC),
        host=question["site"],
        channel=question["channel"],
        state=question["state"],
        clock=question["clock"],
        limit=question["limit"] + 1,
        after=after[0] if after else 0,
    )
    return paged(question, question.archive.as_of(query), lambda stood: (stood.article_id,))


def article(question: Question) -> Shown:
    return _shown(question, str(question["id"]))


def found(question: Question) -> Shown:
    return _shown(question, question["address"] or "")


def versions(question: Question) -> Page[VersionSpan]:
    return paged_in_memory(question, _history(question).versions, lambda span: (span.number,))


def version(question: Question) -> Shown:
    held = question.archive.find(str(question["id"]))
    shown = question.archive.show(held, number=question["number"])
    seen_by_then(shown.version, question.as_of)
    return shown


def captures(question: Question) -> Page[CaptureSeen]:
    return paged_in_memory(question, _history(question).captures, lambda seen: (seen.id,))


def happened(question: Question) -> Page[EventSeen]:
    seen = _history(question).events
    return paged_in_memory(question, seen, lambda event: (event.at, event.id))


def placements(question: Question) -> Page[PlacementSeen]:
    seen = _history(question).placements
    return paged_in_memory(question, seen, lambda entry: (entry.first_listed_at, entry.id))


def compared(question: Question) -> Compared:
    held = question.archive.find(str(question["id"]))
    before, after = question["pair"]
    told = question.archive.compare(held, before, after, question["by"])
    for each in (told.before, told.after):
        seen_by_then(each, question.as_of)
    return Compared(told.article, told.before, told.after, told.fields)


def capture(question: Question) -> Look:
    return looked_by_then(question.archive.ask(look, question["id"]), question.as_of)


def _shown(question: Question, name: str) -> Shown:
    held = question.archive.find(name)
    if question.as_of is None:
        return question.archive.show(held)
    return question.archive.show_as_of(held, question.as_of)


def _history(question: Question) -> History:
    known = question.archive.history(question.archive.find(str(question["id"])))
    return history_then(known, question.as_of)


def _pair(typed: str) -> tuple[int, ...]:
    return tuple(int(part) for part in islice(typed.split(".."), 2))


_ID = numbered()
_LISTS: tuple[tuple[str, object, Callable[[Question], object], tuple[type, ...]], ...] = (
    ("versions", VersionSpan, versions, (int,)),
    ("captures", CaptureSeen, captures, (int,)),
    ("events", EventSeen, happened, (datetime, int)),
    ("placements", PlacementSeen, placements, (datetime, int)),
)

OPERATIONS = (
    Operation(
        "/api/articles",
        "articles",
        Page[Stood],
        articles,
        (
            SITE,
            CHANNEL,
            choice("state", (*State, UNKNOWN)),
            choice("clock", ByClock, ByClock.CAPTURED),
            LIMIT,
            cursor(int),
        ),
    ),
    Operation("/api/article", "find", Shown, found, (text("address", required=True),)),
    Operation("/api/articles/{id}", "article", Shown, article, (_ID,)),
    *(
        Operation(
            f"/api/articles/{{id}}/{name}",
            f"article_{name}",
            Page[rows],  # type: ignore[valid-type]
            ask,
            (_ID, LIMIT, cursor(*kinds)),
        )
        for name, rows, ask, kinds in _LISTS
    ),
    Operation(
        "/api/articles/{id}/versions/{number}",
        "version",
        Shown,
        version,
        (_ID, numbered("number")),
    ),
    Operation(
        "/api/articles/{id}/diff/{pair}",
        "diff",
        Compared,
        compared,
        (_ID, in_path("pair", _PAIR, _pair), choice("by", By, By.WORD)),
    ),
    Operation("/api/captures/{id}", "capture", Look, capture, (_ID,)),
)
