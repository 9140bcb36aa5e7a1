"""Which IP addresses belong to the public internet. Pure."""

import ipaddress
import socket

_IPv4 = ipaddress.IPv4Address
_IPv6 = ipaddress.IPv6Address

_RESERVED = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24", "192.88.99.0/24",  # protocol assignments; relays of 6to4
            "2001::/23", "2001:db8::/32", "3fff::/20",  # Teredo and others; for documentation
        ),
    )
)  # fmt: skip
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::ffff:0:0/96"))
"""IPv6 addresses that stand for the IPv4 address in their last 32 bits: NAT64 (RFC 6052) and
IPv4-mapped ones."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, IPv4 in IPv6's clothes included.

    >>> [is_public(a) for a in ("8.8.8.8", "127.0.0.1", "::ffff:10.0.0.1", "100.64.0.1")]
    [True, False, False, False]
    >>> [is_public(a) for a in ("64:ff9b::8.8.8.8", "64:ff9b::127.0.0.1", "::127.0.0.1")]
    [True, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, _IPv4):
        return _is_public_v4(ip)
    if any(ip in network for network in _TRANSLATED):
        return _is_public_v4(_IPv4(int(ip) & 0xFFFFFFFF))
    if ip.sixtofour is not None:
        return _is_public_v4(ip.sixtofour)
    return ip in _GLOBAL_UNICAST and ip.is_global and not _reserved(ip)


def _is_public_v4(ip: _IPv4) -> bool:
    return ip.is_global and not ip.is_multicast and not _reserved(ip)


def _reserved(ip: _IPv4 | _IPv6) -> bool:
    return any(ip in network for network in _RESERVED)


def as_address(host: str) -> str | None:
    """The IP address that a host's name is in itself, however it is spelt; None for a real name.

    Whoever connects reads `0177.1` as 127.0.0.1, and so must whoever decides.

    >>> [as_address(host) for host in ("127.0.0.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]")]
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1', '::1']
    >>> as_address("www.example.gov.cn") is None
    True
    """
    name = host.rstrip(".").removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_address(name.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except (OSError, UnicodeEncodeError):
        return None


class Allowed:
    """What the setting ALLOW_PRIVATE_ADDRESSES lets through besides public addresses: nothing, all
    (`1`), or only the addresses and networks that it names (`127.0.0.1,10.1.0.0/16`).

    >>> Allowed("127.0.0.1")("127.0.0.1"), Allowed("127.0.0.1")("127.0.0.2")
    (True, False)
    >>> Allowed("0")("10.0.0.1"), Allowed("1")("10.0.0.1"), Allowed("")("1.1.1.1")
    (False, True, True)

    Raises ValueError for a name that is no address.
    """

    def __init__(self, said: str) -> None:
        self._all = said == "1"
        names = [] if said in ("", "0", "1") else said.split(",")
        try:
            self._networks = [ipaddress.ip_network(name.strip(), strict=False) for name in names]
        except ValueError as error:
            raise ValueError(
                f"ALLOW_PRIVATE_ADDRESSES: {error}; give 0, 1, or addresses like 127.0.0.1"
            ) from error

    @classmethod
    def or_none(cls, said: str) -> "Allowed":
        """The same; where the setting cannot be read, nothing private is let through."""
        try:
            return cls(said)
        except ValueError:
            return cls("")

    def __call__(self, address: str) -> bool:
        if self._all or is_public(address):
            return True
        ip = ipaddress.ip_address(address.partition("%")[0])
        return any(ip in network for network in self._networks)
