"""What happened, what was edited in silence, where words stand, came and went, and how often."""

from datetime import datetime

from reading_room.api.answers import EditPage, HitPage, Page, WordChangePage, paged, paged_in_memory
from reading_room.api.holdings import CHANNEL, LIMIT, SITE
from reading_room.api.operation import Operation, Question
from reading_room.api.parameters import (
    choice,
    cursor,
    day,
    flag,
    moment,
    number,
    several,
    text,
    words,
)
from reading_room.queries import edit_query, event_query, search_query, series_query
from storage.article import CONTENT_FIELDS
from storage.comparing.changed_words import Way
from storage.comparing.substance import EditKind
from storage.consult.edits import EditCursor
from storage.consult.events import EventHeld
from storage.consult.periods import Step
from storage.consult.query import Sort, Within
from storage.consult.series import Counted, Each, Series
from storage.history import EventKind, State

_SINCE, _UNTIL = moment("since", last=False), moment("until", last=True)
_DAYS = (day("since", last=False), day("until", last=True))
_FEWER = number("limit", 20, 100)
_EDITED_AT = cursor(int, datetime, int)


def events(question: Question) -> Page[EventHeld]:
    found = question.archive.events(event_query(question.values))
    return paged(question, found, lambda event: (event.at, event.id))


def search(question: Question) -> HitPage:
    found = question.archive.search(search_query(question.values))
    last = found.next
    following = question.following(last.stage, last.published, last.article_id) if last else None
    return HitPage(found.hits, found.total, found.at_most, following)


def silent_edits(question: Question) -> EditPage:
    found = question.archive.silent_edits(edit_query(question.values))
    return EditPage(found.edits, found.total, _edits_after(question, found.next))


def changes(question: Question) -> WordChangePage:
    query = edit_query(question.values)
    found = question.archive.word_changes(*question["q"], way=question["way"], query=query)
    return WordChangePage(found.changes, found.at_most, _edits_after(question, found.next))


def counted(question: Question) -> Page[Series]:
    query = series_query(question.values)
    return _series(question, question.archive.series(question["count"], query))


def words_used(question: Question) -> Page[Series]:
    query = series_query(question.values)
    return _series(question, question.archive.word_series(*question["q"], query=query))


def _edits_after(question: Question, cursor: EditCursor | None) -> str | None:
    if cursor is None:
        return None
    return question.following(cursor.weight, cursor.at, cursor.version_id)


def _series(question: Question, found: list[Series]) -> Page[Series]:
    return paged_in_memory(question, found, lambda one: (one.host or "", one.channel or ""))


_COUNTED = (
    SITE,
    CHANNEL,
    *_DAYS,
    choice("step", Step, Step.MONTH),
    choice("each", Each, Each.ALL),
    LIMIT,
    cursor(str, str),
)
_EDITS = (several("kind", EditKind), SITE, CHANNEL, _SINCE, _UNTIL, _FEWER, _EDITED_AT)

OPERATIONS = (
    Operation(
        "/api/events",
        "events",
        Page[EventHeld],
        events,
        (
            several("kind", EventKind),
            choice("field", CONTENT_FIELDS),
            SITE,
            CHANNEL,
            _SINCE,
            _UNTIL,
            LIMIT,
            cursor(datetime, int),
        ),
    ),
    Operation(
        "/api/search",
        "search",
        HitPage,
        search,
        (
            words("q"),
            choice("in", Within, Within.ANYWHERE),
            SITE,
            CHANNEL,
            choice("state", State),
            text("source"),
            text("doc_number"),
            *_DAYS,
            flag("edited"),
            choice("sort", Sort, Sort.RELEVANCE),
            _FEWER,
            cursor(int, str, int),
        ),
    ),
    Operation(
        "/api/silent-edits", "silent_edits", EditPage, silent_edits, (flag("typos"), *_EDITS)
    ),
    Operation(
        "/api/changes",
        "changes",
        WordChangePage,
        changes,
        (words("q", required=True), choice("way", Way), *_EDITS),
    ),
    Operation(
        "/api/series",
        "series",
        Page[Series],
        counted,
        (choice("count", Counted, Counted.PUBLISHED), *_COUNTED),
    ),
    Operation(
        "/api/word-series",
        "word_series",
        Page[Series],
        words_used,
        (words("q", required=True), *_COUNTED),
    ),
)
