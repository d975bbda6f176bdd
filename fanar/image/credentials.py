"""The key that signs where pictures and sounds come from: made at first use, kept on this machine, known to nobody else.

Its certificate is issued by an authority made for it alone, whose own key is thrown away at once. So a signature shows that a file came
from this installation unchanged; it does not show who runs it, since no public authority vouches for it.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError

_DAYS = 3650
_ISSUER, _SUBJECT = "Fanar, this installation's own authority", "Fanar, this installation"
_BROKEN = Bilingual(
    "The key for signing pictures and sounds cannot be read or written: look at the folder `provenance` in the data folder; "
    "without it a new one is made.",
    "تتعذر قراءة مفتاح توقيع الصور والأصوات أو كتابته: انظر المجلد `provenance` في مجلد البيانات؛ وإن حُذف أُنشئ مفتاح جديد.",
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A private key, the certificates from it up to its authority, and the authority's alone; all as PEM."""

    key: bytes
    chain: bytes
    authority: bytes


def load_or_make(folder: Path) -> Credentials:
    """Return the credentials kept in `folder`, which are made the first time. Raises ConfigurationError."""
    path = folder / "signing.pem"
    try:
        if not path.exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, _made())
        return _parsed(path.read_bytes())
    except (OSError, ValueError) as cause:
        raise ConfigurationError(_BROKEN) from cause


def known(folder: Path) -> bytes | None:
    """Return the authority's certificate, or None where no key was ever made."""
    path = folder / "signing.pem"
    return _parsed(path.read_bytes()).authority if path.exists() else None


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all; where two processes make a key at once, the first stays."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()


def _parsed(content: bytes) -> Credentials:
    end = b"-----END PRIVATE KEY-----\n"
    key, found, chain = content.partition(end)
    marker = b"-----BEGIN CERTIFICATE-----"
    if not found or chain.count(marker) != 2:
        raise ValueError
    return Credentials(key + end, chain, marker + chain.split(marker)[2])


def _made() -> bytes:
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = _name(_ISSUER)
    authority = (
        _builder(issuer, issuer, authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    certificate = (
        _builder(_name(_SUBJECT), issuer, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private + certificate.public_bytes(encoding) + authority.public_bytes(encoding)


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    # From an hour ago: clocks differ a little.
    begin = datetime.now(UTC) - timedelta(hours=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=_DAYS))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Fanar"), x509.NameAttribute(NameOID.COMMON_NAME, common)])
