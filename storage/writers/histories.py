"""Histories: an article's versions, events and state, kept equal to the fold over its captures."""

from collections.abc import Iterable

from sqlalchemy import delete, select, update

from storage.history import (
    CAPTURE_EVENTS,
    Happening,
    Sighting,
    Span,
    Standing,
    State,
    Step,
    fold,
    step,
)
from storage.judging import Outcome
from storage.schema import (
    articles,
    capture_facts,
    capture_readings,
    contents,
    events,
    version_spans,
)
from storage.writers.scope import Scope


def take_in(scope: Scope, article_id: int, sighting: Sighting) -> Outcome:
    """Add one sighting to an article's history; its outcome.

    The usual capture is the newest and is one step on. A late arrival folds the history anew.
    """
    standing = _standing(scope, article_id)
    if standing.last_at is not None and sighting.at < standing.last_at:
        return refold(scope, article_id)[sighting.capture_id]
    taken = step(standing, sighting, scope.gone_after)
    span_ids = _write_span(scope, article_id, standing.latest, taken.standing.latest)
    _write_events(scope, article_id, taken.happenings, span_ids)
    _write_outcome(scope, sighting, taken, span_ids)
    _write_article(scope, article_id, taken.standing)
    return taken.outcome


def refold(scope: Scope, article_id: int) -> dict[int, Outcome]:
    """Rebuild an article's history from all its sightings; the outcome of each capture by id.

    A version keeps its row as long as its first capture is the same.
    """
    sightings = _sightings(scope, article_id)
    standing, spans, happenings, outcomes = fold(sightings, scope.gone_after)
    span_ids = _rewrite_spans(scope, article_id, spans)
    _rewrite_outcomes(scope, sightings, spans, span_ids, outcomes)
    _rewrite_events(scope, article_id, happenings, span_ids)
    _drop_spans(scope, article_id, span_ids)
    _write_article(scope, article_id, standing, first_at=spans[0].first_at if spans else None)
    return outcomes


def _standing(scope: Scope, article_id: int) -> Standing:
    row = scope.connection.execute(
        select(articles.c.state, articles.c.absent_since, articles.c.last_sighting_at).where(
            articles.c.id == article_id
        )
    ).one()
    spans = _spans(scope, article_id, newest_only=True)
    latest = next(iter(spans.values()), None)
    return Standing(State(row.state), latest, row.absent_since, row.last_sighting_at)


def _spans(scope: Scope, article_id: int, *, newest_only: bool = False) -> dict[int, Span]:
    query = (
        select(version_spans, contents.c.field_digests)
        .join(contents, contents.c.id == version_spans.c.content_id)
        .where(version_spans.c.article_id == article_id)
        .order_by(version_spans.c.number.desc())
    )
    rows = scope.connection.execute(query.limit(1) if newest_only else query)
    return {
        row.id: Span(
            number=row.number,
            content_id=row.content_id,
            digests=row.field_digests,
            first_capture_id=row.first_capture_id,
            first_at=row.first_captured_at,
            last_at=row.last_captured_at,
        )
        for row in rows
    }


def _write_span(
    scope: Scope, article_id: int, before: Span | None, after: Span | None
) -> dict[int, int]:
    """Write what one step changed of the versions; ids by number, of the latest and the one
    before it."""
    ids = _newest_ids(scope, article_id)
    if after is None:
        return ids
    if before is not None and after.number == before.number:
        if after != before:
            scope.connection.execute(
                update(version_spans)
                .where(version_spans.c.id == ids[after.number])
                .values(last_captured_at=after.last_at)
            )
        return ids
    return ids | {after.number: _insert_span(scope, article_id, after)}


def _newest_ids(scope: Scope, article_id: int) -> dict[int, int]:
    rows = scope.connection.execute(
        select(version_spans.c.number, version_spans.c.id)
        .where(version_spans.c.article_id == article_id)
        .order_by(version_spans.c.number.desc())
        .limit(2)
    )
    return {row.number: row.id for row in rows}


def _insert_span(scope: Scope, article_id: int, span: Span) -> int:
    return scope.new_row(
        version_spans.insert().values(
            article_id=article_id,
            number=span.number,
            content_id=span.content_id,
            first_capture_id=span.first_capture_id,
            first_captured_at=span.first_at,
            last_captured_at=span.last_at,
        )
    )


