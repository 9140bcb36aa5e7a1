"""One file read: told what it is, read by the reader of its format, and what may be doubted."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType

from crawler.documents.formats import PICTURES, disagreements, format_of
from crawler.documents.text import means_little
from crawler.documents.values import DocumentText, DocumentUnreadable, Limits, Unreadable

_Reader = Callable[[bytes, Limits], DocumentText]

# By name, since a worker loads a library only when the first file of its kind comes.
_READERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pdf": ("pdf", "read_pdf"),
        "docx": ("docx", "read_docx"),
        "xlsx": ("sheets", "read_xlsx"),
        "xls": ("sheets", "read_xls"),
        "doc": ("doc", "read_doc"),
        "ofd": ("ofd", "read_ofd"),
        "zip": ("listing", "read_zip"),
        "rtf": ("rtf", "read_rtf"),
        "mht": ("plain", "read_mht"),
        "html": ("plain", "read_html"),
        "txt": ("plain", "read_txt"),
        "csv": ("plain", "read_csv"),
    }
)


def read(
    data: bytes, name: str, media_type: str | None, limits: Limits
) -> DocumentText | DocumentUnreadable:
    """Read one file in this very process: only a worker with its limits set may do that.

    What a library raises on a file made badly enough goes through: the worker ends with it.
    """
    try:
        kind = format_of(data, name, media_type)
        found = DocumentText(kind, "") if kind in PICTURES else _reader(kind)(data, limits)
    except Unreadable as error:
        return DocumentUnreadable(error.reason)
    return replace(found, doubts=(*found.doubts, *_doubts(found, name, media_type)))


def _reader(kind: str) -> _Reader:
    module, function = _READERS[kind]
    reader: _Reader = getattr(import_module(f"crawler.documents.{module}"), function)
    return reader


def _doubts(found: DocumentText, name: str, media_type: str | None) -> tuple[str, ...]:
    silent = not found.text and not found.scanned and found.format not in PICTURES
    return (
        *disagreements(found.format, name, media_type),
        *(("characters-unknown",) if means_little(found.text) else ()),
        *(("no-text",) if silent else ()),
    )
