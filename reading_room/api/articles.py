"""Articles, their versions and captures, and what differs between two versions."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice

from reading_room.api.answers import Compared, Page, paged, paged_in_memory
from reading_room.api.holdings import CHANNEL, LIMIT, SITE
from reading_room.api.operation import Operation, Question
from reading_room.api.parameters import choice, cursor, in_path, numbered, text
from storage.comparing.spans import By
from storage.consult.as_of import AsOfQuery, ByClock, Stood
from storage.consult.histories import CaptureSeen, EventSeen, History, PlacementSeen, VersionSpan
from storage.consult.known_then import known_then
from storage.consult.looks import Look, look
from storage.consult.versions import UNKNOWN, Shown
from storage.errors import UnknownArticle
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
    _seen_by_then(question, shown)
    return shown


def captures(question: Question) -> Page[CaptureSeen]:
    return paged_in_memory(question, _history(question).captures, lambda seen: (seen.id,))


def happened(question: Question) -> Page[EventSeen]:
    seen = _history(question).events
    return paged_in_memory(question, seen, lambda event: (event.at, event.kind))


def placements(question: Question) -> Page[PlacementSeen]:
    seen = _history(question).placements
    return paged_in_memory(question, seen, lambda entry: (entry.first_listed_at, entry.channel_id))


def compared(question: Question) -> Compared:
    held = question.archive.find(str(question["id"]))
    before, after = question["pair"]
    told = question.archive.compare(held, before, after, question["by"])
    for each in (told.before, told.after):
        _seen_by_then(question, Shown(held, each, current=False, state=UNKNOWN))
    return Compared(told.article, told.before, told.after, told.fields)


def capture(question: Question) -> Look:
    seen = question.archive.ask(look, question["id"])
    if question.as_of is not None and seen.captured_at > question.as_of:
        raise UnknownArticle(f"capture {seen.id} came later")
    return seen


def _shown(question: Question, name: str) -> Shown:
    held = question.archive.find(name)
    if question.as_of is None:
        return question.archive.show(held)
    return question.archive.show_as_of(held, question.as_of)


def _history(question: Question) -> History:
    known = question.archive.history(question.archive.find(str(question["id"])))
    return known if question.as_of is None else known_then(known, question.as_of)


def _seen_by_then(question: Question, shown: Shown) -> None:
    at, told = question.as_of, shown.version
    if at is not None and told is not None and told.first_captured_at > at:
        raise UnknownArticle(f"version {told.number} came later")


def _pair(typed: str) -> tuple[int, ...]:
    return tuple(int(part) for part in islice(typed.split(".."), 2))


_ID = numbered()
_LISTS: tuple[tuple[str, object, Callable[[Question], object], tuple[type, ...]], ...] = (
    ("versions", VersionSpan, versions, (int,)),
    ("captures", CaptureSeen, captures, (int,)),
    ("events", EventSeen, happened, (datetime, str)),
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
