"""Captures: the fact, its payload, and the readings made of it."""

from sqlalchemy import select

from storage.history import Sighting
from storage.judging import Outcome
from storage.payloads import compress, payload_digest
from storage.schema import capture_facts, capture_readings, payloads
from storage.values import Captured
from storage.writers import contents, frontier, histories
from storage.writers.scope import Scope


def write_capture(scope: Scope, captured: Captured) -> None:
    """Record one capture and all that follows from it.

    A signal of absence is recorded but not yet counted: whether it counts is settled at the end
    of the crawl, when it is known whether the host was otherwise healthy.
    """
    article_id = _article(scope, captured)
    capture_id = _fact(scope, captured, article_id)
    content_id, outcome = None, captured.outcome or Outcome.READ
    if captured.article is not None and article_id is not None:
        content_id = contents.content_id(scope, captured)
        outcome = Outcome.NEW
    elif captured.absence is not None:
        outcome = Outcome.GONE_SIGNAL
    _reading(scope, captured, capture_id, content_id, outcome)
    if content_id is not None and article_id is not None:
        assert captured.article is not None
        outcome = histories.take_in(
            scope,
            article_id,
            Sighting(
                capture_id,
                captured.captured_at,
                content_id,
                captured.article.field_digests,
            ),
        )
    frontier.end(scope, captured.asked_url or captured.url, outcome, captured.reason)


def _article(scope: Scope, captured: Captured) -> int | None:
    if captured.key is None:
        return None
    title = captured.article.title if captured.article else None
    return scope.article_id(captured.key, captured.url, captured.captured_at, title)


def _fact(scope: Scope, captured: Captured, article_id: int | None) -> int:
    digest = payload_digest(captured.payload)
    known = select(payloads.c.digest).where(payloads.c.digest == digest)
    if scope.connection.scalar(known) is None:
        scope.connection.execute(
            payloads.insert().values(
                digest=digest, size=len(captured.payload), data=compress(captured.payload)
            )
        )
    return scope.new_row(
        capture_facts.insert().values(
            crawl_id=scope.crawl_id,
            article_id=article_id,
            url=captured.asked_url or captured.url,
            final_url=captured.url if captured.asked_url else None,
            captured_at=captured.captured_at,
            recorded_at=scope.recorded_at,
            status=captured.status,
            headers=dict(captured.headers),
            payload_digest=digest,
        )
    )


def _reading(
    scope: Scope,
    captured: Captured,
    capture_id: int,
    content_id: int | None,
    outcome: Outcome,
) -> None:
    scope.connection.execute(
        capture_readings.insert().values(
            capture_id=capture_id,
            page_kind=captured.page_kind,
            outcome=outcome.value,
            reason=captured.reason,
            content_id=content_id,
            absence=captured.absence.value if captured.absence else None,
            counted=content_id is not None,
            reader=captured.reader,
        )
    )
