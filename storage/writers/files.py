"""The files of a version: which bytes lay at the addresses of its attachments."""

from typing import Any

from sqlalchemy import Row, Select, delete, select

from storage.article import file_key
from storage.history import Span
from storage.schema import content_attachments, version_files
from storage.writers.known import KnownContent
from storage.writers.scope import Scope


def attached(scope: Scope, content_id: int) -> frozenset[str]:
    """The keys of the files that a content offers."""
    return frozenset(file_key(row.url) for row in _attachments(scope, content_id))


def of(scope: Scope, version: Row[Any]) -> dict[str, str | None]:
    """The files of a version (a row of `version_spans`) with the digests of their bytes."""
    found = scope.connection.execute(
        select(version_files.c.position, version_files.c.payload_digest).where(
            version_files.c.version_id == version.id
        )
    )
    known = {row.position: row.payload_digest for row in found}
    rows = _attachments(scope, version.content_id)
    return {file_key(row.url): known.get(row.position) for row in rows}


def put(scope: Scope, version_id: int, span: Span, content: KnownContent) -> None:
    """The same for what waits to be written."""
    if span.files:
        found = ((place, span.files.get(file_key(url))) for place, url in content.files)
        rows = [
            {"version_id": version_id, "position": place, "payload_digest": digest}
            for place, digest in found
            if digest is not None
        ]
        scope.pending.files(version_id, rows)


def write(scope: Scope, version_id: int, span: Span) -> None:
    """Write a version's files as they are, in the place of what stood there."""
    if not span.files:
        return
    scope.connection.execute(delete(version_files).where(version_files.c.version_id == version_id))
    rows = [
        {"version_id": version_id, "position": row.position, "payload_digest": digest}
        for row in _attachments(scope, span.content_id)
        if (digest := span.files.get(file_key(row.url))) is not None
    ]
    if rows:
        scope.connection.execute(version_files.insert(), rows)


def drop(scope: Scope, version_ids: Select[Any]) -> None:
    """Drop the files of versions that a history has no more."""
    scope.connection.execute(
        delete(version_files).where(version_files.c.version_id.in_(version_ids))
    )


def _attachments(scope: Scope, content_id: int) -> list[Row[Any]]:
    return list(
        scope.connection.execute(
            select(content_attachments.c.position, content_attachments.c.url).where(
                content_attachments.c.content_id == content_id
            )
        )
    )
