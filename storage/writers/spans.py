"""Spans: the rows of an article's versions. A version keeps its row as long as its first capture is
the same."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete, select, update

from storage.history import Span
from storage.schema import contents, edits, version_spans, withdrawn_versions
from storage.writers import files
from storage.writers.edits import write_edits
from storage.writers.known import Held, KnownContent
from storage.writers.scope import Scope
from storage.writers.seals import seal_withdrawn


def write_span(
    scope: Scope, article_id: int, held: Held, after: Span | None, content: KnownContent | None
) -> int | None:
    """Write what one step changed of the versions; the id of the latest, None where there is none.
    `content` is that of the latest."""
    before = held.standing.latest
    if after is None or content is None:
        return None
    if before is None or after.number != before.number or held.version_id is None:
        new_id = _new_span(scope, article_id, after, content)
        if before is not None:
            scope.pending.then((edits, article_id), partial(write_edits, article_id=article_id))
        return new_id
    if after != before:
        end = {"last_captured_at": after.last_at}
        scope.pending.update(version_spans, held.version_id, end)
        if after.files != before.files:
            files.put(scope, held.version_id, after, content)
    return held.version_id


def _new_span(scope: Scope, article_id: int, span: Span, content: KnownContent) -> int:
    new_id = scope.ids.next(version_spans)
    scope.pending.insert(version_spans, {"id": new_id} | _columns(article_id, span))
    files.put(scope, new_id, span, content)
    return new_id


def rewrite_spans(
    scope: Scope, article_id: int, spans: Sequence[Span], *, withdraw: bool = True
) -> dict[int, int]:
    """Write the versions that a whole history has; ids by number. Those that it has no more, or
    has with another content, are kept as withdrawn where they are to be."""
    before = spans_of(scope, article_id)
    if withdraw:
        _withdraw(scope, article_id, before, spans)
    kept = {span.first_capture_id: id_ for id_, span in before.items()}
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
        files.write(scope, known, span)
    return ids


def _withdraw(
    scope: Scope, article_id: int, before: Mapping[int, Span], after: Iterable[Span]
) -> None:
    standing = {(span.first_capture_id, span.content_id) for span in after}
    rows = [
        {
            "version_id": version_id,
            "article_id": article_id,
            "number": span.number,
            "content_id": span.content_id,
            "first_captured_at": span.first_at,
            "last_captured_at": span.last_at,
            "withdrawn_at": scope.recorded_at,
        }
        for version_id, span in before.items()
        if (span.first_capture_id, span.content_id) not in standing
    ]
    if rows:
        scope.connection.execute(withdrawn_versions.insert(), rows)
        seal_withdrawn(scope.connection, article_id)


def drop_spans(scope: Scope, article_id: int, span_ids: Mapping[int, int]) -> None:
    """Delete the versions that the history has no more; nothing may point to them by now but their
    edits, which are made anew."""
    write_edits(scope.connection, article_id, span_ids.values())
    dropped = (version_spans.c.article_id == article_id) & version_spans.c.id.not_in(
        span_ids.values()
    )
    files.drop(scope, select(version_spans.c.id).where(dropped))
    scope.connection.execute(delete(version_spans).where(dropped))


def spans_of(scope: Scope, article_id: int) -> dict[int, Span]:
    """The versions of an article by their ids, newest first."""
    query = (
        select(version_spans, contents.c.field_digests)
        .join(contents, contents.c.id == version_spans.c.content_id)
        .where(version_spans.c.article_id == article_id)
        .order_by(version_spans.c.number.desc())
    )
    rows = scope.connection.execute(query).all()
    return {
        row.id: Span(
            number=row.number,
            content_id=row.content_id,
            digests=row.field_digests,
            first_capture_id=row.first_capture_id,
            first_at=row.first_captured_at,
            last_at=row.last_captured_at,
            files=files.of(scope, row) if "attachments" in row.field_digests else {},
        )
        for row in rows
    }


def _insert_span(scope: Scope, article_id: int, span: Span) -> int:
    new_id = scope.new_row(version_spans.insert().values(_columns(article_id, span)))
    files.write(scope, new_id, span)
    return new_id


def _columns(article_id: int, span: Span) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "number": span.number,
        "content_id": span.content_id,
        "first_capture_id": span.first_capture_id,
        "first_captured_at": span.first_at,
        "last_captured_at": span.last_at,
    }