def _write_events(
    scope: Scope, article_id: int, happenings: Iterable[Happening], span_ids: dict[int, int]
) -> None:
    for happening in happenings:
        scope.connection.execute(
            events.insert().values(
                article_id=article_id,
                at=happening.at,
                kind=happening.kind.value,
                version_id=span_ids.get(happening.number or 0),
                previous_version_id=span_ids.get(happening.previous_number or 0),
                fields=list(happening.fields),
                evidence=dict(happening.evidence),
                capture_id=happening.capture_id,
            )
        )


def _write_outcome(scope: Scope, sighting: Sighting, taken: Step, span_ids: dict[int, int]) -> None:
    latest = taken.standing.latest
    shown = sighting.content_id is not None and latest is not None
    scope.connection.execute(
        update(capture_readings)
        .where(capture_readings.c.capture_id == sighting.capture_id)
        .values(
            outcome=taken.outcome.value,
            version_id=span_ids[latest.number] if shown and latest else None,
        )
    )


def _write_article(scope: Scope, article_id: int, standing: Standing, **first: object) -> None:
    latest = standing.latest
    shown = {}
    if latest is not None:
        content = scope.connection.execute(
            select(contents.c.title, contents.c.published).where(contents.c.id == latest.content_id)
        ).one()
        shown = {
            "title": content.title,
            "published": content.published,
            "versions": latest.number,
            "last_captured_at": latest.last_at,
        }
        if latest.number == 1:
            shown["first_captured_at"] = latest.first_at
        if first:
            shown["first_captured_at"] = first["first_at"]
    scope.connection.execute(
        update(articles)
        .where(articles.c.id == article_id)
        .values(
            state=standing.state.value,
            absent_since=standing.absent_since,
            last_sighting_at=standing.last_at,
            **shown,
        )
    )


def _sightings(scope: Scope, article_id: int) -> list[Sighting]:
    rows = scope.connection.execute(
        select(
            capture_facts.c.id,
            capture_facts.c.captured_at,
            capture_readings.c.content_id,
            capture_readings.c.absence,
            contents.c.field_digests,
        )
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .outerjoin(contents, contents.c.id == capture_readings.c.content_id)
        .where(capture_facts.c.article_id == article_id, capture_readings.c.counted)
    )
    return [
        Sighting(row.id, row.captured_at, row.content_id, row.field_digests or {}, row.absence)
        for row in rows
    ]


def _rewrite_spans(scope: Scope, article_id: int, spans: Iterable[Span]) -> dict[int, int]:
    kept = {span.first_capture_id: id_ for id_, span in _spans(scope, article_id).items()}
    ids: dict[int, int] = {}
    for span in spans:
        if (known := kept.get(span.first_capture_id)) is None:
            ids[span.number] = _insert_span(scope, article_id, span)
            continue
        ids[span.number] = known
        scope.connection.execute(
            update(version_spans)
            .where(version_spans.c.id == known)
            .values(
                number=span.number,
                content_id=span.content_id,
                first_captured_at=span.first_at,
                last_captured_at=span.last_at,
            )
        )
    return ids


def _rewrite_outcomes(
    scope: Scope,
    sightings: Iterable[Sighting],
    spans: tuple[Span, ...],
    span_ids: dict[int, int],
    outcomes: dict[int, Outcome],
) -> None:
    standing_at: int | None = None
    starts = {span.first_capture_id: span.number for span in spans}
    for sighting in sorted(sightings, key=lambda s: (s.at, s.capture_id)):
        standing_at = starts.get(sighting.capture_id, standing_at)
        shown = sighting.content_id is not None and standing_at is not None
        scope.connection.execute(
            update(capture_readings)
            .where(capture_readings.c.capture_id == sighting.capture_id)
            .values(
                outcome=outcomes[sighting.capture_id].value,
                version_id=span_ids[standing_at] if shown and standing_at else None,
            )
        )


def _rewrite_events(
    scope: Scope, article_id: int, happenings: Iterable[Happening], span_ids: dict[int, int]
) -> None:
    kinds = [kind.value for kind in CAPTURE_EVENTS]
    scope.connection.execute(
        delete(events).where(events.c.article_id == article_id, events.c.kind.in_(kinds))
    )
    _write_events(scope, article_id, happenings, span_ids)


def _drop_spans(scope: Scope, article_id: int, span_ids: dict[int, int]) -> None:
    scope.connection.execute(
        delete(version_spans).where(
            version_spans.c.article_id == article_id,
            version_spans.c.id.not_in(span_ids.values()),
        )
    )
