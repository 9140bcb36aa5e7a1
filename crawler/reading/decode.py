"""Bytes to text: what the bytes themselves say comes before what anybody says about them."""

import codecs
import re
from collections.abc import Iterator

from crawler.reading.text import storable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(
    rb"<meta\s[^<>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})",
    re.IGNORECASE,
)
_XML_ENCODING = re.compile(
    rb"^\s{0,99}<\?xml\s[^<>]{0,99}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.-]{2,40})",
    re.IGNORECASE,
)
_META_WITHIN = 4096
_UNMARKED = (
    (re.compile(rb"(?:[\t\n\r ]\0){0,99}<\0"), "utf-16-le"),
    (re.compile(rb"(?:\0[\t\n\r ]){0,99}\0<"), "utf-16-be"),
)
# What browsers read under these names: the superset that sites of that name really use.
_SUPERSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "cp936": "gb18030", "big5": "big5hkscs", "x-x-big5": "big5hkscs",
}  # fmt: skip
# Any bytes at all are text in these: a server's default says nothing about a Chinese page.
_SAY_NOTHING = frozenset({"iso8859-1", "cp1252", "ascii", "utf-8"})

# Taken for these by the detector whenever a page has much white space (charset_normalizer 3.5).
_NEVER_UNMARKED = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]
_COMMON = (b"\xa1\xa1", b"\xd7\xfe")
_ENOUGH = 100_000
_EURO = "crawler.reading: euro of Windows"


def decode(payload: bytes, declared: str | None) -> str:
    """The text of a payload. `declared` is the charset of the Content-Type header, or None.

    In this order: a byte-order mark, or the NUL beside the first `<` in UTF-16 that has none;
    UTF-8, if it is that without a fault (a page under `charset=GBK` that is UTF-8 is met in the
    wild); the charsets of the header, of an XML declaration and of the first 4 KB, likewise
    without a fault; GB18030, if that gives everyday Chinese; a detector; and at last UTF-8 with
    U+FFFD for what is none.
    A last character that is cut off is no fault; it becomes one U+FFFD.
    """
    for mark, charset in _BOMS:
        if payload.startswith(mark):
            return storable(payload[len(mark) :].decode(charset, "replace"))
    for beginning, charset in _UNMARKED:
        if beginning.match(payload):
            return storable(payload.decode(charset, "replace"))
    for charset in ("utf-8", *_declared(payload, declared)):
        if (text := _strictly(payload, charset)) is not None:
            return storable(text)
    chinese = _strictly(payload, "gb18030")
    if chinese is not None and is_everyday_chinese(chinese):
        return storable(chinese)
    return storable(payload.decode(_detected(payload) or "utf-8", "replace"))


def _declared(payload: bytes, header: str | None) -> Iterator[str]:
    meta = _META_CHARSET.search(payload[:_META_WITHIN])
    xml = _XML_ENCODING.match(payload[:_META_WITHIN])
    for name in (header, *(found[1].decode("ascii") for found in (xml, meta) if found)):
        known = _codec(name) if name else None
        if known and known not in _SAY_NOTHING:
            yield known


def _codec(name: str) -> str | None:
    """Python's name for the charset that is meant; None where there is no such charset."""
    plain = name.strip().strip("\"'").lower()
    try:
        found = codecs.lookup(_SUPERSETS.get(plain, plain))
    except (LookupError, ValueError):
        return None
    # Python also lists codecs from bytes to bytes (base64, zlib) under such names.
    return found.name if found._is_text_encoding else None


def _strictly(payload: bytes, charset: str) -> str | None:
    decoder = codecs.getincrementaldecoder(charset)(_EURO if charset == "gb18030" else "strict")
    try:
        text = decoder.decode(payload, final=False)
    except UnicodeError:
        return None
    pending = decoder.getstate()[0]
    return text + "\ufffd" if pending else text


def _detected(payload: bytes) -> str | None:
    # Imported here: it loads tables for every language, and hardly any page needs it.
    from charset_normalizer import from_bytes

    best = from_bytes(payload, cp_exclusion=_NEVER_UNMARKED).best()
    return best.encoding if best else None


def is_everyday_chinese(text: str) -> bool:
    """Whether most of what is not ASCII are the 3755 commonest characters (GB 2312, level 1).

    Big5, Japanese and Korean bytes are rarely a fault in GB18030, and then give rare characters.
    """
    beyond = [char for char in text[:_ENOUGH] if char > "\x7f"]
    everyday = sum(_COMMON[0] <= char.encode("gb2312", "replace") <= _COMMON[1] for char in beyond)
    return everyday * 2 > len(beyond)


def _euro(error: UnicodeError) -> tuple[str, int]:
    # Windows wrote the euro as this one byte on GBK pages; browsers read it so.
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == 0x80:
        return "€", error.start + 1
    raise error


codecs.register_error(_EURO, _euro)
