"""What the bytes of files say: one reading for each payload, whichever articles offer it."""

from dataclasses import asdict
from functools import partial

from sqlalchemy import Connection, Executable

from storage.schema import document_texts
from storage.values import DocumentRead
from storage.writers.scope import Scope


def write(scope: Scope, payload_digest: str, read: DocumentRead) -> None:
    """Keep what a file says; the newest reading stands."""
    told = asdict(read) | {"doubts": list(read.doubts)}
    newest = (
        scope.insert(document_texts)
        .values(payload_digest=payload_digest, **told)
        .on_conflict_do_update(index_elements=["payload_digest"], set_=told)
    )
    scope.pending.then((document_texts, payload_digest), partial(_execute, newest))


def _execute(statement: Executable, connection: Connection) -> None:
    connection.execute(statement)
