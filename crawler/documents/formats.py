"""What a file is, told from its bytes; names and declared types are only held against that."""

import io
import re
import zipfile
from pathlib import PurePosixPath

import olefile

from crawler.documents.values import Reason, Unreadable

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
PICTURES = frozenset({*(name for _, name in _PICTURES), "webp"})
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BY_MEMBER = (("OFD.xml", "ofd"), ("xl/workbook.xml", "xlsx"), ("word/document.xml", "docx"))
_UNREAD_MEMBERS = frozenset({"ppt/presentation.xml", "content.xml", "xl/workbook.bin"})
_BY_STREAM = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"))
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|div|p|font)\b", re.IGNORECASE)
# What Word calls a web page in one file, and saves as .doc when asked to.
_PAGE_IN_ONE_FILE = re.compile(rb"(?:[\w-]+:[^\n]*\n\s*)*?MIME-Version:", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\x0c\x1a\x1b")
_HEAD = 4096

# Every format that a name or a media type may stand for. WPS writes its .wps and .et as Word's
# and Excel's old formats, and newer ones as their new formats.
_NAMES = {
    "pdf": "pdf", "docx": "docx", "docm": "docx", "dotx": "docx", "xlsx": "xlsx", "xlsm": "xlsx",
    "xls": "xls", "doc": "doc", "dot": "doc", "wps": "doc docx", "et": "xls xlsx", "ofd": "ofd",
    "zip": "zip", "htm": "html", "html": "html", "shtml": "html", "txt": "txt", "csv": "csv",
    "rtf": "rtf", "mht": "mht", "mhtml": "mht",
    "rar": "", "7z": "", "ppt": "", "pptx": "", "png": "png", "jpg": "jpeg", "jpeg": "jpeg",
    "gif": "gif", "bmp": "bmp", "tif": "tiff", "tiff": "tiff", "webp": "webp",
}  # fmt: skip
_TYPES = {
    "application/pdf": "pdf", "application/msword": "doc docx", "application/ofd": "ofd",
    "application/vnd.ms-excel": "xls xlsx csv", "application/zip": "zip docx xlsx ofd",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-works": "doc docx", "text/html": "html", "text/plain": "txt csv",
    "text/csv": "csv", "application/rtf": "rtf", "text/rtf": "rtf",
    "image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif",
}  # fmt: skip


def format_of(data: bytes, name: str, media_type: str | None) -> str:
    """The format of a file. Raises Unreadable for what is empty and for what is not read.

    Only between plain text and a table of comma-separated values do the name and the type decide:
    their bytes do not differ.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(Reason.EMPTY)
    if data.startswith(_ARCHIVES):
        raise Unreadable(Reason.ARCHIVE)
    if data.startswith(_ZIP):
        return _of_zip(data)
    if data.startswith(olefile.MAGIC):
        return _of_ole(data)
    # Readers accept a PDF whose header stands anywhere in its first kilobyte.
    return _of_magic(data) or (
        "pdf" if b"%PDF-" in data[:1024] else _of_text(data, name, media_type)
    )


def disagreements(found: str, name: str, media_type: str | None) -> tuple[str, ...]:
    """`named-otherwise`, `typed-otherwise`, where the hints are those of another format.

    >>> disagreements("docx", "附件1：名单.doc", "application/octet-stream")
    ('named-otherwise',)
    """
    named, typed = _NAMES.get(_suffix(name)), _TYPES.get(_bare(media_type))
    pairs = ((named, "named-otherwise"), (typed, "typed-otherwise"))
    return tuple(doubt for hint, doubt in pairs if hint is not None and found not in hint.split())


def _of_magic(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((name for magic, name in _PICTURES if data.startswith(magic)), None)


def _of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = frozenset(packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise Unreadable(Reason.DAMAGED) from error
    if found := next((name for member, name in _BY_MEMBER if member in members), None):
        return found
    if members & _UNREAD_MEMBERS:
        raise Unreadable(Reason.UNKNOWN)
    return "zip"


def _of_ole(data: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if ole.exists("EncryptedPackage"):
                raise Unreadable(Reason.ENCRYPTED)
            found = next((name for stream, name in _BY_STREAM if ole.exists(stream)), None)
    except (OSError, IndexError) as error:  # olefile's own errors are OSErrors
        raise Unreadable(Reason.DAMAGED) from error
    if found is None:
        raise Unreadable(Reason.UNKNOWN)
    return found


def _of_text(data: bytes, name: str, media_type: str | None) -> str:
    if not data.startswith(_BOMS) and _is_binary(data[:_HEAD]):
        raise Unreadable(Reason.UNKNOWN)
    head = data[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<") and _HTML.search(head):
        return "html"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(b"<?xml"):
        raise Unreadable(Reason.UNKNOWN)
    if _PAGE_IN_ONE_FILE.match(head):
        return "mht"
    return "csv" if _suffix(name) == "csv" or _bare(media_type) == "text/csv" else "txt"


def _is_binary(head: bytes) -> bool:
    control = len(head) - len(head.translate(None, _CONTROL))
    return b"\x00" in head or control * 50 > len(head)


def _suffix(name: str) -> str:
    return PurePosixPath(name.strip().lower()).suffix.removeprefix(".")


def _bare(media_type: str | None) -> str:
    return (media_type or "").partition(";")[0].strip().lower()
