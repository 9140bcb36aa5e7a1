"""What a worker is asked and answers: messages of bytes, each after its length in eight bytes."""

import json
import struct
from dataclasses import asdict
from typing import IO

from crawler.documents.values import DocumentText, DocumentUnreadable, Limits, Reason

READY = b"ready"
"""A worker's first message, when all of it that it needs at once is loaded."""

# How a worker ends: by what no reader foresaw (Python's own status), refused memory, or on a
# machine where a library cannot be loaded or a limit cannot be set.
UNFORESEEN, OUT_OF_MEMORY, NO_READER = 1, 4, 5

_LENGTH = struct.Struct(">Q")


def send(stream: IO[bytes], message: bytes) -> None:
    """Write one message. Raises BrokenPipeError where nobody reads any more."""
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> bytes | None:
    """Read one message; None at the stream's end, in the midst of one, and beyond `most` bytes."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > most:
        return None
    message = stream.read(length)
    return message if len(message) == length else None


def asked(name: str, media_type: str | None, limits: Limits) -> bytes:
    """The question that goes before a file's bytes."""
    return json.dumps([name, media_type, asdict(limits)]).encode()


def question(message: bytes) -> tuple[str, str | None, Limits]:
    """What `asked` made a message of."""
    name, media_type, limits = json.loads(message)
    return name, media_type, Limits(**limits)


def answered(found: DocumentText | DocumentUnreadable) -> bytes:
    """A worker's answer."""
    return json.dumps(asdict(found), ensure_ascii=False).encode("utf-8", "replace")


def answer(message: bytes) -> DocumentText | DocumentUnreadable:
    """What `answered` made a message of. Raises ValueError, TypeError, KeyError on any other."""
    found = json.loads(message)
    if "reason" in found:
        return DocumentUnreadable(Reason(found["reason"]))
    return DocumentText(**{**found, "doubts": tuple(found["doubts"])})
