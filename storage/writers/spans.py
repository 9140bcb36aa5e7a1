"""Spans: the rows of an article's versions. A version keeps its row as long as its first capture is
the same."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select, update

from storage.history import Span
from storage.schema import contents, version_spans, withdrawn_versions
from storage.writers import files
from storage.writers.edits import write_edits
from storage.writers.scope import Scope


def latest_span(scope: Scope, article_id: int) -> Span | None:
    """The article's newest version; None where it was never read."""
    return next(iter(spans_of(scope, article_id, newest_only=True).values()), None)


def write_span(
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
            if after.files != before.files:
                files.write(scope, ids[after.number], after)
        return ids
    new_id = _insert_span(scope, article_id, after)
    if before is not None:
        write_edits(scope.connection, article_id)
    return ids | {after.number: new_id}


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


def drop_spans(scope: Scope, article_id: int, span_ids: Mapping[int, int]) -> None:
    """Delete the versions that the history has no more; nothing may point to them by now but their
    edits, which are made anew."""
    write_edits(scope.connection, article_id, span_ids.values())
    dropped = (version_spans.c.article_id == article_id) & version_spans.c.id.not_in(
        span_ids.values()
    )
    files.drop(scope, select(version_spans.c.id).where(dropped))
    scope.connection.execute(delete(version_spans).where(dropped))


def spans_of(scope: Scope, article_id: int, *, newest_only: bool = False) -> dict[int, Span]:
    """The versions of an article by their ids, newest first."""
    query = (
        select(version_spans, contents.c.field_digests)
        .join(contents, contents.c.id == version_spans.c.content_id)
        .where(version_spans.c.article_id == article_id)
        .order_by(version_spans.c.number.desc())
    )
    rows = scope.connection.execute(query.limit(1) if newest_only else query).all()
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


def _newest_ids(scope: Scope, article_id: int) -> dict[int, int]:
    rows = scope.connection.execute(
        select(version_spans.c.number, version_spans.c.id)
        .where(version_spans.c.article_id == article_id)
        .order_by(version_spans.c.number.desc())
        .limit(2)
    )
    return {row.number: row.id for row in rows}


def _insert_span(scope: Scope, article_id: int, span: Span) -> int:
    new_id = scope.new_row(
        version_spans.insert().values(
            article_id=article_id,
            number=span.number,
            content_id=span.content_id,
            first_capture_id=span.first_capture_id,
            first_captured_at=span.first_at,
            last_captured_at=span.last_at,
        )
    )
    files.write(scope, new_id, span)
    return new_id
