"""Captures as a web archive file: WARC 1.1 (ISO 28500:2017).

The archive keeps a response's status and headers by name, not the bytes of its head: heads are
made anew from them. Bodies are kept after their content encoding was undone; headers that speak of
how they were sent are kept under other names, as web archives do (X-Archive-Orig-…).
"""

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from storage.consult.export_captures import Confirmed, Received
from storage.errors import ExtraMissing

_SENDING = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
_INFO = {
    "software": "Cunzheng",
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "description": "Heads of responses are made anew from their recorded status and headers; "
    "content encodings were undone before bodies were kept.",
}


def write_warc(captures: Iterable[Received], target: BinaryIO) -> int:
    """One record a capture, each compressed by itself; the number of captures.

    The same bytes again are a revisit record that names the first; so is a 304, which names the
    capture that it confirmed. Raises ExtraMissing where warcio is not installed.
    """
    try:
        from warcio.warcwriter import WARCWriter
    except ImportError as error:
        raise ExtraMissing("WARC needs warcio: pip install warcio") from error
    writer = WARCWriter(target, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(None, _INFO))
    known: dict[str, Confirmed] = {}
    count = 0
    for count, capture in enumerate(captures, 1):  # noqa: B007
        earlier = capture.confirms or known.get(capture.payload_digest)
        if earlier is None:
            writer.write_record(_response(writer, capture))
            if capture.payload:
                known[capture.payload_digest] = _named(capture)
        else:
            writer.write_record(_revisit(writer, capture, earlier))
        if capture.final_url not in (None, capture.url):
            writer.write_record(_asked(writer, capture))
    return count


def _response(writer: Any, capture: Received) -> Any:
    return writer.create_warc_record(
        _target(capture),
        "response",
        payload=io.BytesIO(capture.payload),
        length=len(capture.payload),
        http_headers=_head(capture),
        warc_headers_dict=_told(capture)
        | {"WARC-Payload-Digest": f"sha256:{capture.payload_digest}"},
    )


def _revisit(writer: Any, capture: Received, earlier: Confirmed) -> Any:
    record = writer.create_revisit_record(
        _target(capture),
        f"sha256:{earlier.payload_digest}",
        refers_to_uri=earlier.url,
        refers_to_date=_date(earlier.captured_at),
        http_headers=_head(capture),
        warc_headers_dict=_told(capture) | {"WARC-Refers-To": _id(earlier.id, earlier)},
    )
    if capture.confirms is not None:
        record.rec_headers.replace_header("WARC-Profile", f"{_PROFILE}server-not-modified")
    return record


def _asked(writer: Any, capture: Received) -> Any:
    """What was asked of a capture that a redirect led elsewhere."""
    text = f"via: {_line(capture.url)}\r\n".encode()
    return writer.create_warc_record(
        _target(capture),
        "metadata",
        payload=io.BytesIO(text),
        length=len(text),
        warc_headers_dict={
            "WARC-Date": _date(capture.captured_at),
            "WARC-Concurrent-To": _told(capture)["WARC-Record-ID"],
        },
    )


def _head(capture: Received) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    phrases = {status.value: status.phrase for status in HTTPStatus}
    status = f"{capture.status} {phrases.get(capture.status, 'Unknown')}"
    headers = [*_headers(capture), ("Content-Length", str(len(capture.payload)))]
    return StatusAndHeaders(status, headers, protocol="HTTP/1.1")


def _headers(capture: Received) -> Iterator[tuple[str, str]]:
    for name, told in capture.headers.items():
        sending = name.lower() in _SENDING
        for value in told if isinstance(told, list) else [told]:
            yield f"X-Archive-Orig-{name}" if sending else name, _line(str(value))


def _told(capture: Received) -> dict[str, str]:
    named = _named(capture)
    return {"WARC-Record-ID": _id(capture.id, named), "WARC-Date": _date(capture.captured_at)}


def _named(capture: Received) -> Confirmed:
    return Confirmed(capture.id, _target(capture), capture.captured_at, capture.payload_digest)


def _id(number: int, named: Confirmed) -> str:
    """The same record has the same name in every export."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{named.url} {_date(named.captured_at)} {number}')}>"


def _target(capture: Received) -> str:
    return _line(capture.final_url or capture.url)


def _date(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _line(text: str) -> str:
    return " ".join(text.split())
