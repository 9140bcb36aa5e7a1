"""Certificates: what hosts show for themselves. Many such sites have faulty ones; they are crawled
all the same, and each crawl records what it was shown and what is wrong with it."""

import ipaddress
import re
import ssl
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import (
    Certificate,
    DNSName,
    IPAddress,
    load_pem_x509_certificate,
)
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----[^-]{1,20000}-----END CERTIFICATE-----")


@dataclass(frozen=True, slots=True)
class Shown:
    """A host's certificate: its SHA-256, whom it names and who vouches for it, until when it holds;
    `fault` is what a browser would object to, None where it would not."""

    digest: str
    subject: str
    issuer: str
    not_after: str
    fault: str | None


def judged(host: str, chain: Sequence[Certificate], now: datetime | None = None) -> Shown:
    """Judge the certificates that a host showed, its own first."""
    if not chain:
        return Shown("", "", "", "", "it cannot be read")
    leaf = chain[0]
    return Shown(
        digest=leaf.fingerprint(SHA256()).hex(),
        subject=leaf.subject.rfc4514_string(),
        issuer=leaf.issuer.rfc4514_string(),
        not_after=f"{leaf.not_valid_after_utc:%Y-%m-%dT%H:%M:%SZ}",
        fault=_fault(host, chain, now or datetime.now(UTC)),
    )


def _fault(host: str, chain: Sequence[Certificate], now: datetime) -> str | None:
    leaf, *between = chain
    if now > leaf.not_valid_after_utc:
        return "it has expired"
    if now < leaf.not_valid_before_utc:
        return "it does not hold yet"
    if leaf.issuer == leaf.subject:
        return "it is signed by itself"
    if not (roots := _roots()):
        return "this machine knows no authority to check it by"
    policy = PolicyBuilder().store(Store(roots)).time(now.replace(tzinfo=None))
    try:
        policy.build_server_verifier(_name(host)).verify(leaf, between)
    except (VerificationError, ValueError) as error:
        return " ".join(str(error).split())[:200]
    return None


def _name(host: str) -> DNSName | IPAddress:
    try:
        return IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return DNSName(host)


@lru_cache(maxsize=1)
def _roots() -> list[Certificate]:
    """The authorities that this machine trusts."""
    paths = ssl.get_default_verify_paths()
    for name in (paths.cafile, paths.openssl_cafile):
        if name and Path(name).is_file():
            pems = _PEM.findall(Path(name).read_bytes())
            return [root for root in map(_root, pems) if root is not None]
    return []


def _root(pem: bytes) -> Certificate | None:
    """An authority; None for one whose certificate is itself faulty, of which lists have some."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_pem_x509_certificate(pem)
        except ValueError:
            return None
