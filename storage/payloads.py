"""Payloads: bytes received, named by their digest, kept compressed."""

import hashlib

import zstandard

_LEVEL = 3
_MAX_SIZE = 512 * 2**20


def payload_digest(payload: bytes) -> str:
    """SHA-256 of the bytes as received, in hexadecimal."""
    return hashlib.sha256(payload).hexdigest()


def compress(payload: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=_LEVEL).compress(payload)


def decompress(data: bytes) -> bytes:
    """The payload's bytes. Raises zstandard.ZstdError where the stored bytes are damaged."""
    return zstandard.ZstdDecompressor().decompress(data, max_output_size=_MAX_SIZE)
