"""Captures: the fact, its payload, and the readings made of it."""

from typing import Any, cast

from sqlalchemy import select

from storage.article import file_key
from storage.history import Sighting
from storage.judging import Outcome
from storage.payloads import compress, payload_digest
from storage.schema import capture_facts, capture_readings, payloads
from storage.schema import contents as contents_table
from storage.values import ATTACHMENT, Captured
from storage.writers import contents, documents, files, frontier, histories, parts
from storage.writers.scope import Scope


def write_capture(scope: Scope, captured: Captured) -> None:
    """Record one capture and all that follows from it.

    A signal of absence is recorded but not yet counted: whether it counts is settled at the end
    of the crawl, when it is known whether the host was otherwise healthy.
    """
    article_id = _article(scope, captured)
    digest = _payload(scope, captured)
    capture_id = _fact(scope, captured, article_id, digest)
    parts.write(scope, capture_id, captured.parts)
    confirmed = _confirmed_reading(scope, captured)
    sighting = _sighting(scope, captured, capture_id, digest, confirmed)
    outcome = captured.outcome or Outcome.READ
    if captured.absence is not None:
        outcome = Outcome.GONE_SIGNAL
    reader = confirmed.reader if confirmed else captured.reader
    skeleton = confirmed.skeleton if confirmed else captured.skeleton
    _reading(scope, captured, sighting, outcome, reader, skeleton)
    if captured.document is not None:
        documents.write(scope, digest, captured.document)
    if article_id is not None and _counts(sighting):
        outcome = histories.take_in(scope, article_id, sighting)
    frontier.end(scope, captured.asked_url or captured.url, outcome, captured.reason)


def _sighting(
    scope: Scope,
    captured: Captured,
    capture_id: int,
    digest: str,
    confirmed: Any,
) -> Sighting:
    at, article = captured.captured_at, captured.article
    if confirmed is not None:
        attached = files.attached(scope, confirmed.content_id)
        content_id, digests = confirmed.content_id, confirmed.field_digests
        return Sighting(capture_id, at, content_id, digests, attached=attached)
    if article is not None:
        keys = frozenset(file_key(attachment.url) for attachment in article.attachments)
        content_id = contents.content_id(scope, captured)
        return Sighting(capture_id, at, content_id, article.field_digests, attached=keys)
    if captured.page_kind == ATTACHMENT and captured.outcome is None:
        file = (file_key(captured.asked_url or captured.url), digest)
        return Sighting(capture_id, at, file=file)
    return Sighting(capture_id, at)


def _confirmed_reading(scope: Scope, captured: Captured) -> Any:
    """What was read of the page that a server says is unchanged: that is what it shows again.
    None for any other capture; what a file says hangs on its bytes alone."""
    if captured.revalidates is None or captured.page_kind == ATTACHMENT:
        return None
    return scope.connection.execute(
        select(
            capture_readings.c.content_id,
            capture_readings.c.reader,
            capture_readings.c.skeleton,
            contents_table.c.field_digests,
        )
        .join(contents_table, contents_table.c.id == capture_readings.c.content_id)
        .where(capture_readings.c.capture_id == captured.revalidates)
    ).one_or_none()


def _counts(sighting: Sighting) -> bool:
    return sighting.content_id is not None or sighting.file is not None


def _article(scope: Scope, captured: Captured) -> int | None:
    if captured.key is None:
        return None
    title = captured.article.title if captured.article else None
    return scope.article_id(captured.key, captured.url, captured.captured_at, title)


def _payload(scope: Scope, captured: Captured) -> str:
    """The digest of the capture's bytes, stored where they are seen for the first time."""
    if captured.revalidates is not None:
        return _confirmed(scope, captured.revalidates)
    digest = payload_digest(captured.payload)
    known = select(payloads.c.digest).where(payloads.c.digest == digest)
    if scope.connection.scalar(known) is None:
        scope.connection.execute(
            payloads.insert().values(
                digest=digest, size=len(captured.payload), data=compress(captured.payload)
            )
        )
    return digest


def _confirmed(scope: Scope, capture_id: int) -> str:
    digest = scope.connection.scalar(
        select(capture_facts.c.payload_digest).where(capture_facts.c.id == capture_id)
    )
    assert digest is not None, "a capture that was asked about is held"
    return cast(str, digest)


def _fact(scope: Scope, captured: Captured, article_id: int | None, digest: str) -> int:
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
            revalidates=captured.revalidates,
        )
    )


def _reading(
    scope: Scope,
    captured: Captured,
    sighting: Sighting,
    outcome: Outcome,
    reader: str,
    skeleton: str | None,
) -> None:
    scope.connection.execute(
        capture_readings.insert().values(
            capture_id=sighting.capture_id,
            page_kind=captured.page_kind,
            outcome=outcome.value,
            reason=captured.reason,
            content_id=sighting.content_id,
            absence=captured.absence.value if captured.absence else None,
            counted=_counts(sighting),
            reader=reader,
            skeleton=skeleton,
        )
    )
