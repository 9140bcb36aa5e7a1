"""Answers that are whole lists, by what names them: the same one is read once."""

import hashlib

from crawler.listings import Pager
from crawler.reading import READER


def answer_digest(pager: Pager, body: bytes) -> bytes:
    """SHA-256 over all on which the rows hang that are read from an answer: its bytes, the page
    from which its links lead on, and the reader."""
    read = hashlib.sha256(f"{READER} {pager.dialect} {pager.page_url}\n".encode())
    read.update(body)
    return read.digest()
