"""Documents: from the bytes of an attachment to its text, whatever the bytes are up to."""

from crawler.documents.reading import NoReader, Reader, read_document, read_document_soon
from crawler.documents.values import (
    DOCUMENT_READER,
    DocumentText,
    DocumentUnreadable,
    Limits,
    Reason,
)

__all__ = [
    "DOCUMENT_READER",
    "DocumentText",
    "DocumentUnreadable",
    "Limits",
    "NoReader",
    "Reader",
    "Reason",
    "read_document",
    "read_document_soon",
]
