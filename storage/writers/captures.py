"""Captures: the fact, its payload, and the readings made of it."""

from sqlalchemy import select

from storage.article import Article, file_key
from storage.history import Sighting
from storage.judging import Outcome
from storage.schema import articles, capture_facts, capture_readings, payloads, placements
from storage.values import ATTACHMENT, Captured
from storage.writers import contents, documents, frontier, histories, parts
from storage.writers.known import Confirmed, KnownArticle, KnownContent
from storage.writers.packing import Place
from storage.writers.scope import Scope


def write_capture(scope: Scope, captured: Captured) -> None:
    """Record one capture and all that follows from it.

    A signal of absence is recorded but not yet counted: whether it counts is settled at the end
    of the crawl, when it is known whether the host was otherwise healthy.
    """
    article_id = _article(scope, captured)
    digest = _payload(scope, captured, article_id)
    capture_id = _fact(scope, captured, article_id, digest)
    parts.write(scope, capture_id, captured.parts)
    confirmed = _confirmed(scope, captured)
    content = confirmed.content if confirmed else _content(scope, captured, article_id)
    sighting = _sighting(captured, capture_id, digest, content, confirmed)
    outcome = captured.outcome or Outcome.READ
    if captured.absence is not None:
        outcome = Outcome.GONE_SIGNAL
    _reading(scope, captured, sighting, outcome, confirmed)
    if captured.document is not None:
        documents.write(scope, digest, captured.document)
    if article_id is not None and _counts(sighting):
        outcome = histories.take_in(scope, article_id, sighting, content)
    frontier.end(scope, captured.asked_url or captured.url, outcome, captured.reason)


def _content(scope: Scope, captured: Captured, article_id: int | None) -> KnownContent | None:
    if captured.article is None:
        return None
    latest = scope.known.held(article_id).content if article_id is not None else None
    return contents.content_of(scope, captured, latest.id if latest else None)


def _sighting(
    captured: Captured,
    capture_id: int,
    digest: str,
    content: KnownContent | None,
    confirmed: Confirmed | None,
) -> Sighting:
    at = captured.captured_at
    if content is not None:
        digests = confirmed.digests if confirmed else _article_of(captured).field_digests
        return Sighting(capture_id, at, content.id, digests, attached=content.keys)
    if captured.page_kind == ATTACHMENT and captured.outcome is None:
        file = (file_key(captured.asked_url or captured.url), digest)
        return Sighting(capture_id, at, file=file)
    return Sighting(capture_id, at)


def _article_of(captured: Captured) -> Article:
    assert captured.article is not None
    return captured.article


def _confirmed(scope: Scope, captured: Captured) -> Confirmed | None:
    """What was read of the page that a server says is unchanged, or that came with the same bytes:
    that is what it shows again. None for any other capture; what a file says hangs on its bytes
    alone."""
    shown_before = captured.revalidates or captured.same_as
    if shown_before is None or captured.page_kind == ATTACHMENT:
        return None
    confirmed = scope.known.confirmed(shown_before)
    return confirmed if confirmed.content else None


def _counts(sighting: Sighting) -> bool:
    return sighting.content_id is not None or sighting.file is not None


def _article(scope: Scope, captured: Captured) -> int | None:
    if captured.key is None:
        return None
    title = captured.article.title if captured.article else None
    url = captured.stands_at or captured.url
    known = scope.article(captured.key, url, captured.captured_at, title)
    if _only_a_file_named_it(scope, known, captured):
        scope.pending.update(articles, known.id, {"url": captured.url})
    return known.id


def _only_a_file_named_it(scope: Scope, known: KnownArticle, captured: Captured) -> bool:
    """Whether a file of the article was recorded before the article, and no list names it: what
    was taken for its address is the file's then."""
    if captured.article is None or known.url in (captured.url, captured.asked_url):
        return False
    if scope.known.held(known.id).standing.latest is not None:
        return False
    listed = select(placements.c.id).where(placements.c.article_id == known.id).limit(1)
    return scope.connection.scalar(listed) is None


def _payload(scope: Scope, captured: Captured, article_id: int | None) -> str:
    """The digest of the capture's bytes, stored where they are seen for the first time."""
    if captured.revalidates is not None:
        return scope.known.confirmed(captured.revalidates).payload_digest
    digest = scope.known.digest_of(captured)
    if not scope.known.has_payload(digest):
        site_id = None
        if captured.key is not None and captured.article is not None:
            site_id = scope.site_id(captured.key.host, captured.captured_at)
        place = _place(scope, captured, article_id)
        row = scope.packing.row(captured.payload, digest, site_id, place)
        scope.pending.insert(payloads, row)
    return digest


def _place(scope: Scope, captured: Captured, article_id: int | None) -> Place | None:
    """Where these bytes may have been fetched before."""
    if article_id is not None and scope.known.held(article_id).standing.first_at is None:
        return None
    return Place(captured.asked_url or captured.url, article_id)


def _fact(scope: Scope, captured: Captured, article_id: int | None, digest: str) -> int:
    capture_id = scope.ids.next(capture_facts)
    row = {
        "id": capture_id,
        "crawl_id": scope.crawl_id,
        "article_id": article_id,
        "url": captured.asked_url or captured.url,
        "final_url": captured.url if captured.asked_url else None,
        "captured_at": captured.captured_at,
        "recorded_at": scope.recorded_at,
        "status": captured.status,
        "headers": dict(captured.headers),
        "payload_digest": digest,
        "revalidates": captured.revalidates,
    }
    scope.pending.insert(capture_facts, row)
    return capture_id


def _reading(
    scope: Scope,
    captured: Captured,
    sighting: Sighting,
    outcome: Outcome,
    confirmed: Confirmed | None,
) -> None:
    row = {
        "capture_id": sighting.capture_id,
        "page_kind": captured.page_kind,
        "outcome": outcome.value,
        "reason": captured.reason,
        "content_id": sighting.content_id,
        "version_id": None,
        "absence": captured.absence.value if captured.absence else None,
        "counted": _counts(sighting),
        "reader": confirmed.reader if confirmed else captured.reader,
        "skeleton": confirmed.skeleton if confirmed else captured.skeleton,
    }
    scope.pending.insert(capture_readings, row)
