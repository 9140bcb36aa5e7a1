"""Histories: an article's versions, events and state, kept equal to the fold over its captures."""

from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from sqlalchemy import delete, select, update

from storage.article import file_key
from storage.history import (
    CAPTURE_EVENTS,
    Happening,
    Sighting,
    Span,
    Standing,
    Step,
    fold,
    in_order,
    step,
)
from storage.judging import Outcome
from storage.schema import (
    articles,
    capture_facts,
    capture_readings,
    contents,
    events,
    placements,
)
from storage.values import ATTACHMENT
from storage.writers import files
from storage.writers.books import keep_article
from storage.writers.known import Held, KnownContent
from storage.writers.scope import Scope
from storage.writers.spans import drop_spans, rewrite_spans, write_span

_EVENT = tuple(column.name for column in events.c if column.name not in ("id", "site_id"))
"""What a history tells of an event; the site is its article's."""


def take_in(
    scope: Scope, article_id: int, sighting: Sighting, content: KnownContent | None = None
) -> Outcome:
    """Add one sighting to an article's history; its outcome. `content` is what it shows.

    The usual capture is the newest and is one step on. A late arrival, or one of the very instant
    of another, folds the history anew.
    """
    held = scope.known.held(article_id)
    standing = held.standing
    if standing.last_at is not None and sighting.at <= standing.last_at:
        return refold(scope, article_id)[sighting.capture_id]
    taken = step(standing, sighting, scope.gone_after)
    # Before anything is told of it: who asks the database forgets what is known and not written.
    unread = _unread(scope, article_id) if taken.standing.latest is None else {}
    now = _moved_on(scope, article_id, held, taken.standing, content)
    span_ids = _span_ids(held, now)
    for happening in taken.happenings:
        scope.pending.insert(events, _event(article_id, happening, span_ids))
    _write_outcome(scope, sighting, taken, now.version_id)
    scope.pending.update(
        articles, article_id, _stands(now.standing) | (_shown(now) if now.content else unread)
    )
    return taken.outcome


def _moved_on(
    scope: Scope, article_id: int, held: Held, after: Standing, content: KnownContent | None
) -> Held:
    latest = after.latest
    shown = content if content and latest and content.id == latest.content_id else held.content
    now = Held(after, write_span(scope, article_id, held, latest, shown), shown)
    scope.known.stands(article_id, now)
    return now


def _span_ids(*stages: Held) -> dict[int, int]:
    """The ids of the versions that were the latest, by their numbers."""
    return {
        held.standing.latest.number: held.version_id
        for held in stages
        if held.standing.latest and held.version_id is not None
    }


def refold(scope: Scope, article_id: int, *, withdraw: bool = True) -> dict[int, Outcome]:
    """Rebuild an article's history from all its sightings; the outcome of each capture by id.
    What it had and has no more is kept as withdrawn, unless it never stood (`withdraw`)."""
    sightings = sightings_of(scope, article_id)
    standing, spans, happenings, outcomes = fold(sightings, scope.gone_after)
    span_ids = rewrite_spans(scope, article_id, spans, withdraw=withdraw)
    _rewrite_outcomes(scope, sightings, spans, span_ids, outcomes)
    _rewrite_events(scope, article_id, happenings, span_ids)
    drop_spans(scope, article_id, span_ids)
    _write_article(scope, article_id, standing)
    keep_article(scope.connection, article_id)
    return outcomes


def _event(article_id: int, happening: Happening, span_ids: Mapping[int, int]) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "at": happening.at,
        "kind": happening.kind.value,
        "version_id": span_ids.get(happening.number or 0),
        "previous_version_id": span_ids.get(happening.previous_number or 0),
        "fields": list(happening.fields),
        "evidence": dict(happening.evidence),
        "capture_id": happening.capture_id,
    }


def _write_outcome(scope: Scope, sighting: Sighting, taken: Step, version_id: int | None) -> None:
    shows = shows_version(sighting, taken.outcome)
    told = {"outcome": taken.outcome.value, "version_id": version_id if shows else None}
    scope.pending.update(capture_readings, sighting.capture_id, told)


def shows_version(sighting: Sighting, outcome: Outcome) -> bool:
    """Whether a capture shows the version that stands after it; a file of no version does not."""
    return sighting.content_id is not None or (
        sighting.file is not None and outcome is not Outcome.READ
    )


