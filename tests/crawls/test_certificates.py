"""Faulty certificates: such sites are archived all the same, and what was shown is on record."""

import ipaddress
import json
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crawler.certificates import judged
from replica import World
from tests.crawls.conftest import Book, Crawl, night
from tests.crawls.wire import wired

NOW = datetime.now(UTC)
KEY = ec.generate_private_key(ec.SECP256R1())


def certificate(
    name: str, *, until: datetime = NOW + timedelta(days=90), by: str | None = None
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, by or name)])
    try:
        also: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        also = x509.DNSName(name)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([also]), critical=False)
        .sign(KEY, hashes.SHA256())
    )


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (certificate("www.example.gov.cn"), "signed by itself"),
        (certificate("www.example.gov.cn", until=NOW - timedelta(days=1)), "expired"),
        (certificate("www.example.gov.cn", by="nobody that anybody knows"), ""),
    ],
)
def test_what_is_wrong_with_a_certificate_is_said(shown: x509.Certificate, words: str) -> None:
    found = judged("www.example.gov.cn", [shown])
    assert found.fault is not None
    assert words in found.fault
    assert found.digest == shown.fingerprint(hashes.SHA256()).hex()
    assert "CN=www.example.gov.cn" in found.subject


@pytest.mark.fault("4.37")
def test_a_site_with_a_faulty_certificate_is_archived_and_the_fault_is_on_record(
    crawl: Crawl, book: Book, tmp_path: Path
) -> None:
    pem = tmp_path / "site.pem"
    shown = certificate("127.0.0.1", until=NOW - timedelta(days=3))
    key = KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(key + shown.public_bytes(serialization.Encoding.PEM))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(pem)
    with wired(World(seed=7, size=0.1), tls=tls) as wire:
        ended = crawl("hanweb", url=wire.url, clock=night(1))
        held = len(wire.articles())
    assert ended.code == 0, ended
    assert ended.err == ""
    assert "certificate of 127.0.0.1: it has expired" in ended.out
    assert book.count("versions") == held
    ((stats,),) = book.ask("SELECT stats FROM crawls")
    recorded = json.loads(stats)["certificates"]["127.0.0.1"]
    assert recorded["fault"] == "it has expired"
    assert recorded["digest"] == shown.fingerprint(hashes.SHA256()).hex()
