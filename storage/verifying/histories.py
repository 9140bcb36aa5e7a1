"""Every history against the captures: what is written must be what their fold gives."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from storage.history import (
    CAPTURE_EVENTS,
    GONE_AFTER,
    EventKind,
    Happening,
    Sighting,
    Span,
    Standing,
    fold,
    in_order,
)
from storage.judging import Outcome
from storage.schema import articles, capture_facts, capture_readings, contents, crawls, events
from storage.verifying.findings import Finding, Looked, Problem, look_through, row
from storage.writers.histories import shows_version, sightings_of
from storage.writers.scope import Scope
from storage.writers.spans import spans_of

_CHUNK = 100
_KINDS = [kind.value for kind in CAPTURE_EVENTS]


def check_histories(engine: Engine, sample: int | None) -> Iterator[Looked]:
    """Versions, events, outcomes and states of each article against what its captures show."""
    return look_through(engine, "articles", articles.c.id, sample, _CHUNK, _history)


def _history(connection: Connection, article_id: int) -> Iterator[Finding]:
    scope = Scope(connection, 0, datetime.now(UTC), GONE_AFTER)
    sightings = sightings_of(scope, article_id)
    standing, spans, happenings, outcomes = fold(sightings, GONE_AFTER)
    written = spans_of(scope, article_id)
    ids = {span.first_capture_id: id_ for id_, span in written.items()}
    by_number = {span.number: ids.get(span.first_capture_id) for span in spans}
    yield from _versions(article_id, written, spans, ids)
    yield from _events(connection, article_id, happenings, by_number)
    yield from _listed_events(connection, article_id)
    yield from _outcomes(connection, article_id, _shown(sightings, spans, by_number, outcomes))
    yield from _standing(connection, article_id, standing)


def _versions(
    article_id: int, written: Mapping[int, Span], spans: Iterable[Span], ids: Mapping[int, int]
) -> Iterator[Finding]:
    expected = {span.first_capture_id: span for span in spans}
    for id_, span in written.items():
        shown = expected.get(span.first_capture_id)
        if shown is None or ids[span.first_capture_id] != id_:
            yield Finding(row("version_spans", id_), Problem.NO_SUCH_VERSION)
        elif shown != span:
            yield Finding(row("version_spans", id_), Problem.VERSION_DIFFERS, _apart(span, shown))
    for capture_id, shown in expected.items():
        if capture_id not in ids:
            yield Finding(row("articles", article_id), Problem.VERSION_LACKING, str(shown.number))


def _apart(span: Span, shown: Span) -> str:
    names = ("number", "content_id", "digests", "first_at", "last_at", "files")
    return ", ".join(name for name in names if getattr(span, name) != getattr(shown, name))


def _events(
    connection: Connection,
    article_id: int,
    happenings: Iterable[Happening],
    by_number: Mapping[int, int | None],
) -> Iterator[Finding]:
    expected = [_told(happening, by_number) for happening in happenings]
    for event in connection.execute(_events_of(article_id).where(events.c.kind.in_(_KINDS))):
        told = _as_written(event)
        if told in expected:
            expected.remove(told)
        else:
            yield Finding(row("events", event.id), Problem.NO_SUCH_EVENT, event.kind)
    for kind, at, *_ in expected:
        detail = f"{kind} {at:%Y-%m-%dT%H:%M:%SZ}"
        yield Finding(row("articles", article_id), Problem.EVENT_LACKING, detail)


def _told(happening: Happening, by_number: Mapping[int, int | None]) -> tuple[Any, ...]:
    return (
        happening.kind.value,
        happening.at,
        happening.capture_id,
        by_number.get(happening.number or 0),
        by_number.get(happening.previous_number or 0),
        list(happening.fields),
        json.dumps(dict(happening.evidence), sort_keys=True),
    )


def _as_written(event: Row[Any]) -> tuple[Any, ...]:
    return (
        event.kind,
        event.at,
        event.capture_id,
        event.version_id,
        event.previous_version_id,
        event.fields,
        json.dumps(event.evidence, sort_keys=True),
    )


def _listed_events(connection: Connection, article_id: int) -> Iterator[Finding]:
    """Events that lists showed: each names the crawl that walked them."""
    others = _events_of(article_id).where(events.c.kind.not_in(_KINDS))
    for event in connection.execute(others).all():
        crawl_id = event.evidence.get("crawl_id")
        walked = connection.scalar(select(crawls.c.id).where(crawls.c.id == crawl_id))
        if event.kind not in set(EventKind) or walked is None:
            yield Finding(row("events", event.id), Problem.NO_SUCH_EVENT, event.kind)


def _events_of(article_id: int) -> Any:
    return select(events).where(events.c.article_id == article_id).order_by(events.c.id)


def _shown(
    sightings: Iterable[Sighting],
    spans: Iterable[Span],
    by_number: Mapping[int, int | None],
    outcomes: Mapping[int, Outcome],
) -> Mapping[int, tuple[str, int | None]]:
    """The outcome of each capture, and the version that it shows."""
    starts = {span.first_capture_id: span.number for span in spans}
    standing_at, shown = 0, {}
    for sighting in in_order(sightings):
        standing_at = starts.get(sighting.capture_id, standing_at)
        outcome = outcomes[sighting.capture_id]
        version = by_number.get(standing_at) if shows_version(sighting, outcome) else None
        shown[sighting.capture_id] = (outcome.value, version)
    return shown


def _outcomes(
    connection: Connection, article_id: int, shown: Mapping[int, tuple[str, int | None]]
) -> Iterator[Finding]:
    readings = connection.execute(
        select(
            capture_readings.c.capture_id, capture_readings.c.outcome, capture_readings.c.version_id
        )
        .join(capture_facts, capture_facts.c.id == capture_readings.c.capture_id)
        .where(capture_facts.c.article_id == article_id, capture_readings.c.counted)
    )
    for reading in readings:
        expected = shown[reading.capture_id]
        if (reading.outcome, reading.version_id) != expected:
            where = row("capture_readings", reading.capture_id)
            yield Finding(where, Problem.OUTCOME_DIFFERS, expected[0])


def _standing(connection: Connection, article_id: int, standing: Standing) -> Iterator[Finding]:
    article = connection.execute(select(articles).where(articles.c.id == article_id)).one()
    expected: dict[str, Any] = {
        "state": standing.state.value,
        "absent_since": standing.absent_since,
        "last_sighting_at": standing.last_at,
        "first_captured_at": standing.first_at,
        "versions": standing.latest.number if standing.latest else 0,
    }
    if standing.latest is not None:
        expected |= _stated(connection, standing.latest)
    differing = [name for name, value in expected.items() if getattr(article, name) != value]
    if differing:
        where = row("articles", article_id)
        yield Finding(where, Problem.STANDING_DIFFERS, ", ".join(differing))


def _stated(connection: Connection, latest: Span) -> dict[str, Any]:
    content = connection.execute(
        select(contents.c.title, contents.c.published).where(contents.c.id == latest.content_id)
    ).one()
    return {
        "title": content.title,
        "published": content.published,
        "last_captured_at": latest.last_at,
    }
