"""Heads: a limit on the headers of an answer. Scrapy and Twisted have one for the body alone."""

from typing import Any, ClassVar

from cryptography.x509 import Certificate
from OpenSSL import SSL
from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, ParseError

MOST_BYTES = 256 * 1024
"""Four times what is kept of them."""


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's protocol; an answer whose headers do not end soon has failed."""

    _heard = 0
    _looked = False
    certificates: ClassVar[dict[str, list[Certificate]]] = {}
    """What each host showed, its own certificate first, by the name that it was asked by; empty
    where it cannot be read."""

    def request(self, request: Any) -> Any:
        self._heard = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        if not self._looked:
            self._look()
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state not in (STATUS, HEADER):
            return
        self._heard += len(data)
        if self._heard > MOST_BYTES:
            said = f"the headers of the answer are longer than {MOST_BYTES} bytes"
            self._giveUp(Failure(ParseError(said, b"")))  # type: ignore[no-untyped-call]

    def _look(self) -> None:
        """Keep the certificates of a connection that has any."""
        self._looked = True
        transport: Any = self.transport
        connection = transport.getHandle()
        if not isinstance(connection, SSL.Connection):
            return
        name = (connection.get_servername() or b"").decode("ascii", "replace")
        try:
            chain = connection.get_peer_cert_chain(as_cryptography=True) or []
        except ValueError:
            chain = []  # of a kind that the library cannot read
        self.certificates[name or str(transport.getPeer().host)] = chain


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes such protocols."""

    def buildProtocol(self, addr: IAddress | None) -> BoundedProtocol:  # noqa: N802
        del addr
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
