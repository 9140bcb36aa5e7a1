"""ZIP: the list of its files, each with its size. Nothing is unpacked."""

import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from crawler.documents.packed import unpacks_hugely, zip_of
from crawler.documents.text import gathered, one_line
from crawler.documents.values import DocumentText, Limits

_SAYS_UTF8 = 0x800
_UNICODE_PATH = 0x7075


def read_zip(data: bytes, limits: Limits) -> DocumentText:
    """List a ZIP: a line a file, its name, a tab, its size in bytes. Raises Unreadable."""
    packed = zip_of(data)
    parts = packed.infolist()
    text, cut = gathered(_lines(parts[: limits.files]), limits.characters)
    doubts = (
        *(("cut",) if cut or len(parts) > limits.files else ()),
        *(("unpacks-hugely",) if unpacks_hugely(packed, len(data), limits) else ()),
    )
    return DocumentText("zip", text, None, doubts=doubts)


def _lines(parts: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    charset = _charset(parts)
    for part in parts:
        if not part.is_dir():
            yield f"{one_line(_name(part, charset))}\t{part.file_size}"


def _name(part: zipfile.ZipInfo, charset: str) -> str:
    if part.flag_bits & _SAYS_UTF8:
        return part.orig_filename
    return _unicode_path(part) or _raw(part).decode(charset, "replace")


def _charset(parts: Sequence[zipfile.ZipInfo]) -> str:
    """What unmarked names are in: Windows in China writes GBK, macOS UTF-8, neither says so."""
    unmarked = b"\n".join(_raw(part) for part in parts if not part.flag_bits & _SAYS_UTF8)
    for charset in ("utf-8", "gb18030"):
        try:
            unmarked.decode(charset)
        except UnicodeDecodeError:
            continue
        return charset
    return "cp437"


def _raw(part: zipfile.ZipInfo) -> bytes:
    # zipfile reads an unmarked name as code page 437, in which every byte has its character.
    return part.orig_filename.encode("cp437", "replace")


def _unicode_path(part: zipfile.ZipInfo) -> str | None:
    """The name in the field that Info-ZIP adds, if it belongs to the name in the entry."""
    extra = part.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        value, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and value[1:5] == struct.pack("<I", zlib.crc32(_raw(part))):
            return value[5:].decode("utf-8", "replace")
    return None
