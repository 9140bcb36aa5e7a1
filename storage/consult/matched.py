"""Which versions a search looks at, and of which articles: its filters as conditions of SQL."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from storage.consult.query import Query
from storage.consult.standing import state_at
from storage.fulltext import matching
from storage.history import State
from storage.schema import articles, channels, contents, placements, sites, version_spans
from storage.search_index import Term

_BRACKETS = tuple((typed, "〔") for typed in "[［(（【") + tuple(
    (typed, "〕") for typed in "]］)）】"
)
"""Document numbers are written 〔2020〕, and typed with whatever brackets are at hand."""


def version_conditions(
    connection: Connection, query: Query, terms: Sequence[Term], *, met: bool = False
) -> Iterator[ColumnElement[bool]]:
    """What must be true of a row of `version_spans` joined with its `contents`. Of versions that
    are `met` by other ways the document number is looked at, and not listed first."""
    if terms:
        yield version_spans.c.content_id.in_(matching(connection, terms))
    if query.as_of is not None:
        yield stood(query.as_of)
        if query.edited:
            yield version_spans.c.number > 1
    if query.source is not None:
        yield contents.c.source.contains(query.source.strip(), autoescape=True)
    if query.doc_number is not None:
        numbered = _is_numbered(query.doc_number.strip())
        among = version_spans.c.content_id.in_(select(contents.c.id).where(numbered))
        yield numbered if met else among


def article_conditions(
    connection: Connection, query: Query, terms: Sequence[Term]
) -> Iterator[ColumnElement[bool]]:
    """What must be true of a row of `articles` joined with its `sites`."""
    yield from _has_version(connection, query, terms)
    if query.host is not None:
        yield sites.c.host == query.host
    if query.channel is not None:
        yield articles.c.id.in_(_listed_in(query.channel, query.as_of))
    yield from _in_state(query)
    if query.edited:
        yield articles.c.versions > 1
    if query.since is not None:
        yield articles.c.published >= query.since.isoformat()
    if query.until is not None:
        # The day after: `published` may go on with a time of day.
        yield articles.c.published < (query.until + timedelta(days=1)).isoformat()


def _has_version(
    connection: Connection, query: Query, terms: Sequence[Term]
) -> Iterator[ColumnElement[bool]]:
    conditions = list(version_conditions(connection, query, terms))
    if not conditions:
        yield articles.c.versions > 0
        return
    spans = select(version_spans.c.article_id).where(*conditions)
    if query.source is not None:
        spans = spans.join(contents, contents.c.id == version_spans.c.content_id)
    if listed(query, terms):
        yield articles.c.id.in_(spans)
    else:
        # In the order of results, until a page is full: no index says which versions fit.
        fits = spans.where(version_spans.c.article_id == articles.c.id)
        yield fits.correlate(articles).exists()  # the question around it may be about versions too


def listed(query: Query, terms: Sequence[Term]) -> bool:
    """Whether an index names all that fits, each time it is asked."""
    return bool(terms) or query.doc_number is not None


def _in_state(query: Query) -> Iterator[ColumnElement[bool]]:
    if query.as_of is None:
        if query.state is not None:
            yield articles.c.state == query.state
        return
    state = state_at(query.as_of)
    if query.state is not None:
        yield state == query.state
    else:
        yield state == State.PRESENT.value


def stood(at: datetime) -> ColumnElement[bool]:
    """Whether a version was the last one seen by then."""
    later = version_spans.alias("later_span")
    superseded = exists().where(
        later.c.article_id == version_spans.c.article_id,
        later.c.number == version_spans.c.number + 1,
        later.c.first_captured_at <= at,
    )
    return and_(version_spans.c.first_captured_at <= at, ~superseded)


def _listed_in(channel: str, at: datetime | None) -> Any:
    listed = (
        select(placements.c.article_id)
        .join(channels, channels.c.id == placements.c.channel_id)
        .where(channels.c.cms_id == channel)
    )
    if at is None:
        return listed.where(placements.c.left_at.is_(None))
    left = or_(placements.c.left_at.is_(None), placements.c.left_at > at)
    return listed.where(placements.c.first_listed_at <= at, left)


def _is_numbered(wanted: str) -> ColumnElement[bool]:
    """Whether this is a part of a document number: as the index of numbers tells alone, where any
    character stands in the place of a bracket, and then looked at."""
    for typed, written in _BRACKETS:
        wanted = wanted.replace(typed, written)
    escaped = re.sub(r"([%_/])", r"/\1", wanted)
    roughly = "%" + re.sub("[〔〕]", "_", escaped) + "%"
    number = contents.c.doc_number
    return and_(
        number.is_not(None),
        number.like(roughly, escape="/"),
        _in_one_form(number).contains(wanted, autoescape=True),
    )


def _in_one_form(number: ColumnElement[Any]) -> ColumnElement[Any]:
    for typed, written in _BRACKETS:
        number = func.replace(number, typed, written)
    return number
