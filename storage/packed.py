"""Payloads as they lie in the archive: each unpacked with what it was packed with, the dictionary
of its site, which its frame names, or the payload before it at the same address (`base_digest`)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select
from zstandard import ZstdError

from storage.links import START, linked
from storage.payloads import (
    Dictionary,
    alike,
    decompress,
    dictionary_of,
    payload_digest,
    trained,
)
from storage.schema import dictionaries, payloads

packed_columns = (payloads.c.data, payloads.c.base_digest)
"""What must be known of a payload to unpack it."""


class Unpacker:
    """Unpacks payloads of one archive; what others share is looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dictionaries: dict[int, Dictionary] = {}
        self._bases: dict[str, Dictionary] = {}

    def unpack(self, row: Any) -> bytes:
        """The bytes of a row with `packed_columns`. Raises zstandard.ZstdError where they, or what
        they were packed with, are damaged or not there."""
        if row.base_digest is not None:
            return decompress(row.data, self._base(row.base_digest))
        return self._whole(row.data)

    def dictionary(self, number: int) -> Dictionary:
        """A trained dictionary. Raises zstandard.ZstdError where it is not there."""
        if number not in self._dictionaries:
            query = select(dictionaries.c.data).where(dictionaries.c.id == number)
            data = self._connection.scalar(query)
            if data is None:
                raise ZstdError(f"dictionary {number} is not there")
            self._dictionaries[number] = trained(data)
        return self._dictionaries[number]

    def _whole(self, data: bytes) -> bytes:
        number = dictionary_of(data)
        return decompress(data, self.dictionary(number) if number else None)

    def _base(self, digest: str) -> Dictionary:
        if digest not in self._bases:
            self._bases.clear()  # payloads of one article come one after the other
            query = select(*packed_columns).where(payloads.c.digest == digest)
            row = self._connection.execute(query).one_or_none()
            if row is None or row.base_digest is not None:
                raise ZstdError(f"payload {digest}, which it was packed with, is not there whole")
            self._bases[digest] = alike(self._whole(row.data))
        return self._bases[digest]


def unpack(connection: Connection, row: Any) -> bytes:
    """The bytes of one row with `packed_columns`; see Unpacker.unpack."""
    return Unpacker(connection).unpack(row)


def dictionary_digest(number: int, site_id: int, made_at: datetime, data: bytes) -> str:
    """SHA-256 over all that is said of a dictionary, in hexadecimal."""
    return linked(START, [number, site_id, made_at, payload_digest(data)]).hex()
