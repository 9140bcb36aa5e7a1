"""What is asked of the archive, out of the values that an address holds, by the names of its
parameters: pages for people and the API read their addresses each in its way, and ask the same.
Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.consult.edits import EditCursor, EditQuery
from storage.consult.events import EventQuery
from storage.consult.query import Cursor, Query
from storage.consult.series import SeriesQuery

Values = Mapping[str, Any]
"""Read and checked, each of the type that its query wants; None for what is not asked."""


def event_query(asked: Values) -> EventQuery:
    """The events asked for, and one more, which tells whether there are more."""
    after = asked["after"]
    return EventQuery(
        kinds=asked["kind"],
        field=asked["field"],
        host=asked["site"],
        channel=asked["channel"],
        since=asked["since"],
        until=_by_then(asked),
        limit=asked["limit"] + 1,
        before=after[1] if after else None,
        before_at=after[0] if after else None,
    )


def edit_query(asked: Values) -> EditQuery:
    """The edits asked for; `typos` may be no part of the question."""
    after = asked["after"]
    return EditQuery(
        kinds=asked["kind"],
        typos=asked.get("typos", False),
        host=asked["site"],
        channel=asked["channel"],
        since=asked["since"],
        until=_by_then(asked),
        limit=asked["limit"],
        after=EditCursor(*after) if after else None,
    )


def search_query(asked: Values) -> Query:
    """What is searched for."""
    after = asked["after"]
    return Query(
        words=asked["q"],
        within=asked["in"],
        host=asked["site"],
        channel=asked["channel"],
        state=asked["state"],
        source=asked["source"],
        doc_number=asked["doc_number"],
        since=asked["since"],
        until=asked["until"],
        as_of=asked["as_of"],
        edited=asked["edited"],
        sort=asked["sort"],
        limit=asked["limit"],
        after=Cursor(*after) if after else None,
    )


def series_query(asked: Values) -> SeriesQuery:
    """What series are made of."""
    return SeriesQuery(
        host=asked["site"],
        channel=asked["channel"],
        since=asked["since"],
        until=asked["until"],
        step=asked["step"],
        each=asked["each"],
        as_of=asked["as_of"],
    )


def _by_then(asked: Values) -> datetime | None:
    """The earlier of an end that is asked for and the instant that is asked about."""
    return min((each for each in (asked["until"], asked["as_of"]) if each), default=None)
