"""Unpacking: compressed answers, with a limit, and never a part of one for the whole.

Scrapy's middleware hands on what it could read of a body that breaks off in the middle of its
compression, without a word; and on the way it has the charset of still compressed bytes guessed.
"""

import zlib
from collections.abc import Iterator
from typing import Protocol, Self

import brotli
from scrapy.crawler import Crawler
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes
from zstandard import ZstdDecompressor, ZstdError

from crawler.refusals import Unpackable

MOST_LAYERS = 3
"""No honest server packs a page more often."""

CUT = "cut"
"""The flag of an answer that is known to have lost its end; Scrapy's `partial` says that it may."""

_STEP = 64 * 1024
_WINDOW = 8 * 2**20  # RFC 9659: the most that may be used on the web


class _Unpacker(Protocol):
    def __call__(self, packed: bytes, most: int) -> tuple[bytes, bool]: ...


class Unpacking:
    """Unpacks answers. One whose compressed bytes end before their own end is flagged `partial`
    and `cut`; one that has its end is whole, however its connection ended. One that grows beyond
    the limit or is not what its header says raises Unpackable."""

    def __init__(self, most: int) -> None:
        self._most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        request.headers.setdefault("Accept-Encoding", "gzip, deflate, br, zstd")

    def process_response(self, request: Request, response: Response) -> Response:
        layers = _layers(response.headers)
        if not layers or not response.body:
            return response
        most = request.meta.get("download_maxsize", self._most)
        body, whole = unpack(response.body, layers, most)
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        made = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return made(
            response.url,
            status=response.status,
            headers=headers,
            body=body,
            flags=_flags(response.flags, whole=whole),
            request=response.request,
            certificate=response.certificate,
            ip_address=response.ip_address,
            protocol=response.protocol,
        )


def _flags(flags: list[str], *, whole: bool) -> list[str]:
    others = [flag for flag in flags if flag != "partial"]
    return others if whole else [*others, "partial", CUT]


def unpack(packed: bytes, layers: list[str], most: int) -> tuple[bytes, bool]:
    """The bytes within, and whether they are all there. `layers` are the names of the
    compressions in the order in which they were applied, `most` the bytes that any of them may
    hold. Raises Unpackable.

    >>> unpack(zlib.compress(b"text"), ["deflate"], 100)
    (b'text', True)
    >>> unpack(zlib.compress(b"text")[:-3], ["deflate"], 100)
    (b'text', False)
    """
    if len(layers) > MOST_LAYERS:
        raise Unpackable(f"it is packed {len(layers)} times")
    whole = True
    for name in reversed(layers):
        if (unpacker := _UNPACKERS.get(name)) is None:
            raise Unpackable(f"its compression is not known: {name[:40]}")
        try:
            packed, ended = unpacker(packed, most)
        except (zlib.error, brotli.error, ZstdError) as error:
            raise Unpackable(f"it is not packed as its header says ({name}: {error})") from error
        whole = whole and ended
    return packed, whole


def _layers(headers: Headers) -> list[str]:
    said = b",".join(headers.getlist("Content-Encoding")).decode("latin-1")
    names = [name.strip().lower() for name in said.split(",")]
    return [name for name in names if name not in ("", "identity")]


def _joined(steps: Iterator[bytes], most: int) -> bytes:
    """What the steps bring. Raises Unpackable where it is more than `most` bytes, before the rest
    is made."""
    parts, size = [], 0
    for step in steps:
        size += len(step)
        if size > most:
            raise Unpackable(f"unpacked it is larger than {most} bytes")
        parts.append(step)
    return b"".join(parts)


def _inflate(packed: bytes, most: int, window: int) -> tuple[bytes, bool, bytes]:
    """What a stream holds, whether it has its end, and what follows it."""
    stream = zlib.decompressobj(window)

    def steps() -> Iterator[bytes]:
        rest = packed
        while not stream.eof:
            step = stream.decompress(rest, _STEP)
            rest = stream.unconsumed_tail
            if not step and not rest:
                return
            yield step

    return _joined(steps(), most), stream.eof, stream.unused_data


def _gunzip(packed: bytes, most: int) -> tuple[bytes, bool]:
    """One member after another, as gzip allows; what follows the last one is padding."""
    text, ended, rest = _inflate(packed, most, zlib.MAX_WBITS | 16)
    while ended and rest.startswith(b"\x1f\x8b"):
        more, ended, rest = _inflate(rest, most - len(text), zlib.MAX_WBITS | 16)
        text += more
    return text, ended


def _deflated(packed: bytes, most: int) -> tuple[bytes, bool]:
    try:
        return _inflate(packed, most, zlib.MAX_WBITS)[:2]
    except zlib.error:
        return _inflate(packed, most, -zlib.MAX_WBITS)[:2]  # without its envelope: old IIS


def _unbrotli(packed: bytes, most: int) -> tuple[bytes, bool]:
    stream = brotli.Decompressor()

    def steps() -> Iterator[bytes]:
        step = stream.process(packed, output_buffer_limit=_STEP)
        while step:
            yield step
            step = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_STEP)

    return _joined(steps(), most), stream.is_finished()


def _unzstd(packed: bytes, most: int) -> tuple[bytes, bool]:
    stream = ZstdDecompressor(max_window_size=_WINDOW).decompressobj()

    def steps() -> Iterator[bytes]:
        # In small steps: 4 bytes can make 128 KB.
        for at in range(0, len(packed), 64):
            if stream.eof:
                return
            yield stream.decompress(packed[at : at + 64])

    return _joined(steps(), most), stream.eof


_UNPACKERS: dict[str, _Unpacker] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflated,
    "br": _unbrotli,
    "zstd": _unzstd,
}
