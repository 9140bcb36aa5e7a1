"""What happened, what was edited in silence, where words stand, came and went, and how often."""

from dataclasses import replace
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
from storage.article import CONTENT_FIELDS
from storage.comparing.changed_words import Way
from storage.comparing.substance import EditKind
from storage.consult.edits import EditCursor, EditQuery
from storage.consult.events import EventHeld, EventQuery
from storage.consult.periods import Step
from storage.consult.query import Cursor, Query, Sort, Within
from storage.consult.series import Counted, Each, Series, SeriesQuery
from storage.history import EventKind, State

_SINCE, _UNTIL = moment("since", last=False), moment("until", last=True)
_DAYS = (day("since", last=False), day("until", last=True))
_FEWER = number("limit", 20, 100)
_EDITED_AT = cursor(int, datetime, int)


def events(question: Question) -> Page[EventHeld]:
    after = question["after"]
    query = EventQuery(
        kinds=question["kind"],
        field=question["field"],
        host=question["site"],
        channel=question["channel"],
        since=question["since"],
        until=question.by_then(question["until"]),
        limit=question["limit"] + 1,
        before=after[1] if after else None,
        before_at=after[0] if after else None,
    )
    return paged(question, question.archive.events(query), lambda event: (event.at, event.id))


def search(question: Question) -> HitPage:
    after = question["after"]
    query = Query(
        words=question["q"],
        within=question["in"],
        host=question["site"],
        channel=question["channel"],
        state=question["state"],
        source=question["source"],
        doc_number=question["doc_number"],
        since=question["since"],
        until=question["until"],
        as_of=question.as_of,
        edited=question["edited"],
        sort=question["sort"],
        limit=question["limit"],
        after=Cursor(*after) if after else None,
    )
    found = question.archive.search(query)
    last = found.next
    following = question.following(last.stage, last.published, last.article_id) if last else None
    return HitPage(found.hits, found.total, found.at_most, following)


def silent_edits(question: Question) -> EditPage:
    found = question.archive.silent_edits(_edits(question))
    return EditPage(found.edits, found.total, _edits_after(question, found.next))


def changes(question: Question) -> WordChangePage:
    found = question.archive.word_changes(
        *question["q"], way=question["way"], query=_edits(question)
    )
    return WordChangePage(found.changes, found.at_most, _edits_after(question, found.next))


def counted(question: Question) -> Page[Series]:
    return _series(question, question.archive.series(question["count"], _series_query(question)))


def words_used(question: Question) -> Page[Series]:
    query = _series_query(question)
    return _series(question, question.archive.word_series(*question["q"], query=query))


def _edits(question: Question) -> EditQuery:
    after = question["after"]
    query = EditQuery(
        kinds=question["kind"],
        host=question["site"],
        channel=question["channel"],
        since=question["since"],
        until=question.by_then(question["until"]),
        limit=question["limit"],
        after=EditCursor(*after) if after else None,
    )
    return replace(query, typos=question.values.get("typos", False))


def _edits_after(question: Question, cursor: EditCursor | None) -> str | None:
    if cursor is None:
        return None
    return question.following(cursor.weight, cursor.at, cursor.version_id)


def _series_query(question: Question) -> SeriesQuery:
    return SeriesQuery(
        host=question["site"],
        channel=question["channel"],
        since=question["since"],
        until=question["until"],
        step=question["step"],
        each=question["each"],
        as_of=question.as_of,
    )


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