def sightings_of(scope: Scope, article_id: int) -> list[Sighting]:
    """What the captures of an article showed, as far as it counts: what its history folds."""
    rows = scope.connection.execute(
        select(
            capture_facts.c.id,
            capture_facts.c.captured_at,
            capture_facts.c.url,
            capture_facts.c.payload_digest,
            capture_readings.c.page_kind,
            capture_readings.c.content_id,
            capture_readings.c.absence,
            contents.c.field_digests,
        )
        .join(capture_readings, capture_readings.c.capture_id == capture_facts.c.id)
        .outerjoin(contents, contents.c.id == capture_readings.c.content_id)
        .where(capture_facts.c.article_id == article_id, capture_readings.c.counted)
    )
    return [_sighting(scope, row) for row in rows.all()]


def _sighting(scope: Scope, row: Any) -> Sighting:
    digests = row.field_digests or {}
    return Sighting(
        row.id,
        row.captured_at,
        row.content_id,
        digests,
        row.absence,
        files.attached(scope, row.content_id) if "attachments" in digests else frozenset(),
        (file_key(row.url), row.payload_digest) if row.page_kind == ATTACHMENT else None,
    )


def _rewrite_outcomes(
    scope: Scope,
    sightings: Iterable[Sighting],
    spans: tuple[Span, ...],
    span_ids: Mapping[int, int],
    outcomes: Mapping[int, Outcome],
) -> None:
    standing_at: int | None = None
    starts = {span.first_capture_id: span.number for span in spans}
    for sighting in in_order(sightings):
        standing_at = starts.get(sighting.capture_id, standing_at)
        outcome = outcomes[sighting.capture_id]
        shows = standing_at is not None and shows_version(sighting, outcome)
        scope.connection.execute(
            update(capture_readings)
            .where(capture_readings.c.capture_id == sighting.capture_id)
            .values(
                outcome=outcome.value,
                version_id=span_ids[standing_at] if shows and standing_at else None,
            )
        )


def _rewrite_events(
    scope: Scope, article_id: int, happenings: Iterable[Happening], span_ids: Mapping[int, int]
) -> None:
    """Make an article's events those of its history. They keep their rows up to the first one
    that is another: rows stand in the order in which things happened."""
    due = [_event(article_id, happening, span_ids) for happening in happenings]
    kinds = [kind.value for kind in CAPTURE_EVENTS]
    written = scope.connection.execute(
        select(events)
        .where(events.c.article_id == article_id, events.c.kind.in_(kinds))
        .order_by(events.c.at, events.c.id)
    ).all()
    told = [{name: row._mapping[name] for name in _EVENT} for row in written]
    kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(told, due, strict=False)))
    dropped = [row.id for row in written[kept:]]
    scope.connection.execute(delete(events).where(events.c.id.in_(dropped)))
    for event in due[kept:]:
        scope.connection.execute(events.insert().values(**event))


def _write_article(scope: Scope, article_id: int, standing: Standing) -> None:
    latest = standing.latest
    shown = _shown_as(scope, latest) if latest else _unread(scope, article_id)
    scope.connection.execute(
        update(articles).where(articles.c.id == article_id).values(**_stands(standing), **shown)
    )


def _stands(standing: Standing) -> dict[str, Any]:
    return {
        "state": standing.state.value,
        "absent_since": standing.absent_since,
        "last_sighting_at": standing.last_at,
        "first_captured_at": standing.first_at,
    }


def _shown(held: Held) -> dict[str, Any]:
    latest, content = held.standing.latest, held.content
    assert latest is not None
    assert content is not None
    return {
        "title": content.title,
        "published": content.published,
        "versions": latest.number,
        "last_captured_at": latest.last_at,
    }


def _shown_as(scope: Scope, latest: Span) -> dict[str, Any]:
    content = scope.connection.execute(
        select(contents.c.title, contents.c.published).where(contents.c.id == latest.content_id)
    ).one()
    return {
        "title": content.title,
        "published": content.published,
        "versions": latest.number,
        "last_captured_at": latest.last_at,
    }


def _unread(scope: Scope, article_id: int) -> dict[str, Any]:
    """What is known of an article that was never read: how a list named it first."""
    title = scope.connection.scalar(
        select(placements.c.listed_title)
        .where(placements.c.article_id == article_id)
        .order_by(placements.c.first_listed_at, placements.c.id)
        .limit(1)
    )
    return {"title": title, "published": None, "versions": 0, "last_captured_at": None}
