"""Small real files: a PDF, a picture, a text under an office name; bytes are a function of name."""

import struct
import zlib
from hashlib import sha256

_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "jpg": "image/jpeg",
    "gif": "image/gif",
}


def media_type(path: str) -> str:
    """The Content-Type by the ending of the path.

    >>> media_type("/attach/0/0a.doc")
    'application/msword'
    """
    return _TYPES[path.rpartition(".")[2]]


def content(path: str, edition: int = 1) -> bytes:
    """The bytes of the file at a path; another path or edition, other bytes."""
    mark = sha256(f"{path}{'' if edition == 1 else edition}".encode()).hexdigest()[:16]
    match path.rpartition(".")[2]:
        case "pdf":
            return _pdf(mark)
        case "jpg" | "gif":
            return _png(int(mark[:6], 16))
        case _:
            return f"{{\\rtf1\\ansi {mark}}}".encode()


def _pdf(mark: str) -> bytes:
    """The smallest PDF that shows a line of text, with a true cross-reference table."""
    stream = f"BT /F1 18 Tf 40 90 Td ({mark}) Tj ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(written)}\n%%EOF\n"
    return f"{written}xref\n0 6\n0000000000 65535 f \n{table}{tail}".encode()


def _png(colour: int) -> bytes:
    # A picture of one colour. Browsers and libraries go by the bytes, not by the name .jpg.
    row = b"\0" + colour.to_bytes(3, "big") * 48
    head = struct.pack(">IIBBBBB", 48, 32, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(row * 32)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
